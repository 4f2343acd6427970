// SPDX-License-Identifier: Apache-2.0
// heap/etf_encode.c - terms to External Term Format; see etf.h.
//
// What is left to encode lies on a stack of work items. An item is taken, one
// term of it is written, the rest is put back below what that term consists of.

#include <stdio.h>

#include "base/fiber.h"
#include "beam/etf.h"
#include "heap/binary.h"
#include "heap/etf.h"
#include "term/compare.h"
#include "term/fun.h"
#include "term/hash.h"

enum {
    WORK_TERMS,     // terms at[0..n)
    WORK_LIST,      // list cells from `at` on, then the tail; the length field is at offset n
    WORK_NODE,      // n children of a map node, the last one first (OTP's order)
    WORK_SORTED,    // n pairs at *(const Term **)at, `count` of them done; the array is ours
    WORK_FUN_SIZE,  // the size field at offset n is known now
};

#define STRING_MAX   65535
#define BUDGET_BYTES 16  // bytes that cost one unit

// ---- output -----------------------------------------------------------------------

static inline void put_bytes(EtfEncoder *e, const void *bytes, size_t n)
{
    if (e->out != NULL && n > 0) memcpy(e->out + e->size, bytes, n);
    e->size += n;
}

static inline void put8(EtfEncoder *e, unsigned v)
{
    if (e->out != NULL) e->out[e->size] = (uint8_t)v;
    e->size++;
}

static inline void put16(EtfEncoder *e, unsigned v)
{
    if (e->out != NULL) put_u16be(e->out + e->size, (uint16_t)v);
    e->size += 2;
}

static inline void put32(EtfEncoder *e, uint64_t v)
{
    if (e->out != NULL) put_u32be(e->out + e->size, (uint32_t)v);
    e->size += 4;
}

static inline void put64(EtfEncoder *e, uint64_t v)
{
    if (e->out != NULL) put_u64be(e->out + e->size, v);
    e->size += 8;
}

static bool work_grow(EtfEncoder *e)
{
    Arena *a = e->space == NULL ? NULL : &e->space->arena;
    size_t cap = e->work_cap == 0 ? 32 : e->work_cap * 2;
    EtfWork *work = arena_realloc(a, e->work, e->work_cap * sizeof *work, cap * sizeof *work);
    if (work == NULL) return false;
    e->work = work;
    e->work_cap = cap;
    return true;
}

static inline Status push(EtfEncoder *e, unsigned kind, const Term *at, uint64_t n)
{
    if (UNLIKELY(e->work_len == e->work_cap) && !work_grow(e)) return ST_LIMIT;
    e->work[e->work_len++] = (EtfWork){.at = at, .n = n, .kind = (uint8_t)kind};
    return ST_OK;
}

// ---- values without parts ------------------------------------------------------------

static void put_magnitude(EtfEncoder *e, const uint64_t *limbs, size_t n, bool negative)
{
    unsigned top = 8 - (unsigned)__builtin_clzll(limbs[n - 1]) / 8;
    uint64_t bytes = (n - 1) * 8 + top;
    put8(e, bytes < 256 ? ETF_TAG_SMALL_BIG : ETF_TAG_LARGE_BIG);
    if (bytes < 256) put8(e, (unsigned)bytes);
    else put32(e, bytes);
    put8(e, negative);
    put_bytes(e, limbs, bytes);  // least significant byte first, as they lie
}

static void put_int(EtfEncoder *e, int64_t v)
{
    if (v >= 0 && v <= 255) {
        put8(e, ETF_TAG_SMALL_INTEGER);
        put8(e, (unsigned)v);
    } else if (v >= INT32_MIN && v <= INT32_MAX) {
        put8(e, ETF_TAG_INTEGER);
        put32(e, (uint32_t)(int32_t)v);
    } else {
        uint64_t magnitude = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
        put_magnitude(e, &magnitude, 1, v < 0);
    }
}

static void put_float(EtfEncoder *e, double v)
{
    if (e->opts.minor_version > 0) {
        uint64_t raw;
        memcpy(&raw, &v, sizeof raw);
        put8(e, ETF_TAG_NEW_FLOAT);
        put64(e, raw);
        return;
    }
    char text[32] = {0};
    (void)snprintf(text, sizeof text, "%.20e", v);
    put8(e, ETF_TAG_FLOAT);
    put_bytes(e, text, 31);
}

