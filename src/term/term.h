// SPDX-License-Identifier: Apache-2.0
// term/term.h - what one word of Erlang is.
//
// A Term is a 64-bit word. The two lowest bits are its primary tag:
//
//   00 header    first word of a boxed object; never a value of its own
//   01 cons      pointer to two words: head, tail
//   10 boxed     pointer to a header word and its payload
//   11 immediate the value is in the word
//
// Immediates use four bits (small integer, local pid, local port) or six
// (atom, catch mark, nil). A word whose tag is "header" in a stack slot is a
// return address: code is aligned to eight bytes, so the collector passes by.
//
//   T1  TERM_NONE (0) is no value. A function that returns it has raised, or
//       found nothing: its contract says which.
//   T2  an integer that fits in 60 bits is a small, never a big: equality of
//       integers up to that size is equality of words.
//   T3  a big integer has at least one limb and its highest limb is not zero.
//   T4  a binary object is HEAP_BIN or REFC_BIN; SUB_BITS and MATCH refer to
//       one of these two directly, never to each other.
//   T5  the empty map is a flat map; a map of up to 32 pairs is flat, a larger
//       one is a hash trie (HAMT).
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/compiler.h"

typedef uint64_t Term;

#define TERM_NONE ((Term)0)

enum { TAG_HEADER = 0, TAG_CONS = 1, TAG_BOXED = 2, TAG_IMMED = 3, TAG_MASK = 3 };

// Immediates of four tag bits, then those of six.
enum { IMM_PID = 0x3, IMM_PORT = 0x7, IMM_SMALL = 0xF, IMM_MASK = 0xF };
enum { IMM2_ATOM = 0x0B, IMM2_CATCH = 0x1B, IMM2_NIL = 0x3B, IMM2_MASK = 0x3F };

#define TERM_NIL ((Term)IMM2_NIL)

// Kinds of boxed object (bits 2..5 of the header word).
typedef enum BoxKind {
    BOX_TUPLE = 0x0,    // [hdr n][e1]..[en]
    BOX_MATCH = 0x1,    // match context, see MatchContext
    BOX_POS_BIG = 0x2,  // [hdr n][limb0]..[limb n-1], least significant first
    BOX_NEG_BIG = 0x3,  // the same, sign negative (magnitude stored)
    BOX_REF = 0x4,      // local reference, see LocalRef
    BOX_FUN = 0x5,      // closure, see Fun
    BOX_FLOAT = 0x6,    // [hdr 1][IEEE double]
    BOX_EXPORT = 0x7,   // fun M:F/A: [hdr 3][module atom][function atom][arity small]
    BOX_REFC_BIN = 0x8, // counted binary outside the heap, see RefcBin
    BOX_HEAP_BIN = 0x9, // [hdr][size in bytes][bytes, zero-padded to a word]
    BOX_SUB_BITS = 0xA, // part of a binary, see SubBits
    BOX_MAGIC = 0xB,    // reference that owns a native object, see MagicRef
    BOX_EXT_PID = 0xC,  // [hdr 3][node atom][creation raw][serial<<32 | number raw]
    BOX_EXT_PORT = 0xD, // [hdr 3][node atom][creation raw][number raw]
    BOX_EXT_REF =
        0xE,  // [hdr][node atom][creation raw][count raw][id words, two 32-bit ids a word]
    BOX_MAP = 0xF,      // flat map or HAMT node, see below
} BoxKind;

// ---- tags -----------------------------------------------------------------
static inline unsigned term_tag(Term t) { return t & TAG_MASK; }
static inline bool is_header(Term t) { return (t & TAG_MASK) == TAG_HEADER; }
static inline bool is_cons(Term t) { return (t & TAG_MASK) == TAG_CONS; }
static inline bool is_boxed(Term t) { return (t & TAG_MASK) == TAG_BOXED; }
static inline bool is_immed(Term t) { return (t & TAG_MASK) == TAG_IMMED; }
static inline bool is_pointer(Term t) { return ((t ^ (t >> 1)) & 1) != 0; }  // cons or boxed
static inline bool is_nil(Term t) { return t == TERM_NIL; }
static inline bool is_small(Term t) { return (t & IMM_MASK) == IMM_SMALL; }
static inline bool is_atom(Term t) { return (t & IMM2_MASK) == IMM2_ATOM; }
static inline bool is_local_pid(Term t) { return (t & IMM_MASK) == IMM_PID; }
static inline bool is_local_port(Term t) { return (t & IMM_MASK) == IMM_PORT; }
static inline bool is_catch(Term t) { return (t & IMM2_MASK) == IMM2_CATCH; }
static inline bool are_both_small(Term a, Term b) { return (a & b & IMM_MASK) == IMM_SMALL; }

