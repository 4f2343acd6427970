// SPDX-License-Identifier: Apache-2.0
// term/atom.h - the process-wide atom table.
//
// An atom is a number; the table maps it to its UTF-8 text and back. Atoms of
// atoms.def have fixed numbers (AM_ok …) and live for ever. Every other atom is
// counted: a module image and an atom book (one per sandbox, A6) each hold one
// reference to an atom that they know; at zero the slot is freed and reused.
//
//   A1  the text of an atom that the caller holds a reference to does not move
//       or change: it may be read without a lock.
//   A2  two atoms with equal text are the same number.
#pragma once
#include "base/alloc.h"
#include "base/status.h"
#include "term/term.h"

#define ATOM_MAX_CHARS 255        // Unicode code points
#define ATOM_MAX_BYTES (255 * 4)

typedef enum AtomIndex {
#define ATOM(name, text) ATOM_IX_##name,
#include "term/atoms.def"
#undef ATOM
    ATOM_IX_COUNT
} AtomIndex;

// AM_name: the term of a well-known atom, a constant. (The name is pasted
// directly, not passed on: some, as true and linux, are macros.)
enum : uint64_t {
#define ATOM(name, text) AM_##name = ((Term)ATOM_IX_##name << 6) | IMM2_ATOM,
#include "term/atoms.def"
#undef ATOM
};

typedef struct AtomText {
    const char *bytes;  // UTF-8, not terminated; valid while the atom is held
    uint32_t len;       // bytes
    uint32_t chars;     // code points
} AtomText;

// Sets the table up once per OS process; further calls do nothing.
MUST_USE Status atom_table_init(void);

// The atom of the given UTF-8 text, with one reference more for the caller.
// ST_INVALID: more than ATOM_MAX_CHARS characters, or not UTF-8. ST_NOMEM.
MUST_USE Status atom_intern(const char *utf8, size_t len, Term *out);
// As above, only if the atom exists in the table already; else ST_NOT_FOUND.
MUST_USE Status atom_find(const char *utf8, size_t len, Term *out);
void atom_retain(Term atom);
void atom_release(Term atom);

// Has somebody else a reference too, beside the caller's one?
bool atom_is_shared(Term atom);

AtomText atom_text(Term atom);
bool atom_is(Term atom, const char *text);  // compares with a C string

// Order of the text, byte by byte as UTF-8 (Erlang's order of atoms): <0, 0, >0.
int atom_compare(Term a, Term b);
// Value of OTP's own atom hash (hashpjw over the Latin-1 transcription), which
// phash, phash2 and the order of HAMT nodes are built from. Stored, so O(1).
uint32_t atom_hash_value(Term atom);
// A 64-bit hash of the text, the same in every run; two atoms may share it.
uint64_t atom_text_hash(Term atom);
// Number of live atoms, well-known ones included.
size_t atom_count(void);

static inline Term make_bool(bool b) { return b ? AM_true : AM_false; }

// ---- the books of one sandbox -------------------------------------------------
// Which atoms a sandbox has met. One reference per atom, given back together
// when the book is cleared. Library atoms (held by base images) count as known
// once atom_book_share has been told the base book.
typedef struct AtomBook {
    uint64_t *slots;       // open addressing set of atom numbers + 1
    uint32_t count, used;  // slots, entries
    uint32_t limit;        // most entries; 0 = no limit
    const struct AtomBook *base;  // frozen book that is also known, or NULL
    Arena *arena;          // charged for each atom and its text, until it is cleared; or NULL
    void (*refused)(struct AtomBook *b);  // called at the limit; or NULL
} AtomBook;

// What a sandbox is charged for an atom that it knows.
size_t atom_cost(Term atom);
void atom_book_init(AtomBook *b, uint32_t limit, const AtomBook *base);
void atom_book_clear(AtomBook *b);
bool atom_book_has(const AtomBook *b, Term atom);
// Interns text for the sandbox of b. ST_LIMIT: quota of atoms (or memory) is used up.
MUST_USE Status atom_book_intern(AtomBook *b, const char *utf8, size_t len, Term *out);
// Notes an atom that came in with a loaded image or from the engine.
MUST_USE Status atom_book_add(AtomBook *b, Term atom);
// The atom of this text if b knows it (binary_to_existing_atom); ST_NOT_FOUND.
MUST_USE Status atom_book_find(const AtomBook *b, const char *utf8, size_t len, Term *out);