static bool is_latin1(AtomText text)
{
    if (text.chars == text.len) return true;
    for (uint32_t i = 0; i < text.len; i++)
        if ((uint8_t)text.bytes[i] > 0xC3) return false;
    return true;
}

static void put_atom(EtfEncoder *e, Term atom)
{
    AtomText text = atom_text(atom);
    if (e->opts.minor_version < 2 && is_latin1(text)) {
        put8(e, ETF_TAG_ATOM);
        put16(e, text.chars);
        for (uint32_t i = 0; i < text.len; i++) {
            unsigned c = (uint8_t)text.bytes[i];
            if (c >= 0x80) c = (c & 3) << 6 | ((uint8_t)text.bytes[++i] & 0x3F);
            put8(e, c);
        }
        return;
    }
    put8(e, text.len < 256 ? ETF_TAG_SMALL_ATOM_UTF8 : ETF_TAG_ATOM_UTF8);
    if (text.len < 256) put8(e, text.len);
    else put16(e, text.len);
    put_bytes(e, text.bytes, text.len);
}

static void put_pid(EtfEncoder *e, Term node, uint64_t creation, uint64_t number, uint64_t serial)
{
    put8(e, ETF_TAG_NEW_PID);
    put_atom(e, node);
    put32(e, number);
    put32(e, serial);
    put32(e, creation);
}

static void put_port(EtfEncoder *e, Term node, uint64_t creation, uint64_t number)
{
    bool wide = number >> 28 != 0;
    put8(e, wide ? ETF_TAG_V4_PORT : ETF_TAG_NEW_PORT);
    put_atom(e, node);
    if (wide) put64(e, number);
    else put32(e, number);
    put32(e, creation);
}

static void put_ref(EtfEncoder *e, Term node, uint64_t creation, const uint64_t *ids, uint64_t n)
{
    put8(e, ETF_TAG_NEWER_REFERENCE);
    put16(e, (unsigned)n);
    put_atom(e, node);
    put32(e, creation);
    for (uint64_t i = 0; i < n; i++) put32(e, ids[i / 2] >> (i % 2 * 32));
}

static Term own_node(const EtfEncoder *e)
{
    return e->space == NULL ? AM_nonode_at_nohost : e->space->node;
}

static uint32_t own_creation(const EtfEncoder *e)
{
    return e->space == NULL ? 0 : e->space->creation;
}

static void put_immediate(EtfEncoder *e, Term t)
{
    if (is_small(t)) put_int(e, small_value(t));
    else if (is_atom(t)) put_atom(e, t);
    else if (is_local_pid(t))
        put_pid(e, own_node(e), own_creation(e), pid_id(t) & 0xFFFFFFF, pid_id(t) >> 28);
    else if (is_local_port(t)) put_port(e, own_node(e), own_creation(e), port_id(t));
    else put8(e, ETF_TAG_NIL);
}

// ---- binaries ---------------------------------------------------------------------------

static Status note_cut(EtfEncoder *e, Term t)
{
    Arena *a = e->space == NULL ? NULL : &e->space->arena;
    if (e->cuts_len == e->cuts_cap) {
        size_t cap = e->cuts_cap == 0 ? 16 : e->cuts_cap * 2;
        EtfCut *cuts = arena_realloc(a, e->cuts, e->cuts_cap * sizeof *cuts, cap * sizeof *cuts);
        if (cuts == NULL) return ST_LIMIT;
        e->cuts = cuts;
        e->cuts_cap = cap;
    }
    e->cuts[e->cuts_len++] = (EtfCut){e->size, t};
    return ST_OK;
}

static Status put_bits(EtfEncoder *e, Term t, Bits b, int64_t *budget)
{
    uint64_t bytes = b.size / 8 + (b.size % 8 != 0);
    if (bytes > UINT32_MAX) return ST_UNSUPPORTED;
    put8(e, b.size % 8 == 0 ? ETF_TAG_BINARY : ETF_TAG_BIT_BINARY);
    put32(e, bytes);
    if (b.size % 8 != 0) put8(e, b.size % 8);
    if (e->want_cuts && b.bit == 0 && b.size / 8 > HEAP_BIN_MAX) {
        if (e->out != NULL) TRY(note_cut(e, t));
        e->cut_bytes += b.size / 8;
        if (b.size % 8 != 0) put8(e, b.byte[b.size / 8] & 0xFF00u >> b.size % 8);
        return ST_OK;
    }
    if (e->out != NULL && bytes > 0) {
        e->out[e->size + bytes - 1] = 0;
        bits_copy(e->out + e->size, 0, b.byte, b.bit, b.size);
        *budget -= (int64_t)(bytes / BUDGET_BYTES);
    }
    e->size += bytes;
    return ST_OK;
}