static inline Term *cons_ptr(Term t) { return (Term *)(t - TAG_CONS); }
static inline Term *boxed_ptr(Term t) { return (Term *)(t - TAG_BOXED); }
static inline Term *term_ptr(Term t) { return (Term *)(t & ~(Term)TAG_MASK); }
static inline Term make_cons(const Term *p) { return (Term)p + TAG_CONS; }
static inline Term make_boxed(const Term *p) { return (Term)p + TAG_BOXED; }
static inline Term cons_head(Term t) { return cons_ptr(t)[0]; }
static inline Term cons_tail(Term t) { return cons_ptr(t)[1]; }

// ---- headers --------------------------------------------------------------
#define HEADER(kind, words) (((Term)(words) << 6) | ((Term)(kind) << 2))
static inline BoxKind header_kind(Term h) { return (BoxKind)((h >> 2) & 0xF); }
// For every kind but BOX_MAP: number of words behind the header.
static inline size_t header_arity(Term h) { return (size_t)(h >> 6); }
static inline Term boxed_header(Term t) { return *boxed_ptr(t); }
static inline bool is_box_of(Term t, BoxKind k)
{
    return is_boxed(t) && header_kind(boxed_header(t)) == k;
}

// ---- small integers ---------------------------------------------------------
#define SMALL_BITS 60
#define SMALL_MAX  (((int64_t)1 << 59) - 1)
#define SMALL_MIN  (-((int64_t)1 << 59))
static inline bool fits_small(int64_t v) { return v >= SMALL_MIN && v <= SMALL_MAX; }
static inline Term make_small(int64_t v) { return ((Term)v << 4) | IMM_SMALL; }
static inline int64_t small_value(Term t) { return (int64_t)t >> 4; }
#define SMALL(n) ((((Term)(int64_t)(n)) << 4) | IMM_SMALL)

// ---- atoms ------------------------------------------------------------------
// The number of an atom is engine-wide; term/atom.h has its text.
static inline Term make_atom(uint32_t index) { return ((Term)index << 6) | IMM2_ATOM; }
static inline uint32_t atom_index(Term t) { return (uint32_t)(t >> 6); }

// ---- local pids and ports ---------------------------------------------------
// A local pid holds a 28-bit number and a 32-bit serial; order of creation is
// their order as one integer (serial above number).
static inline Term make_pid(uint64_t id) { return (id << 4) | IMM_PID; }
static inline uint64_t pid_id(Term t) { return t >> 4; }
static inline Term make_port(uint64_t id) { return (id << 4) | IMM_PORT; }
static inline uint64_t port_id(Term t) { return t >> 4; }

// ---- catch marks ------------------------------------------------------------
// In a stack slot: the address of the handler, an address in an image.
static inline Term make_catch(const void *handler)
{
    return ((Term)(uintptr_t)handler << 6) | IMM2_CATCH;
}
static inline const void *catch_handler(Term t) { return (const void *)(uintptr_t)(t >> 6); }

// ---- tuples -----------------------------------------------------------------
#define TUPLE_MAX_ARITY 16777215
#define TUPLE_HEADER(n) HEADER(BOX_TUPLE, n)
static inline bool is_tuple(Term t) { return is_box_of(t, BOX_TUPLE); }
static inline size_t tuple_arity(Term t) { return header_arity(boxed_header(t)); }
static inline Term *tuple_elements(Term t) { return boxed_ptr(t) + 1; }  // element 1 is [0]
static inline bool is_tuple_arity(Term t, size_t n)
{
    return is_boxed(t) && boxed_header(t) == TUPLE_HEADER(n);
}

