// SPDX-License-Identifier: Apache-2.0
// bif/binary_search.c - binary:match, matches and split.
//
// One loop serves all three. Its state between two slices is in the arguments of
// the hidden builtin search_loop:
//
//   [0] subject as given     [1] the same, aligned to bytes
//   [2] compiled pattern     [3] mode: flags
//   [4] where the part that is being split off begins
//   [5] where to search next [6] where to stop
//   [7] results so far, last one first
#include "bif/args.h"
#include "bif/pattern.h"

enum {
    MODE_MATCH = 1,
    MODE_MATCHES = 2,
    MODE_SPLIT = 4,
    SPLIT_GLOBAL = 8,
    SPLIT_TRIM = 16,
    SPLIT_TRIM_ALL = 32,
    FOUND = 64,  // there was a hit
};

typedef struct Search {
    Process *p;
    Term subject, aligned, source;  // source: the pattern as a term, compiled or not
    const Pattern *pattern;
    unsigned mode;
    uint64_t part, from, end;
    Term acc;
} Search;

// ---- results ----------------------------------------------------------------------
static Term hit_tuple(Process *p, const PatternHit *hit, size_t extra, Term **more)
{
    Term *hp = bif_alloc(p, 3 + extra);
    if (hp == NULL) return TERM_NONE;
    Term t = tuple2_at(&hp, make_small((int64_t)hit->at), make_small((int64_t)hit->len));
    if (more != NULL) *more = hp;
    return t;
}

// Adds subject[part, end) to the results. False: refused, exception set.
static bool add_part(Search *s, uint64_t end)
{
    if (end == s->part && (s->mode & SPLIT_TRIM_ALL)) return true;
    Term part = binary_part(&s->p->heap, s->subject, s->part * 8, (end - s->part) * 8);
    Term *hp = part != TERM_NONE ? bif_alloc(s->p, 2) : NULL;
    if (hp == NULL) {
        (void)bif_no_memory(s->p);
        return false;
    }
    s->acc = cons_at(&hp, part, s->acc);
    return true;
}

static Term whole_subject(Search *s)
{
    if ((s->mode & (SPLIT_TRIM | SPLIT_TRIM_ALL)) && bitstring_bits(s->subject) == 0)
        return TERM_NIL;
    Term *hp = bif_alloc(s->p, 2);
    return hp != NULL ? cons_at(&hp, s->subject, TERM_NIL) : TERM_NONE;
}

static Term finish(Search *s)
{
    if (s->mode & MODE_MATCH) return AM_nomatch;
    if (s->mode & MODE_SPLIT) {
        if (!(s->mode & FOUND)) return whole_subject(s);
        if (!add_part(s, bitstring_bits(s->subject) / 8)) return TERM_NONE;
        Pace rate = PACE_START;
        if (s->mode & SPLIT_TRIM)
            while (is_cons(s->acc) && bitstring_bits(cons_head(s->acc)) == 0)
                s->acc = list_next(s->acc, &rate);
    }
    return bif_trap(s->p, BIF_lists_reverse_2, 2, s->acc, TERM_NIL);
}

// Takes one hit up. False: *result is what the builtin returns.
static bool take_hit(Search *s, const PatternHit *hit, Term *result)
{
    s->from = hit->at + hit->len;
    s->mode |= FOUND;
    if (s->mode & MODE_MATCH) {
        *result = hit_tuple(s->p, hit, 0, NULL);
        return false;
    }
    if (s->mode & MODE_MATCHES) {
        Term *hp, t = hit_tuple(s->p, hit, 2, &hp);
        if (t != TERM_NONE) s->acc = cons_at(&hp, t, s->acc);
        *result = TERM_NONE;
        return t != TERM_NONE;
    }
    *result = TERM_NONE;
    if (!add_part(s, hit->at)) return false;
    s->part = s->from;
    if (s->mode & SPLIT_GLOBAL) return true;
    *result = finish(s);
    return false;
}

static Term pause(Search *s)
{
    Term compiled = s->source;
    if (pattern_of(compiled) == NULL) {
        bool bad;
        Pattern *pat = s->pattern->object.class != NULL ? (Pattern *)s->pattern
                                                        : pattern_compile(s->p, s->source, &bad);
        if (pat == NULL) return TERM_NONE;
        compiled = pattern_term(s->p, pat);
        if (pat != s->pattern) native_release(s->p->heap.space, &pat->object);
        if (compiled == TERM_NONE) return TERM_NONE;
    }
    return bif_yield(s->p, BIF_binary_search_loop, 8, s->subject, s->aligned, compiled,
                     SMALL(s->mode), make_small((int64_t)s->part), make_small((int64_t)s->from),
                     make_small((int64_t)s->end), s->acc);
}