// ---- values with parts ----------------------------------------------------------------------

// Length of t as a string (proper, bytes only, not too long), or 0.
static unsigned string_length(Term t)
{
    unsigned n = 0;
    for (; is_cons(t); t = cons_tail(t), n++)
        if (cons_head(t) > SMALL(255) || !is_small(cons_head(t)) || n == STRING_MAX) return 0;
    return is_nil(t) ? n : 0;
}

static Status put_list(EtfEncoder *e, Term t, int64_t *budget)
{
    unsigned n = string_length(t);
    if (n > 0) {
        put8(e, ETF_TAG_STRING);
        put16(e, n);
        if (e->out == NULL) e->size += n;
        else
            for (; is_cons(t); t = cons_tail(t)) put8(e, (unsigned)small_value(cons_head(t)));
        *budget -= n / BUDGET_BYTES;
        return ST_OK;
    }
    put8(e, ETF_TAG_LIST);
    TRY(push(e, WORK_LIST, cons_ptr(t), e->size));
    put32(e, 0);
    return ST_OK;
}

static Status put_tuple(EtfEncoder *e, const Term *p)
{
    size_t n = header_arity(*p);
    put8(e, n < 256 ? ETF_TAG_SMALL_TUPLE : ETF_TAG_LARGE_TUPLE);
    if (n < 256) put8(e, (unsigned)n);
    else put32(e, n);
    return n == 0 ? ST_OK : push(e, WORK_TERMS, p + 1, n);
}

// ---- maps in the order of their keys -------------------------------------------------

// The pairs of a trie into out.
static void gather_pairs(const Term *head, const Term **out)
{
    struct {
        const Term *at, *end;
    } path[HAMT_MAX_LEVEL + 1];
    unsigned depth = 1;
    path[0].at = head + 2;
    path[0].end = head + 1 + map_header_words(*head);
    while (depth > 0) {
        if (path[depth - 1].at == path[depth - 1].end) {
            depth--;
            continue;
        }
        Term child = *path[depth - 1].at++;
        if (is_cons(child)) {
            *out++ = cons_ptr(child);
            continue;
        }
        const Term *node = boxed_ptr(child);
        path[depth].at = node + 1;
        path[depth++].end = node + 1 + map_header_words(*node);
    }
}

static void sift_down(const Term **pairs, size_t at, size_t n, int64_t *budget)
{
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n &&
            compare_slow(pairs[child][0], pairs[child + 1][0], COMPARE_EXACT, budget) < 0)
            child++;
        if (compare_slow(pairs[at][0], pairs[child][0], COMPARE_EXACT, budget) >= 0) return;
        const Term *pair = pairs[at];
        pairs[at] = pairs[child];
        pairs[child] = pair;
    }
}

static Status push_sorted(EtfEncoder *e, const Term *head, int64_t *budget)
{
    Arena *a = e->space == NULL ? NULL : &e->space->arena;
    size_t n = (size_t)small_value(head[1]);
    const Term **pairs = arena_alloc(a, n * sizeof *pairs);
    if (pairs == NULL) return ST_LIMIT;
    gather_pairs(head, pairs);
    for (size_t i = n / 2; i > 0; i--) sift_down(pairs, i - 1, n, budget);
    for (size_t end = n - 1; end > 0; end--) {
        const Term *pair = pairs[0];
        pairs[0] = pairs[end];
        pairs[end] = pair;
        sift_down(pairs, 0, end, budget);
    }
    *budget -= (int64_t)n;
    Status st = push(e, WORK_SORTED, (const Term *)pairs, n);
    if (st != ST_OK) arena_free(a, pairs, n * sizeof *pairs);
    return st;
}

