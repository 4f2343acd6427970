// SPDX-License-Identifier: Apache-2.0
// bif/debug.c - erts_debug, and erlang:display.
#include "base/buf.h"
#include "base/fiber.h"
#include "base/hashmap.h"
#include "bif/args.h"
#include "heap/frozen.h"
#include "heap/map.h"
#include "proc/isolate.h"
#include "term/big.h"
#include "term/hash.h"
#include "term/print.h"
#include "term/stack.h"
#include "term/utf8.h"

// ---- output -----------------------------------------------------------------------
// Bytes for the host's standard output, counted against the limit. Without the
// capability they go nowhere, as to a closed file.
static void output(Process *p, const uint8_t *bytes, size_t n)
{
    Isolate *iso = p->iso;
    bif_charge(p, n / 64 + 1);
    if (!bif_may(p) || iso->host.output == NULL) return;
    if (limit_take(&iso->limits, LIMIT_OUTPUT, n)) iso->host.output(iso->host.host, 1, bytes, n);
}

#define DISPLAY_MAX ((size_t)64 << 20)

// The text of t and OTP's line end here into b. False: refused, exception set.
static bool display_text(Process *p, Term t, Buf *b)
{
    buf_init_in(b, &p->heap.space->arena);
    if (term_print(b, t, DISPLAY_MAX) == ST_OK && buf_append_str(b, "\r\n") == ST_OK) return true;
    buf_clear(b);
    (void)bif_no_memory(p);
    return false;
}

Term bif_erlang_display_1(Process *p, Term *args)
{
    Buf b;
    if (!display_text(p, args[0], &b)) return TERM_NONE;
    output(p, b.data, b.len);
    buf_clear(&b);
    return AM_true;
}

Term bif_erts_debug_display_1(Process *p, Term *args)
{
    Buf b;
    if (!display_text(p, args[0], &b)) return TERM_NONE;
    output(p, b.data, b.len);
    // Shown with one kind of line end, returned with the other.
    b.data[b.len - 2] = '\n';
    Term text = bif_make_byte_list(p, b.data, b.len - 1, TERM_NIL);
    buf_clear(&b);
    return text;
}

Term bif_erlang_display_string_1(Process *p, Term *args)
{
    Buf b;
    buf_init_in(&b, &p->heap.space->arena);
    Term t = args[0];
    Status st = ST_OK;
    Pace work = PACE_START;
    for (; st == ST_OK && is_cons(t); t = cons_tail(t), (void)pace(&work, 4)) {
        Term c = cons_head(t);
        if (!is_small(c) || !is_code_point((uint64_t)small_value(c))) break;
        uint8_t utf8[4];
        st = buf_append(&b, utf8, utf8_encode(utf8, (uint32_t)small_value(c)));
    }
    Term result = AM_true;
    if (st != ST_OK) result = bif_no_memory(p);
    else if (!is_nil(t)) result = bif_badarg(p);
    else output(p, b.data, b.len);
    buf_clear(&b);
    return result;
}

Term bif_erlang_display_nl_0(Process *p, Term *args)
{
    output(p, (const uint8_t *)"\r\n", 2);
    return AM_true;
}

// ---- sizes ---------------------------------------------------------------------------
Term bif_erts_debug_same_2(Process *p, Term *args) { return make_bool(args[0] == args[1]); }

typedef struct Sizing {
    TermStack stack;
    HashMap seen;  // size_shared: addresses
    bool shared;
    uint64_t words, visited;
} Sizing;

// Pushes n terms from at. False: refused.
static bool push_all(Sizing *z, const Term *at, size_t n)
{
    if (!term_stack_room(&z->stack, n)) return false;
    for (size_t i = 0; i < n; i++)
        if (is_pointer(at[i])) z->stack.base[z->stack.len++] = at[i];
    return true;
}

