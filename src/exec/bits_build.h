// SPDX-License-Identifier: Apache-2.0
// exec/bits_build.h - what the handlers that build share.
//
// While a binary is under construction, Exec says where its bits go. Nothing
// moves then: what the binary needs of the heap was reserved before. Code is free
// to put at the wrong time, so the instructions that put ask build_has_room first:
//
//   B1  build_base is good for bits below build_end while the process build_pid has
//       not collected since and nothing has been pinned (bits_pin).
#pragma once
#include "code/bits_segment.h"
#include "exec/handler.h"
#include "heap/bits.h"

// No bit string has more bits than this; sums of two such sizes do not overflow,
// and every size is a small integer.
#define BITS_MAX (UINT64_C(1) << 58)
// Bits that one reduction pays for.
#define BITS_PER_REDUCTION 8192

// What an instruction that builds may return beside a binary (TERM_NONE: p->exc is
// set): it failed, and is to jump.
#define BUILD_FAILED TERM_NIL

// What is wrong with a segment: {number, type, cause, value} of error_info.
typedef struct BuildFault {
    Term reason;  // badarg, system_limit
    uint32_t number;
    Term type;    // AM_integer, AM_binary, AM_utf8, …
    Term cause;   // AM_type, AM_size, …
    Term value;
} BuildFault;
// Sets p->exc to error:reason with the fault as error_info. [gc: no]
void build_set_fault(Process *p, const BuildFault *f);

// Size of a segment as it was given. TERM_NONE, or why it is none: badarg, system_limit.
Term build_size(Term size, uint32_t unit, uint64_t *bits);

// ---- where the bits go ------------------------------------------------------------
// [gc: may] A binary of `bits` bits and room for `words` more; Exec stands at its
// beginning. TERM_NONE: p->exc is set.
Term build_new(Exec *e, Process *p, unsigned live, size_t words, uint64_t bits);

// What an append begins with.
typedef struct Append {
    unsigned live;
    size_t words;     // further heap words to reserve
    uint64_t bits;    // to be added
    Word source;      // the binary, as an 's' operand
    bool in_place;    // nobody else knows the binary: it may itself become longer
    bool no_gc;       // the instruction has no live count
} Append;
// [gc: may] Continues a->source, which is a bitstring; Exec stands behind its
// bits. In place when the source is the end of a writable binary, else in a
// copy with room to grow. TERM_NONE: p->exc is set.
Term build_append(Exec *e, Process *p, const Append *a);
// [gc: may] An empty writable binary with room for `bytes` bytes.
Term build_writable(Exec *e, Process *p, size_t bytes);

// ---- putting: each moves Exec on; there is room ----------------------------------------
static inline bool build_has_room(const Exec *e, const Process *p, uint64_t bits)  // B1
{
    return e->build_end - e->build_bit >= bits && e->build_pid == p->pid &&
           e->build_gcs == p->heap.collections;
}
static inline void build_close(Exec *e) { e->build_bit = e->build_end = 0; }
void build_put_bits(Exec *e, const uint8_t *bytes, uint64_t bit, uint64_t bits);
void build_put_integer(Exec *e, Term v, uint64_t bits, uint32_t flags);  // v: is_integer
// TERM_NONE, or the cause of the fault: AM_type, AM_no_float, AM_invalid (the size).
Term build_put_float(Exec *e, Term v, uint64_t bits, uint32_t flags);
// Characters; v: build_is_char.
static inline bool build_is_char(Term v)
{
    return is_small(v) && is_code_point((uint64_t)small_value(v));
}
void build_put_utf8(Exec *e, Term v);
void build_put_utf16(Exec *e, Term v, uint32_t flags);
// Bits of a term in UTF-8 and UTF-16; of one that is no character, so many that what
// is refused later has been counted.
static inline uint32_t utf8_term_bits(Term v)
{
    return build_is_char(v) ? utf8_bytes((uint32_t)small_value(v)) * 8 : 32;
}
static inline uint32_t utf16_term_bits(Term v)
{
    return build_is_char(v) ? utf16_bytes((uint32_t)small_value(v)) * 8 : 32;
}
