// SPDX-License-Identifier: Apache-2.0
// term/print.c - see print.h.
//
// What is left to print stands on a TermStack: terms, and marks that stand for
// punctuation or for the rest of a container. Marks are catch marks, which no
// guest value can be.

#include "term/print.h"

#include <stdio.h>

#include "base/fiber.h"
#include "term/atom.h"
#include "term/big.h"
#include "term/fun.h"
#include "term/stack.h"
#include "term/utf8.h"

#define MARK(n) (((Term)(n) << 6) | IMM2_CATCH)
enum : uint64_t {
    MARK_ARROW = MARK(1),     // =>
    MARK_CLOSE = MARK(2),     // }
    MARK_TAIL = MARK(3),      // [tail]: the rest of a list
    MARK_ELEMENTS = MARK(4),  // [tuple or node][index]
    MARK_PAIRS = MARK(5),     // [flat map][index]
};
#define ROOM 8

typedef struct Printer {
    Buf *buf;
    size_t end;  // of buf->len
    bool full;
    Status status;
    TermStack stack;
} Printer;

// ---- text -----------------------------------------------------------------------
static void put(Printer *p, const char *text, size_t n)
{
    if (p->full || p->status != ST_OK) return;
    size_t room = p->end - p->buf->len;
    if (n > room) {
        p->full = true;
        n = room;
    }
    p->status = buf_append(p->buf, text, n);
}

static void put_str(Printer *p, const char *text) { put(p, text, strlen(text)); }
static void put_char(Printer *p, char c) { put(p, &c, 1); }

static void put_u64(Printer *p, uint64_t v)
{
    char text[24];
    put(p, text, (size_t)snprintf(text, sizeof text, "%llu", (unsigned long long)v));
}

// ---- atoms ------------------------------------------------------------------------
static bool is_lower(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7);
}
static bool is_upper(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
}
static bool is_name_char(uint32_t c)
{
    return is_lower(c) || is_upper(c) || (c >= '0' && c <= '9') || c == '_';
}

static bool needs_quotes(AtomText t)
{
    for (size_t at = 0; at < t.len;) {
        uint32_t c = 0;
        int n = utf8_decode((const uint8_t *)t.bytes + at, t.len - at, &c);
        if (at == 0 ? !is_lower(c) : !is_name_char(c)) return true;
        at += (size_t)n;
    }
    return t.len == 0;
}

static void put_quoted_char(Printer *p, const char *bytes, size_t n)
{
    static const char plain[] = "'\\\n\f\t\r\b\v", escape[] = "'\\nftrbv";
    const char *at = *bytes == '\0' ? NULL : strchr(plain, *bytes);
    if (at != NULL) {
        put_char(p, '\\');
        put_char(p, escape[at - plain]);
    } else if ((unsigned char)*bytes < ' ') {
        char text[8];
        put(p, text, (size_t)snprintf(text, sizeof text, "\\%03o", (unsigned char)*bytes));
    } else {
        put(p, bytes, n);
    }
}

static void put_atom(Printer *p, Term atom)
{
    AtomText t = atom_text(atom);
    if (!needs_quotes(t)) {
        put(p, t.bytes, t.len);
        return;
    }
    put_char(p, '\'');
    for (size_t at = 0; at < t.len;) {
        uint32_t c;
        int n = utf8_decode((const uint8_t *)t.bytes + at, t.len - at, &c);
        put_quoted_char(p, t.bytes + at, (size_t)n);
        at += (size_t)n;
    }
    put_char(p, '\'');
}

// ---- identifiers ----------------------------------------------------------------------
static size_t pid_text(char *out, uint64_t node, uint64_t number, uint64_t serial)
{
    return (size_t)snprintf(out, ID_TEXT_MAX, "<%llu.%llu.%llu>", (unsigned long long)node,
                            (unsigned long long)number, (unsigned long long)serial);
}