static Term run(Search *s)
{
    const uint8_t *bytes = bits_of(s->aligned).byte;
    unsigned bytes_per_reduction = pattern_is_single(s->pattern) ? 256 : 16;
    uint64_t charged = s->from, hits = 0;
    Term result;
    for (;;) {
        PatternHit hit;
        PatternResult r = s->from >= s->end
                              ? PATTERN_NONE
                              : pattern_find(s->pattern, bytes, &s->from, s->end,
                                             (uint64_t)bytes_per_reduction * 1024, &hit);
        if (r == PATTERN_NONE) {
            bif_charge(s->p, (s->end - charged) / bytes_per_reduction + 1);
            return finish(s);
        }
        if (r == PATTERN_HIT && !take_hit(s, &hit, &result)) {
            bif_charge(s->p, (hit.at - charged) / bytes_per_reduction + 1);
            return result;
        }
        hits += r == PATTERN_HIT;
        if (s->from - charged >= bytes_per_reduction * 64 || (hits & 63) == 63) {
            bif_charge(s->p, (s->from - charged) / bytes_per_reduction + 16);
            charged = s->from;
            if (bif_budget(s->p) <= 0) return pause(s);
        }
    }
}

Term bif_binary_search_loop(Process *p, Term *args)
{
    Search s = {
        .p = p,
        .subject = args[0],
        .aligned = args[1],
        .source = args[2],
        .pattern = pattern_of(args[2]),
        .mode = (unsigned)small_value(args[3]),
        .part = (uint64_t)small_value(args[4]),
        .from = (uint64_t)small_value(args[5]),
        .end = (uint64_t)small_value(args[6]),
        .acc = args[7],
    };
    return run(&s);
}

// ---- arguments ------------------------------------------------------------------------
static bool parse_options(Search *s, Term options)
{
    uint64_t size = bitstring_bits(s->subject) / 8, start = 0, count = size;
    if (!is_cons(options) && !is_nil(options)) return false;
    for (Pace rate = PACE_START; is_cons(options);
         options = list_next(options, &rate)) {  // as in OTP, whatever its tail
        Term o = cons_head(options);
        if (is_tuple_arity(o, 2) && tuple_elements(o)[0] == AM_scope) {
            Term range = tuple_elements(o)[1];
            if (!is_tuple_arity(range, 2) ||
                !bif_part_range(tuple_elements(range)[0], tuple_elements(range)[1], size, &start,
                                &count))
                return false;
        } else if (!(s->mode & MODE_SPLIT)) {
            return false;
        } else if (o == AM_global) {
            s->mode |= SPLIT_GLOBAL;
        } else if (o == AM_trim) {
            s->mode |= SPLIT_TRIM;
        } else if (o == AM_trim_all) {
            s->mode |= SPLIT_TRIM_ALL;
        } else {
            return false;
        }
    }
    s->from = start;
    s->end = start + count;
    return true;
}

static Term align(Process *p, Term subject)
{
    Bits b = bits_of(subject);
    if (b.bit == 0) return subject;
    Term copy = bitstring_new(&p->heap, b.byte, b.bit, b.size);
    bif_charge(p, b.size / 8192);
    return copy != TERM_NONE ? copy : bif_no_memory(p);
}

static Term search(Process *p, Term subject, Term source, Term options, unsigned mode)
{
    Search s = {.p = p, .subject = subject, .source = source, .mode = mode, .acc = TERM_NIL};
    if (!is_binary(subject)) return bif_badarg(p);
    if (!parse_options(&s, options)) return bif_badarg(p);
    if (s.end == 0) return finish(&s);  // as in OTP: nothing to search, whatever the pattern is
    Pattern local, *own = NULL;
    s.pattern = pattern_of(source);
    if (s.pattern == NULL && pattern_local(&local, source)) s.pattern = &local;
    if (s.pattern == NULL) {
        bool bad;
        s.pattern = own = pattern_compile(p, source, &bad);
        if (own == NULL) return bad ? bif_badarg(p) : TERM_NONE;
    }
    s.aligned = align(p, subject);
    Term result = s.aligned != TERM_NONE ? run(&s) : TERM_NONE;
    if (own != NULL) native_release(p->heap.space, &own->object);
    return result;
}

Term bif_binary_compile_pattern_1(Process *p, Term *args)
{
    bool bad;
    Pattern *pat = pattern_compile(p, args[0], &bad);
    if (pat == NULL) return bad ? bif_badarg(p) : TERM_NONE;
    Term t = pattern_term(p, pat);
    native_release(p->heap.space, &pat->object);
    return t;
}

Term bif_binary_match_2(Process *p, Term *args)
{
    return search(p, args[0], args[1], TERM_NIL, MODE_MATCH);
}

Term bif_binary_match_3(Process *p, Term *args)
{
    return search(p, args[0], args[1], args[2], MODE_MATCH);
}

Term bif_binary_matches_2(Process *p, Term *args)
{
    return search(p, args[0], args[1], TERM_NIL, MODE_MATCHES);
}

Term bif_binary_matches_3(Process *p, Term *args)
{
    return search(p, args[0], args[1], args[2], MODE_MATCHES);
}

Term bif_binary_split_2(Process *p, Term *args)
{
    return search(p, args[0], args[1], TERM_NIL, MODE_SPLIT);
}

Term bif_binary_split_3(Process *p, Term *args)
{
    return search(p, args[0], args[1], args[2], MODE_SPLIT);
}