// Words of a boxed object as OTP 25 lays it out; what it refers to is pushed.
static bool size_boxed(Sizing *z, Term t)
{
    const Term *p = boxed_ptr(t);
    switch (header_kind(*p)) {
    case BOX_TUPLE:
        if (header_arity(*p) == 0) return true;
        z->words += 1 + header_arity(*p);
        return push_all(z, p + 1, header_arity(*p));
    case BOX_POS_BIG:
    case BOX_NEG_BIG: z->words += 1 + big_limbs(t); return true;
    case BOX_FLOAT: z->words += FLOAT_WORDS; return true;
    case BOX_REF: z->words += 3; return true;
    case BOX_MAGIC: z->words += 3; return true;
    case BOX_EXPORT: z->words += 5; return true;
    case BOX_FUN: {
        const Fun *f = (const Fun *)p;
        size_t n = header_arity(f->header) - 2;
        z->words += 5 + n;
        return push_all(z, f->env, n);
    }
    case BOX_HEAP_BIN: z->words += p[1] <= HEAP_BIN_MAX ? HEAP_BIN_WORDS(p[1]) : 6; return true;
    case BOX_REFC_BIN: z->words += 6; return true;
    case BOX_SUB_BITS: {
        const SubBits *s = (const SubBits *)p;
        uint64_t bits = s->end - s->start;
        // As it would be copied: a small part becomes a binary of its own.
        z->words += bits % 8 != 0 ? 5 : 0;
        z->words += bits <= HEAP_BIN_MAX * 8 ? HEAP_BIN_WORDS((bits + 7) / 8) : 6;
        return true;
    }
    case BOX_EXT_PID:
    case BOX_EXT_PORT: z->words += 4; return true;
    case BOX_EXT_REF:
        z->words += 3 + (p[3] + 2) / 2;  // p[3] and the ids: 32 bits each
        return true;
    case BOX_MAP: {
        unsigned shape = map_header_shape(*p);
        size_t words = map_header_words(*p);
        z->words += 1 + words + (shape == MAP_FLAT);
        return push_all(z, p + 1, words);
    }
    case BOX_MATCH: break;
    }
    return true;
}

// Sums up z->words of t. False: refused, exception set.
static bool size_term(Process *p, Term t, Sizing *z)
{
    bool ok = push_all(z, &t, 1);
    while (ok && z->stack.len > 0) {
        t = z->stack.base[--z->stack.len];
        if ((++z->visited & 1023) == 0) {
            bif_charge(p, 16);
            if (!term_steps_take(1024)) break;  // the run loop kills it
        }
        if (z->shared) {
            if (is_frozen(t)) continue;  // literals are nobody's
            uint64_t *mark = hashmap_at(&z->seen, t, 0);
            if (mark == NULL) ok = false;
            if (mark == NULL || (*mark)++ != 0) continue;
        }
        if (is_cons(t)) {
            z->words += 2;
            ok = push_all(z, cons_ptr(t), 2);
        } else {
            ok = size_boxed(z, t);
        }
    }
    if (!ok) (void)bif_no_memory(p);
    return ok;
}

static Term sized(Process *p, Term t, bool shared)
{
    Sizing z = {.shared = shared};
    term_stack_init(&z.stack, &p->heap.space->arena);
    hashmap_init(&z.seen, &p->heap.space->arena, p->heap.space->hash_salt);
    bool ok = size_term(p, t, &z);
    term_stack_clear(&z.stack);
    hashmap_clear(&z.seen);
    return ok ? bif_make_uint64(p, z.words) : TERM_NONE;
}

Term bif_erts_debug_flat_size_1(Process *p, Term *args) { return sized(p, args[0], false); }

Term bif_erts_debug_size_shared_1(Process *p, Term *args) { return sized(p, args[0], true); }

// Terms are immutable: a copy with its sharing kept cannot be told from the term.
Term bif_erts_debug_copy_shared_2(Process *p, Term *args)
{
    return args[1] == AM_true || args[1] == AM_false ? args[0] : bif_badarg(p);
}

// ---- map_info -------------------------------------------------------------------------
#define INFO_LEVELS 16

typedef struct TrieInfo {
    unsigned depth;
    uint64_t bitmaps, leaves;
    uint64_t bitmaps_of[INFO_LEVELS];  // [n - 1]: nodes with n children
    uint64_t leaves_of[INFO_LEVELS];   // [n]: leaves under n nodes
} TrieInfo;

