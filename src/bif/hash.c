// SPDX-License-Identifier: Apache-2.0
// bif/hash.c - hash values that programs may keep.
#include "term/hash.h"
#include "base/fiber.h"
#include "bif/args.h"

// 1 .. 2^32.
static bool range_arg(Term t, uint64_t *out)
{
    return bif_get_uint64(t, out) && *out >= 1 && *out <= (uint64_t)1 << 32;
}

Term bif_erlang_phash_2(Process *p, Term *args)
{
    uint64_t range;
    if (!range_arg(args[1], &range)) return bif_badarg(p);
    return make_small((int64_t)(1 + hash_phash_charged(args[0], &p->reds) % range));
}

// phash2 keeps its work on a stack of terms (K1). Between two slices the stack
// is a list: [[hash | pairs] | words of the stack, the top one first].
static Term hash_pause(Process *p, const Hashing *h, Term range)
{
    Term *hp = bif_alloc(p, 4 + 2 * h->stack.len);
    if (hp == NULL) return TERM_NONE;
    Term list = TERM_NIL;
    Pace work = PACE_START;
    for (size_t i = 0; i < h->stack.len; i++, (void)pace(&work, 1))
        list = cons_at(&hp, h->stack.base[i], list);
    Term numbers = cons_at(&hp, make_small(h->hash), make_small(h->pairs));
    Term state = cons_at(&hp, numbers, list);
    return bif_yield(p, BIF_erlang_phash2_loop, 2, range, state);
}

static Term hash_go_on(Process *p, Hashing *h, Term range)
{
    int64_t budget = bif_budget(p);
    uint64_t steps = (budget > 16 ? (uint64_t)budget : 16) * 32, before = steps;
    Status st = hashing_run(h, &steps);
    bif_charge(p, (before - steps) / 32 + 1);
    Term result;
    if (st == ST_BUSY) result = hash_pause(p, h, range);
    else if (st != ST_OK) result = bif_no_memory(p);
    else if (is_nil(range)) result = make_small(h->hash & 0x7FFFFFF);
    else {
        uint64_t n = 1;
        (void)bif_get_uint64(range, &n);
        result = make_small((int64_t)(h->hash % n));
    }
    hashing_clear(h);
    return result;
}

Term bif_erlang_phash2_loop(Process *p, Term *args)
{
    Term numbers = cons_head(args[1]), list = cons_tail(args[1]);
    Hashing h;
    hashing_init(&h, &p->heap.space->arena, TERM_NIL);
    Pace work = PACE_START;
    size_t n = 0;
    for (Term t = list; is_cons(t); t = cons_tail(t), (void)pace(&work, 1)) n++;
    h.stack.len = 0;
    if (!term_stack_room(&h.stack, n)) {
        hashing_clear(&h);
        return bif_no_memory(p);
    }
    h.stack.len = n;
    for (; is_cons(list); list = cons_tail(list), (void)pace(&work, 1))
        h.stack.base[--n] = cons_head(list);
    h.hash = (uint32_t)small_value(cons_head(numbers));
    h.pairs = (uint32_t)small_value(cons_tail(numbers));
    return hash_go_on(p, &h, args[0]);
}

static Term phash2(Process *p, Term t, Term range)
{
    Hashing h;
    hashing_init(&h, &p->heap.space->arena, t);
    return hash_go_on(p, &h, range);
}

Term bif_erlang_phash2_1(Process *p, Term *args) { return phash2(p, args[0], TERM_NIL); }

Term bif_erlang_phash2_2(Process *p, Term *args)
{
    uint64_t range;
    if (!range_arg(args[1], &range)) return bif_badarg(p);
    return phash2(p, args[0], args[1]);
}