size_t term_print_pid(char *out, Term pid)
{
    return pid_text(out, 0, pid_id(pid) & 0xFFFFFFF, pid_id(pid) >> 28);
}

size_t term_print_port(char *out, Term port)
{
    return (size_t)snprintf(out, ID_TEXT_MAX, "#Port<0.%llu>", (unsigned long long)port_id(port));
}

size_t term_print_ref(char *out, Term ref)
{
    const Term *p = boxed_ptr(ref);
    return (size_t)snprintf(out, ID_TEXT_MAX, "#Ref<0.%llu.%u.%u>", (unsigned long long)p[2],
                            (unsigned)(p[1] >> 32), (unsigned)p[1]);
}

// OTP shows a number for another node; any will do that is not this node's 0.
static uint64_t node_number(const Term *p)
{
    return p[1] == AM_nonode_at_nohost ? 0 : 1000 + atom_text_hash(p[1]) % 9000;
}

static void put_external(Printer *p, Term t)
{
    const Term *w = boxed_ptr(t);
    char text[ID_TEXT_MAX];
    if (header_kind(*w) == BOX_EXT_PID) {
        put(p, text, pid_text(text, node_number(w), w[3] & 0xFFFFFFFF, w[3] >> 32));
        return;
    }
    put_str(p, header_kind(*w) == BOX_EXT_PORT ? "#Port<" : "#Ref<");
    put_u64(p, node_number(w));
    if (header_kind(*w) == BOX_EXT_PORT) {
        put_char(p, '.');
        put_u64(p, w[3]);
    } else {
        for (size_t i = w[3]; i-- > 0;) {
            put_char(p, '.');
            put_u64(p, (uint32_t)(w[4 + i / 2] >> 32 * (i % 2)));
        }
    }
    put_char(p, '>');
}

static void put_i32(Printer *p, int32_t v)
{
    if (v < 0) put_char(p, '-');
    put_u64(p, (uint64_t)(v < 0 ? -(int64_t)v : v));
}

static void put_fun(Printer *p, Term t)
{
    const Term *w = boxed_ptr(t);
    if (is_export_fun(t)) {
        put_str(p, "fun ");
        put_atom(p, w[1]);
        put_char(p, ':');
        put_atom(p, w[2]);
        put_char(p, '/');
        put_u64(p, (uint64_t)small_value(w[3]));
        return;
    }
    const FunEntry *e = ((const Fun *)w)->entry;
    put_str(p, "#Fun<");
    put_atom(p, e->module);
    put_char(p, '.');
    put_i32(p, (int32_t)e->old_index);  // signed, as OTP shows them
    put_char(p, '.');
    put_i32(p, (int32_t)e->old_uniq);
    put_char(p, '>');
}

// ---- numbers, binaries -------------------------------------------------------------------
static void put_integer(Printer *p, Term t)
{
    IntView v;
    int_view(&v, t);
    size_t size = big_text_size(&v, 10), scratch_size = big_text_scratch(&v) * sizeof(uint64_t);
    // A number that cannot be shown whole is not worth converting.
    if (size > p->end - p->buf->len + 64) {
        p->full = true;
        return;
    }
    Arena *arena = p->buf->arena;
    char *text = arena_alloc(arena, size);
    uint64_t *scratch = arena_alloc(arena, scratch_size);
    if (text != NULL && scratch != NULL) put(p, text, big_print(text, &v, 10, scratch));
    else p->status = ST_NOMEM;
    if (text != NULL) arena_free(arena, text, size);
    if (scratch != NULL) arena_free(arena, scratch, scratch_size);
}

static void put_float(Printer *p, double d)
{
    char text[64];
    size_t n = (size_t)snprintf(text, sizeof text, "%.6e", d);
    char *point = strchr(text, ',');  // whatever the locale has
    if (point != NULL) *point = '.';
    put(p, text, n);
}