static Status put_map(EtfEncoder *e, const Term *p, int64_t *budget)
{
    size_t words = map_header_words(*p);
    switch (map_header_shape(*p)) {
    case MAP_FLAT:
        put8(e, ETF_TAG_MAP);
        put32(e, words - 1);
        // Key, value, key, value: one pair an item, the last pair lowest.
        for (size_t i = words - 1; i > 0; i--) {
            TRY(push(e, WORK_TERMS, p + 1 + i, 1));
            TRY(push(e, WORK_TERMS, tuple_elements(p[1]) + i - 1, 1));
        }
        return ST_OK;
    case MAP_HEAD:
        put8(e, ETF_TAG_MAP);
        put32(e, (uint64_t)small_value(p[1]));
        if (e->opts.deterministic) return push_sorted(e, p, budget);
        return push(e, WORK_NODE, p + 2, words - 1);
    default: return push(e, WORK_NODE, p + 1, words);
    }
}

static Status put_fun(EtfEncoder *e, const Term *p)
{
    const Fun *f = (const Fun *)p;
    const FunEntry *entry = f->entry;
    size_t num_free = header_arity(f->header) - 2;
    put8(e, ETF_TAG_NEW_FUN);
    TRY(push(e, WORK_FUN_SIZE, NULL, e->size));
    e->work[e->work_len - 1].count = e->cut_bytes;
    TRY(push(e, WORK_TERMS, &f->creator, 1 + num_free));
    put32(e, 0);
    put8(e, entry->arity);
    uint8_t uniq[16];
    fun_uniq(entry, uniq);
    put_bytes(e, uniq, sizeof uniq);
    put32(e, entry->index);
    put32(e, num_free);
    put_atom(e, entry->module);
    if (e->estimate && e->out == NULL) {
        e->size += 10;  // OTP reserves the long form of integers
        return ST_OK;
    }
    put_int(e, (int32_t)entry->old_index);
    put_int(e, (int32_t)entry->old_uniq);
    return ST_OK;
}

static Status put_boxed(EtfEncoder *e, Term t, int64_t *budget)
{
    const Term *p = boxed_ptr(t);
    switch (header_kind(*p)) {
    case BOX_TUPLE: return put_tuple(e, p);
    case BOX_MAP: return put_map(e, p, budget);
    case BOX_FUN: return put_fun(e, p);
    case BOX_POS_BIG:
    case BOX_NEG_BIG:
        put_magnitude(e, big_digits(t), big_limbs(t), big_is_negative(t));
        *budget -= (int64_t)big_limbs(t);
        return ST_OK;
    case BOX_FLOAT: put_float(e, float_value(t)); return ST_OK;
    case BOX_REF:
    case BOX_MAGIC: put_ref(e, own_node(e), own_creation(e), p + 1, 3); return ST_OK;
    case BOX_EXPORT:
        put8(e, ETF_TAG_EXPORT);
        put_atom(e, p[1]);
        put_atom(e, p[2]);
        put_int(e, small_value(p[3]));
        return ST_OK;
    case BOX_EXT_PID: put_pid(e, p[1], p[2], p[3] & UINT32_MAX, p[3] >> 32); return ST_OK;
    case BOX_EXT_PORT: put_port(e, p[1], p[2], p[3]); return ST_OK;
    case BOX_EXT_REF: put_ref(e, p[1], p[2], p + 4, p[3]); return ST_OK;
    case BOX_MATCH: {
        const MatchContext *m = (const MatchContext *)p;
        return put_bits(e, t, (Bits){m->base + m->pos / 8, m->pos % 8, m->end - m->pos}, budget);
    }
    default: return put_bits(e, t, bits_of(t), budget);
    }
}

static Status put_term(EtfEncoder *e, Term t, int64_t *budget)
{
    if (is_immed(t)) put_immediate(e, t);
    else if (is_cons(t)) return put_list(e, t, budget);
    else return put_boxed(e, t, budget);
    return ST_OK;
}

// ---- the loop -----------------------------------------------------------------------------------

static void free_sorted(EtfEncoder *e, const EtfWork *w)
{
    Arena *a = e->space == NULL ? NULL : &e->space->arena;
    arena_free(a, (void *)(uintptr_t)w->at, w->n * sizeof(Term *));
}

static void drop_work(EtfEncoder *e)
{
    while (e->work_len > 0) {
        const EtfWork *w = &e->work[--e->work_len];
        if (w->kind == WORK_SORTED) free_sorted(e, w);
    }
}