static void count_trie(Process *p, Term map, TrieInfo *info)
{
    struct {
        const Term *at, *end;
    } path[HAMT_MAX_LEVEL + 1];
    const Term *h = boxed_ptr(map);
    unsigned level = 0;
    path[0].at = h + 2, path[0].end = h + 1 + map_header_words(*h);
    info->bitmaps = 1;
    info->bitmaps_of[map_header_words(*h) - 2]++;
    for (uint64_t steps = 0;; steps++) {
        if ((steps & 1023) == 0) bif_charge(p, 8);
        if (path[level].at == path[level].end) {
            if (level-- == 0) return;
            continue;
        }
        Term child = *path[level].at++;
        if (is_cons(child)) {
            info->leaves++;
            info->leaves_of[level + 1 < INFO_LEVELS ? level + 1 : INFO_LEVELS - 1]++;
            continue;
        }
        const Term *n = boxed_ptr(child);
        info->bitmaps++;
        info->bitmaps_of[map_header_words(*n) - 1]++;
        level++;
        if (level + 1 > info->depth) info->depth = level + 1;
        path[level].at = n + 1, path[level].end = n + 1 + map_header_words(*n);
    }
}

static Term levels_tuple(Term **hp, const uint64_t *counts)
{
    Term *t = *hp;
    t[0] = TUPLE_HEADER(INFO_LEVELS);
    for (size_t i = 0; i < INFO_LEVELS; i++) t[1 + i] = make_small((int64_t)counts[i]);
    *hp += 1 + INFO_LEVELS;
    return make_boxed(t);
}

Term bif_erts_debug_map_info_1(Process *p, Term *args)
{
    if (!is_map(args[0])) return bif_error_tagged(p, AM_badmap, args[0]);
    if (is_flat_map(args[0])) return bif_badarg(p);
    TrieInfo info = {.depth = 1};
    count_trie(p, args[0], &info);
    Term *hp = bif_alloc(p, 2 * (1 + INFO_LEVELS) + 3 + 3 * 4 + 4 * 2);
    if (hp == NULL) return TERM_NONE;
    Term by_children = levels_tuple(&hp, info.bitmaps_of),
         by_level = levels_tuple(&hp, info.leaves_of);
    Term depth = tuple2_at(&hp, AM_depth, make_small(info.depth));
    Term arrays = tuple3_at(&hp, AM_arrays, SMALL(0), TERM_NIL);
    Term bitmaps = tuple3_at(&hp, AM_bitmaps, make_small((int64_t)info.bitmaps), by_children);
    Term leafs = tuple3_at(&hp, AM_leafs, make_small((int64_t)info.leaves), by_level);
    Term list = cons_at(&hp, leafs, TERM_NIL);
    list = cons_at(&hp, bitmaps, list);
    list = cons_at(&hp, arrays, list);
    return cons_at(&hp, depth, list);
}

// ---- what is off ---------------------------------------------------------------------------
// As in OTP before available_internal_state is set, which cannot be set here.
Term bif_erts_debug_get_internal_state_1(Process *p, Term *args) { return bif_error(p, AM_undef); }

Term bif_erts_debug_set_internal_state_2(Process *p, Term *args) { return bif_error(p, AM_undef); }

Term bif_erts_debug_instructions_0(Process *p, Term *args) { return TERM_NIL; }

Term bif_erts_debug_interpreter_size_0(Process *p, Term *args) { return SMALL(0); }

Term bif_erts_debug_disassemble_1(Process *p, Term *args) { return AM_false; }

Term bif_erts_debug_breakpoint_2(Process *p, Term *args) { return bif_badarg(p); }

Term bif_erts_debug_dirty_3(Process *p, Term *args) { return bif_badarg(p); }

Term bif_erts_debug_dirty_cpu_2(Process *p, Term *args) { return bif_badarg(p); }

Term bif_erts_debug_dirty_io_2(Process *p, Term *args) { return bif_badarg(p); }

Term bif_erts_debug_lcnt_clear_0(Process *p, Term *args) { return AM_error; }

Term bif_erts_debug_lcnt_collect_0(Process *p, Term *args) { return AM_error; }

Term bif_erts_debug_lcnt_control_1(Process *p, Term *args) { return bif_badarg(p); }

Term bif_erts_debug_lcnt_control_2(Process *p, Term *args) { return bif_badarg(p); }