// ---- numbers ----------------------------------------------------------------
#define FLOAT_WORDS 2
static inline bool is_float(Term t) { return is_box_of(t, BOX_FLOAT); }
static inline double float_value(Term t)
{
    double d;
    memcpy(&d, boxed_ptr(t) + 1, sizeof d);
    return d;
}
static inline Term make_float(Term *at, double d)
{
    at[0] = HEADER(BOX_FLOAT, 1);
    memcpy(at + 1, &d, sizeof d);
    return make_boxed(at);
}
static inline bool is_big(Term t)
{
    return is_boxed(t) && (header_kind(boxed_header(t)) | 1) == BOX_NEG_BIG;
}
static inline bool big_is_negative(Term t) { return header_kind(boxed_header(t)) == BOX_NEG_BIG; }
static inline size_t big_limbs(Term t) { return header_arity(boxed_header(t)); }
static inline uint64_t *big_digits(Term t) { return (uint64_t *)boxed_ptr(t) + 1; }
static inline bool is_integer(Term t) { return is_small(t) || is_big(t); }
static inline bool is_number(Term t) { return is_small(t) || is_big(t) || is_float(t); }

// ---- references -------------------------------------------------------------
// A local reference: three identifier words as OTP shows them, of 18, 32 and
// 32 bits. ids01 = id[1] << 32 | id[0]. Unique within the sandbox.
typedef struct LocalRef {
    Term header;  // HEADER(BOX_REF, 2)
    uint64_t ids01;
    uint64_t id2;
} LocalRef;
#define REF_WORDS 3

// A reference that keeps a native object (compiled match specification,
// atomics array, …) alive. Looks like any local reference. Linked into the
// off-heap list of its heap like RefcBin: `next` at the same word (O1).
struct NativeObject;
typedef struct MagicRef {
    Term header;  // HEADER(BOX_MAGIC, 4)
    uint64_t ids01;
    uint64_t id2;
    struct NativeObject *object;
    Term *next;
} MagicRef;
#define MAGIC_WORDS 5

static inline bool is_local_ref(Term t)
{
    return is_boxed(t) &&
           (header_kind(boxed_header(t)) == BOX_REF || header_kind(boxed_header(t)) == BOX_MAGIC);
}
static inline bool is_ref(Term t) { return is_local_ref(t) || is_box_of(t, BOX_EXT_REF); }
static inline bool is_pid(Term t) { return is_local_pid(t) || is_box_of(t, BOX_EXT_PID); }
static inline bool is_port(Term t) { return is_local_port(t) || is_box_of(t, BOX_EXT_PORT); }

// ---- binaries ---------------------------------------------------------------
// Bytes of more than HEAP_BIN_MAX live outside the heap, counted; literals in
// the frozen region are HEAP_BIN of any size.
#define HEAP_BIN_MAX 64
typedef struct HeapBin {
    Term header;    // HEADER(BOX_HEAP_BIN, 1 + words of data)
    uint64_t size;  // bytes
    uint8_t bytes[];
} HeapBin;
#define BYTES_TO_WORDS(n) (((size_t)(n) + 7) / 8)
#define HEAP_BIN_WORDS(n) (2 + BYTES_TO_WORDS(n))

// The counted part: heap/binary.h.
typedef struct BinData BinData;
//   O1  every off-heap object has its link in word 4 of the object, so that
//       one list holds RefcBin and MagicRef.
typedef struct RefcBin {
    Term header;    // HEADER(BOX_REFC_BIN, 5)
    uint64_t size;  // bytes that this binary shows (<= capacity of data)
    BinData *data;
    uint8_t *bytes; // = data->bytes
    Term *next;     // off-heap list of the owner
    uint64_t flags; // BIN_WRITABLE: an append may extend it in place
} RefcBin;
#define REFC_BIN_WORDS 6
enum { BIN_WRITABLE = 1 };

// Bits [start, end) of orig (a HEAP_BIN or REFC_BIN, T4). writable: the append
// optimisation made it and may extend orig in place at `end`.
typedef struct SubBits {
    Term header;  // HEADER(BOX_SUB_BITS, 4)
    uint64_t start;
    uint64_t end;
    Term orig;
    uint64_t writable;
} SubBits;
#define SUB_BITS_WORDS 5

// A binary that is being matched. base = bytes of orig, kept right by the
// collector. pos and end are bit offsets from base; start is where the matched
// binary begins.
typedef struct MatchContext {
    Term header;  // HEADER(BOX_MATCH, 5)
    Term orig;
    uint8_t *base;
    uint64_t pos;
    uint64_t end;
    uint64_t start;
} MatchContext;
#define MATCH_WORDS 6

