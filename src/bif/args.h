// SPDX-License-Identifier: Apache-2.0
// bif/args.h - what several builtins check in the same way.
#pragma once
#include "bif/bif.h"
#include "heap/bits.h"
#include "proc/isolate.h"

// Bytes of the UTF-8 character at `at`, of which n bytes exist; 0: none there.
static inline size_t utf8_get(const uint8_t *at, size_t n, uint32_t *ch)
{
    return bits_get_utf8(at, 0, (uint64_t)n * 8, ch) / 8;
}

// A pid or port of an earlier life of this node: it belongs here, and names nothing any more.
static inline bool arg_is_stale_pid(const Process *p, Term t)
{
    return is_box_of(t, BOX_EXT_PID) && boxed_ptr(t)[1] == p->iso->space.node;
}
static inline bool arg_is_stale_port(const Process *p, Term t)
{
    return is_box_of(t, BOX_EXT_PORT) && boxed_ptr(t)[1] == p->iso->space.node;
}
static inline bool arg_is_own_pid(const Process *p, Term t)
{
    return is_local_pid(t) || arg_is_stale_pid(p, t);
}
static inline bool arg_is_own_port(const Process *p, Term t)
{
    return is_local_port(t) || arg_is_stale_port(p, t);
}

// {Pos, Len} inside `size` units, where a negative Len counts back from Pos.
// False: not integers, or not inside.
bool bif_part_range(Term pos, Term len, uint64_t size, uint64_t *start, uint64_t *count);
// The part of a binary, or badarg.
Term bif_binary_part_of(Process *p, Term bin, Term pos, Term len);

// error:reason with builtin `index` and these arguments on top of the trace: for
// the continuation of a builtin that the guest called with other arguments.
Term bif_error_as(Process *p, BifIndex index, Term reason, unsigned arity, ...);
// A map of at most 32 pairs [key, value, …], keys atoms in the order of their text.
// TERM_NONE: refused, exception set.
Term bif_make_map(Process *p, const Term *pairs, unsigned n);