// Takes the top item apart by one term.
static Status step(EtfEncoder *e, int64_t *budget)
{
    EtfWork *top = &e->work[e->work_len - 1];
    Term t;
    switch (top->kind) {
    case WORK_TERMS:
        t = *top->at++;
        if (--top->n == 0) e->work_len--;
        break;
    case WORK_LIST:
        t = top->at[0];
        top->count++;
        if (is_cons(top->at[1])) {
            top->at = cons_ptr(top->at[1]);
            break;
        }
        if (top->count > UINT32_MAX) return ST_UNSUPPORTED;
        if (e->out != NULL) put_u32be(e->out + top->n, (uint32_t)top->count);
        *top = (EtfWork){.at = top->at + 1, .n = 1, .kind = WORK_TERMS};
        break;
    case WORK_NODE:
        t = top->at[--top->n];
        if (top->n == 0) e->work_len--;
        if (is_cons(t)) return push(e, WORK_TERMS, cons_ptr(t), 2);
        break;
    case WORK_SORTED: {
        if (top->count < top->n) {
            const Term *pair = ((const Term *const *)top->at)[top->count++];
            return push(e, WORK_TERMS, pair, 2);
        }
        e->work_len--;
        free_sorted(e, top);
        return ST_OK;
    }
    default:
        if (e->out != NULL) {
            uint64_t cut = e->cut_bytes - top->count;  // they count too
            put_u32be(e->out + top->n, (uint32_t)(e->size + cut - top->n));
        }
        e->work_len--;
        return ST_OK;
    }
    return put_term(e, t, budget);
}

void etf_encoder_init(EtfEncoder *e, Space *s, Term t, const EtfEncodeOpts *o, uint64_t max)
{
    *e = (EtfEncoder){.space = s, .opts = *o, .max = max, .root = t};
}

void etf_encoder_clear(EtfEncoder *e)
{
    Arena *a = e->space == NULL ? NULL : &e->space->arena;
    drop_work(e);
    arena_free(a, e->work, e->work_cap * sizeof *e->work);
    arena_free(a, e->cuts, e->cuts_cap * sizeof *e->cuts);
    e->work = NULL;
    e->cuts = NULL;
    e->work_cap = e->cuts_len = e->cuts_cap = 0;
}

void etf_encoder_restart(EtfEncoder *e, uint8_t *out)
{
    drop_work(e);
    e->cuts_len = 0;
    e->size = e->cut_bytes = 0;
    e->out = out;
}

Status etf_encoder_run(EtfEncoder *e, int64_t *budget)
{
    if (e->size == 0) {
        put8(e, ETF_VERSION);
        TRY(put_term(e, e->root, budget));
    }
    while (e->work_len > 0) {
        if (e->size > e->max) return ST_LIMIT;
        if (--*budget < 0) return ST_BUSY;
        TRY(step(e, budget));
    }
    return e->size > e->max ? ST_LIMIT : ST_OK;
}

#define STEPS_PER_PAUSE 2048

Status etf_encoder_finish(EtfEncoder *e)
{
    for (;;) {
        int64_t budget = STEPS_PER_PAUSE;
        Status st = etf_encoder_run(e, &budget);
        if (st != ST_BUSY) return st;
        if (!pause_point()) return ST_CLOSED;
    }
}

Status etf_size(Space *s, Term t, const EtfEncodeOpts *o, uint64_t *out)
{
    EtfEncoder e;
    etf_encoder_init(&e, s, t, o, UINT64_MAX);
    Status st = etf_encoder_finish(&e);
    etf_encoder_clear(&e);
    *out = e.size;
    return st;
}

Status etf_encode(Space *s, Term t, const EtfEncodeOpts *o, Buf *out)
{
    return etf_encode_within(s, t, o, SIZE_MAX / 2, out);
}

Status etf_encode_within(Space *s, Term t, const EtfEncodeOpts *o, uint64_t max, Buf *out)
{
    EtfEncoder e;
    etf_encoder_init(&e, s, t, o, max);
    Status st = etf_encoder_finish(&e);
    uint64_t size = e.size;
    if (st == ST_OK) st = buf_reserve(out, size);
    if (st == ST_OK) {
        etf_encoder_restart(&e, out->data + out->len);
        st = etf_encoder_finish(&e);
        ASSERT(st != ST_OK || e.size == size);
    }
    if (st == ST_OK) out->len += size;
    etf_encoder_clear(&e);
    return st;
}