static inline bool is_bitstring(Term t)
{
    if (!is_boxed(t)) return false;
    BoxKind k = header_kind(boxed_header(t));
    return k >= BOX_REFC_BIN && k <= BOX_SUB_BITS;
}
// Where the bits of a bitstring (or match context's rest) are: size bits
// starting at bit offset `bit` (0..7) of *byte.
typedef struct Bits {
    uint8_t *byte;
    unsigned bit;
    uint64_t size;
} Bits;
static inline uint8_t *bin_bytes(Term orig)
{
    Term *p = boxed_ptr(orig);
    return header_kind(*p) == BOX_REFC_BIN ? ((RefcBin *)p)->bytes : ((HeapBin *)p)->bytes;
}
static inline Bits bits_of(Term t)  // t: is_bitstring
{
    Term *p = boxed_ptr(t);
    switch (header_kind(*p)) {
    case BOX_HEAP_BIN: return (Bits){((HeapBin *)p)->bytes, 0, ((HeapBin *)p)->size * 8};
    case BOX_REFC_BIN: return (Bits){((RefcBin *)p)->bytes, 0, ((RefcBin *)p)->size * 8};
    default: {
        SubBits *s = (SubBits *)p;
        return (Bits){bin_bytes(s->orig) + s->start / 8, (unsigned)(s->start % 8),
                      s->end - s->start};
    }
    }
}
static inline uint64_t bitstring_bits(Term t)
{
    Term *p = boxed_ptr(t);
    if (header_kind(*p) != BOX_SUB_BITS) return p[1] * 8;
    return ((SubBits *)p)->end - ((SubBits *)p)->start;
}
static inline bool is_binary(Term t) { return is_bitstring(t) && bitstring_bits(t) % 8 == 0; }

// ---- funs -------------------------------------------------------------------
struct FunEntry;  // code/image.h: the lambda of an image that the fun is of
typedef struct Fun {
    Term header;  // HEADER(BOX_FUN, 2 + num_free)
    const struct FunEntry *entry;
    Term creator;  // pid
    Term env[];    // free variables
} Fun;
#define FUN_WORDS(num_free) (3 + (num_free))
static inline bool is_local_fun(Term t) { return is_box_of(t, BOX_FUN); }
static inline bool is_export_fun(Term t) { return is_box_of(t, BOX_EXPORT); }
static inline bool is_fun(Term t)
{
    return is_boxed(t) && (header_kind(boxed_header(t)) & ~2) == BOX_FUN;  // FUN or EXPORT
}

// ---- maps -------------------------------------------------------------------
// The header of BOX_MAP splits the arity field: bits 6..7 the shape, 8..23 the
// bitmap of occupied slots (HAMT), 24.. the number of words behind the header.
//
//   FLAT       [hdr][keys: tuple, keys in term order][value 1]..[value n]
//   HEAD       [hdr][size as small][child]…      root of a HAMT, by bitmap
//   NODE       [hdr][child]…                     inner node, by bitmap
//
// A child is a cons cell [key|value] (leaf) or a boxed NODE. Order and hash of
// HAMT are OTP's, so that iteration shows keys in OTP's order.
enum { MAP_FLAT = 0, MAP_HEAD = 1, MAP_NODE = 2 };
#define FLAT_MAP_MAX 32
#define MAP_HEADER(shape, bitmap, words) \
    (((Term)(words) << 24) | ((Term)(bitmap) << 8) | ((Term)(shape) << 6) | ((Term)BOX_MAP << 2))
static inline unsigned map_header_shape(Term h) { return (h >> 6) & 3; }
static inline unsigned map_header_bitmap(Term h) { return (h >> 8) & 0xFFFF; }
static inline size_t map_header_words(Term h) { return (size_t)(h >> 24); }
static inline bool is_map(Term t) { return is_box_of(t, BOX_MAP); }
static inline bool is_flat_map(Term t)
{
    return is_boxed(t) && (boxed_header(t) & 0xFF) == ((BOX_MAP << 2) | (MAP_FLAT << 6));
}
static inline size_t map_size(Term t)
{
    Term *p = boxed_ptr(t);
    return map_header_shape(*p) == MAP_FLAT ? map_header_words(*p) - 1 : (size_t)small_value(p[1]);
}
static inline Term flat_map_keys(Term t) { return boxed_ptr(t)[1]; }
static inline Term *flat_map_values(Term t) { return boxed_ptr(t) + 2; }
#define FLAT_MAP_WORDS(n) (2 + (size_t)(n))  // without the keys tuple

// Words of a boxed object with header h, the header included.
static inline size_t boxed_words(Term h)
{
    return 1 + (header_kind(h) == BOX_MAP ? map_header_words(h) : header_arity(h));
}