static unsigned byte_at(Bits v, uint64_t i)
{
    const uint8_t *b = v.byte + i;
    return v.bit == 0 ? *b : (uint8_t)(b[0] << v.bit | b[1] >> (8 - v.bit));
}

static void put_bitstring(Printer *p, Term t)
{
    Bits v = bits_of(t);
    uint64_t bytes = v.size / 8;
    unsigned rest = (unsigned)(v.size % 8);
    bool text = rest == 0 && bytes > 0;
    for (uint64_t i = 0; i < bytes && text; i++) text = byte_at(v, i) >= ' ' && byte_at(v, i) < 127;
    put_str(p, text ? "<<\"" : "<<");
    for (uint64_t i = 0; i < bytes && !p->full && p->status == ST_OK; i++) {
        unsigned c = byte_at(v, i);
        if (text) {
            if (c == '"') put_char(p, '\\');
            put_char(p, (char)c);
        } else {
            if (i > 0) put_char(p, ',');
            put_u64(p, c);
        }
    }
    if (rest > 0) {
        unsigned last = 0;
        for (unsigned i = 0; i < rest; i++) {
            uint64_t at = v.bit + bytes * 8 + i;
            last = last << 1 | (v.byte[at / 8] >> (7 - at % 8) & 1u);
        }
        if (bytes > 0) put_char(p, ',');
        put_u64(p, last);
        put_char(p, ':');
        put_u64(p, rest);
    }
    put_str(p, text ? "\">>" : ">>");
}

// ---- containers -----------------------------------------------------------------------------
static bool is_text_char(Term t)
{
    if (!is_small(t)) return false;
    int64_t c = small_value(t);
    return (c >= ' ' && c < 127) || (c >= 160 && c <= 255) || c == '\n' || c == '\t' || c == '\r';
}

static bool is_text(Term list)
{
    while (is_cons(list) && is_text_char(cons_head(list))) list = cons_tail(list);
    return is_nil(list);
}

static void put_text(Printer *p, Term list)
{
    put_char(p, '"');
    for (; is_cons(list) && !p->full && p->status == ST_OK; list = cons_tail(list)) {
        char c = (char)small_value(cons_head(list));
        if (c == '\n') {
            put_str(p, "\\n");
            continue;
        }
        if (c == '"') put_char(p, '\\');
        put_char(p, c);
    }
    put_char(p, '"');
}

static void push_rest(Printer *p, Term object, size_t index, Term mark)
{
    term_stack_push3(&p->stack, object, make_small((int64_t)index), mark);
}

static void push_one(Printer *p, Term t) { p->stack.base[p->stack.len++] = t; }

static void put_map(Printer *p, Term t)
{
    Term h = boxed_header(t);
    push_one(p, MARK_CLOSE);
    if (map_header_shape(h) == MAP_FLAT) {
        put_str(p, "#{");
        if (map_size(t) > 0) push_rest(p, t, 0, MARK_PAIRS);
        return;
    }
    char text[16];
    bool head = map_header_shape(h) == MAP_HEAD;
    put(p, text,
        (size_t)snprintf(text, sizeof text, "%s<%x>{", head ? "#" : "", map_header_bitmap(h)));
    push_rest(p, t, head ? 2 : 1, MARK_ELEMENTS);
}

static void put_boxed(Printer *p, Term t)
{
    char text[ID_TEXT_MAX];
    switch (header_kind(boxed_header(t))) {
    case BOX_TUPLE:
        put_char(p, '{');
        push_one(p, MARK_CLOSE);
        if (tuple_arity(t) > 0) push_rest(p, t, 1, MARK_ELEMENTS);
        break;
    case BOX_MAP: put_map(p, t); break;
    case BOX_POS_BIG:
    case BOX_NEG_BIG: put_integer(p, t); break;
    case BOX_FLOAT: put_float(p, float_value(t)); break;
    case BOX_FUN:
    case BOX_EXPORT: put_fun(p, t); break;
    case BOX_REF:
    case BOX_MAGIC: put(p, text, term_print_ref(text, t)); break;
    case BOX_REFC_BIN:
    case BOX_HEAP_BIN:
    case BOX_SUB_BITS: put_bitstring(p, t); break;
    case BOX_EXT_PID:
    case BOX_EXT_PORT:
    case BOX_EXT_REF: put_external(p, t); break;
    case BOX_MATCH: put_str(p, "#MatchState"); break;
    }
}

