// SPDX-License-Identifier: Apache-2.0
// bif/args.c - what several builtins check in the same way.
#include "bif/args.h"

#include <stdarg.h>

bool bif_part_range(Term pos, Term len, uint64_t size, uint64_t *start, uint64_t *count)
{
    if (!is_small(pos) || !is_small(len)) return false;
    int64_t at = small_value(pos), n = small_value(len);
    if (at < 0 || (uint64_t)at > size) return false;
    if (n < 0) {
        if (-n > at) return false;
        at += n;
        n = -n;
    } else if ((uint64_t)n > size - (uint64_t)at) {
        return false;
    }
    *start = (uint64_t)at;
    *count = (uint64_t)n;
    return true;
}

Term bif_error_as(Process *p, BifIndex index, Term reason, unsigned arity, ...)
{
    Term *hp = bif_alloc(p, arity * 2);
    if (hp == NULL) return TERM_NONE;
    va_list ap;
    va_start(ap, arity);
    for (unsigned i = 0; i < arity; i++) {
        hp[2 * i] = va_arg(ap, Term);
        hp[2 * i + 1] = i + 1 < arity ? make_cons(hp + 2 * i + 2) : TERM_NIL;
    }
    va_end(ap);
    p->current_bif = &bif_table[index];
    (void)bif_error(p, reason);
    p->exc.args = make_cons(hp);
    p->exc.native = true;  // as exception_note_native leaves it
    return TERM_NONE;
}

Term bif_make_map(Process *p, const Term *pairs, unsigned n)
{
    Term *keys = bif_alloc(p, 1 + n + FLAT_MAP_WORDS(n));
    if (keys == NULL) return TERM_NONE;
    Term *map = keys + 1 + n;
    keys[0] = TUPLE_HEADER(n);
    map[0] = MAP_HEADER(MAP_FLAT, 0, 1 + n);
    map[1] = make_boxed(keys);
    for (unsigned i = 0; i < n; i++) keys[1 + i] = pairs[2 * i], map[2 + i] = pairs[2 * i + 1];
    return make_boxed(map);
}