static void put_list(Printer *p, Term t)
{
    if (is_text(t)) {
        put_text(p, t);
        return;
    }
    put_char(p, '[');
    push_one(p, cons_tail(t));
    push_one(p, MARK_TAIL);
    push_one(p, cons_head(t));
}

static void put_immediate(Printer *p, Term t)
{
    char text[ID_TEXT_MAX];
    if (is_small(t))
        put(p, text, (size_t)snprintf(text, sizeof text, "%lld", (long long)small_value(t)));
    else if (is_atom(t)) put_atom(p, t);
    else if (is_nil(t)) put_str(p, "[]");
    else if (is_local_pid(t)) put(p, text, term_print_pid(text, t));
    else put(p, text, term_print_port(text, t));
}

static Term pop(Printer *p) { return p->stack.base[--p->stack.len]; }

// The mark was on top of the stack and has been taken off.
static void put_mark(Printer *p, Term mark)
{
    if (mark == MARK_ARROW) {
        put_str(p, "=>");
    } else if (mark == MARK_CLOSE) {
        put_char(p, '}');
    } else if (mark == MARK_TAIL) {
        Term tail = pop(p);
        if (is_nil(tail)) {
            put_char(p, ']');
        } else if (is_cons(tail)) {
            put_char(p, ',');
            push_one(p, cons_tail(tail));
            push_one(p, MARK_TAIL);
            push_one(p, cons_head(tail));
        } else {
            put_char(p, '|');
            push_one(p, TERM_NIL);
            push_one(p, MARK_TAIL);
            push_one(p, tail);
        }
    } else {
        size_t i = (size_t)small_value(pop(p));
        Term object = pop(p);
        const Term *w = boxed_ptr(object);
        if (mark == MARK_PAIRS) {
            if (i > 0) put_char(p, ',');
            if (i + 1 < map_size(object)) push_rest(p, object, i + 1, mark);
            push_one(p, w[2 + i]);
            push_one(p, MARK_ARROW);
            push_one(p, tuple_elements(w[1])[i]);
        } else {
            size_t first = header_kind(*w) == BOX_MAP && map_header_shape(*w) == MAP_HEAD ? 2 : 1;
            if (i > first) put_char(p, ',');
            if (i + 1 < boxed_words(*w)) push_rest(p, object, i + 1, mark);
            push_one(p, w[i]);
        }
    }
}

Status term_print(Buf *buf, Term t, size_t max)
{
    size_t start = buf->len;
    Printer p = {.buf = buf, .end = size_add(start, max), .status = ST_OK};
    term_stack_init(&p.stack, buf->arena);
    push_one(&p, t);
    Pace work = PACE_START;
    while (p.stack.len > 0 && !p.full && p.status == ST_OK) {
        (void)pace(&work, 32);
        if (!term_stack_room(&p.stack, ROOM)) {
            p.status = ST_NOMEM;
            break;
        }
        t = pop(&p);
        if (is_catch(t)) put_mark(&p, t);
        else if (is_cons(t)) put_list(&p, t);
        else if (is_boxed(t)) put_boxed(&p, t);
        else put_immediate(&p, t);
    }
    term_stack_clear(&p.stack);
    if (p.status != ST_OK || !p.full) return p.status;
    size_t dots = max < 3 ? max : 3;
    if (buf->len > p.end - dots) buf->len = p.end - dots;
    return buf_append(buf, "...", dots);
}
