// SPDX-License-Identifier: Apache-2.0
// beam/etf_print.c - terms in external format as Erlang text.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gmp.h>

#include "base/vec.h"
#include "beam/etf.h"

#define BIG_BYTES 4096u  // longer integers are printed by their size

// One open term: what is left of it and what goes between its children.
typedef struct Frame {
    uint8_t kind;   // EtfKind
    uint64_t left;  // children still to come
    uint64_t done;  // children printed
} Frame;

typedef struct Printer {
    Buf *out;
    size_t start;  // length of out before us
    EtfPrintLimits limits;
    Vec(Frame) stack;
    bool cut;
} Printer;

static const char *const reserved[] = {
    "after", "and",   "andalso", "band", "begin",   "bnot", "bor",  "bsl", "bsr",   "bxor",
    "case",  "catch", "cond",    "div",  "end",     "fun",  "if",   "let", "maybe", "not",
    "of",    "or",    "orelse",  "rem",  "receive", "try",  "when", "xor",
};

static bool is_reserved(const uint8_t *text, size_t size)
{
    // maybe is one only where the feature is enabled.
    for (size_t i = 0; i < ARRAY_LEN(reserved); i++) {
        if (strlen(reserved[i]) == size && memcmp(reserved[i], text, size) == 0)
            return strcmp(reserved[i], "maybe") != 0;
    }
    return false;
}

// The next character of UTF-8 or Latin-1; malformed bytes stand for themselves.
static uint32_t next_char(const uint8_t *text, size_t size, bool latin1, size_t *len)
{
    uint8_t c = text[0];
    size_t more = latin1 || c < 0xc2 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : c < 0xf5 ? 3 : 0;
    *len = 1;
    if (more == 0 || more >= size) return c;
    uint32_t v = c & (0x3fu >> more);
    for (size_t i = 1; i <= more; i++) v = v << 6 | (text[i] & 0x3f);
    *len = more + 1;
    return v;
}

static Status append_char(Buf *out, uint32_t c)
{
    if (c < 0x80) return buf_append_u8(out, (uint8_t)c);
    uint8_t u[4];
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6) u[i] = (uint8_t)(0x80 | (c & 0x3f));
    u[0] = (uint8_t)(n == 2 ? 0xc0 | c : n == 3 ? 0xe0 | c : 0xf0 | (c & 7));
    return buf_append(out, u, n);
}

static bool is_lower(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0xdf && c <= 0xff && c != 0xf7);
}

static bool is_name_char(uint32_t c)
{
    return is_lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '@' || (c >= 0xc0 && c <= 0xde && c != 0xd7);
}

static bool needs_quotes(const uint8_t *text, size_t size, bool latin1)
{
    if (size == 0 || is_reserved(text, size)) return true;
    for (size_t i = 0, len; i < size; i += len) {
        uint32_t c = next_char(text + i, size - i, latin1, &len);
        if (i == 0 ? !is_lower(c) : !is_name_char(c)) return true;
    }
    return false;
}

// One character inside of quotes.
static Status append_escaped(Buf *out, uint32_t c, char quote)
{
    static const char from[] = "\n\t\r\v\b\f\033\177";
    static const char to[] = "ntrvbfed";
    const char *e = c != 0 && c < 0x80 ? strchr(from, (int)c) : NULL;
    if (e != NULL) return buf_printf(out, "\\%c", to[e - from]);
    if (c == (uint32_t)quote || c == '\\') return buf_printf(out, "\\%c", (int)c);
    if (c < 0x20) return buf_printf(out, "\\%03o", c);
    if (c >= 0x80 && c < 0xa0) return buf_printf(out, "\\%03o", c);
    return append_char(out, c);
}

static Status append_quoted(Buf *out, const uint8_t *text, size_t size, bool latin1, char quote)
{
    TRY(buf_append_u8(out, (uint8_t)quote));
    for (size_t i = 0, len; i < size; i += len)
        TRY(append_escaped(out, next_char(text + i, size - i, latin1, &len), quote));
    return buf_append_u8(out, (uint8_t)quote);
}

Status etf_print_atom(Buf *out, const uint8_t *text, size_t size, bool latin1)
{
    if (needs_quotes(text, size, latin1)) return append_quoted(out, text, size, latin1, '\'');
    for (size_t i = 0, len; i < size; i += len)
        TRY(append_char(out, next_char(text + i, size - i, latin1, &len)));
    return ST_OK;
}

static bool printable(const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        uint8_t c = bytes[i];
        bool control = (c >= 8 && c <= 13) || c == 27;
        if (!control && !(c >= 32 && c <= 126) && c < 160) return false;
    }
    return size > 0;
}

static Status print_numbers(Printer *p, const uint8_t *bytes, size_t size, uint8_t bits)
{
    for (size_t i = 0; i < size; i++) {
        if (p->out->len - p->start > p->limits.bytes) return ST_OK;  // cut by the caller
        bool partial = i + 1 == size && bits != 8;
        TRY(buf_printf(p->out, "%s%u", i > 0 ? "," : "", bytes[i] >> (partial ? 8 - bits : 0)));
        if (partial) TRY(buf_printf(p->out, ":%u", bits));
    }
    return ST_OK;
}

static Status print_binary(Printer *p, const EtfTerm *t)
{
    TRY(buf_append_str(p->out, "<<"));
    if (t->bits == 8 && printable(t->data, t->size))
        TRY(append_quoted(p->out, t->data, t->size, true, '"'));
    else TRY(print_numbers(p, t->data, t->size, t->bits));
    return buf_append_str(p->out, ">>");
}

static Status print_string(Printer *p, const EtfTerm *t)
{
    if (printable(t->data, t->size)) return append_quoted(p->out, t->data, t->size, true, '"');
    TRY(buf_append_str(p->out, "["));
    TRY(print_numbers(p, t->data, t->size, 8));
    return buf_append_str(p->out, "]");
}

static Status print_big(Buf *out, const EtfTerm *t)
{
    size_t size = t->size;
    while (size > 0 && t->data[size - 1] == 0) size--;
    if (size == 0) return buf_append_str(out, "0");
    if (size > BIG_BYTES) return buf_printf(out, "#Integer<%zu bytes>", size);
    mp_limb_t limbs[BIG_BYTES / sizeof(mp_limb_t) + 1] = {0};
    for (size_t i = 0; i < size; i++)
        limbs[i / sizeof(mp_limb_t)] |= (mp_limb_t)t->data[i] << 8 * (i % sizeof(mp_limb_t));
    uint8_t digits[BIG_BYTES * 5 / 2 + 2];
    size_t n = mpn_get_str(digits, 10, limbs,
                           (mp_size_t)((size + sizeof(mp_limb_t) - 1) / sizeof(mp_limb_t)));
    size_t zeros = 0;
    while (zeros + 1 < n && digits[zeros] == 0) zeros++;
    for (size_t i = zeros; i < n; i++) digits[i] = (uint8_t)(digits[i] + '0');
    if (t->negative) TRY(buf_append_str(out, "-"));
    return buf_append(out, digits + zeros, n - zeros);
}

static Status append_zeros(Buf *out, int n)
{
    for (int i = 0; i < n; i++) TRY(buf_append_str(out, "0"));
    return ST_OK;
}

// digits, of which the point follows the first `place` (which may be negative
// or more than there are), in the notation that Erlang chooses: decimal unless
// scientific is shorter or the number is beyond 2^53.
static Status place_point(Buf *out, const char *digits, int place, bool huge)
{
    int n = (int)strlen(digits);
    if (place > 0 && place < n) return buf_printf(out, "%.*s.%s", place, digits, digits + place);
    if (place == 0) return buf_printf(out, "0.%s", digits);
    char exponent[8];
    int cost = snprintf(exponent, sizeof exponent, "%d", place - 1) + 1 + (n == 1 ? 2 : 1);
    if (place < 0 && 2 - place <= cost) {
        TRY(buf_append_str(out, "0."));
        TRY(append_zeros(out, -place));
        return buf_append_str(out, digits);
    }
    if (place > 0 && place - n + 2 <= cost && !huge) {
        TRY(buf_append_str(out, digits));
        TRY(append_zeros(out, place - n));
        return buf_append_str(out, ".0");
    }
    return buf_printf(out, "%c.%se%s", digits[0], n > 1 ? digits + 1 : "0", exponent);
}

// The fewest digits that read back as f.
static Status print_float(Buf *out, double f)
{
    if (signbit(f)) TRY(buf_append_str(out, "-"));
    if (f == 0) return buf_append_str(out, "0.0");
    f = fabs(f);
    char text[40];
    for (int more = 0; more < 17; more++) {
        (void)snprintf(text, sizeof text, "%.*e", more, f);
        if (strtod(text, NULL) == f) break;
    }
    char *e = strchr(text, 'e');
    int place = atoi(e + 1) + 1;
    char *last = e - 1;
    while (last > text && *last == '0') last--;
    last[1] = 0;
    if (text[1] == '.') memmove(text + 1, text + 2, strlen(text + 2) + 1);
    return place_point(out, text, place, f >= 9007199254740992.0);
}

static Status print_ref(Buf *out, const EtfTerm *t)
{
    TRY(buf_append_str(out, "#Ref<0"));
    for (size_t i = t->size / 4; i > 0; i--)
        TRY(buf_printf(out, ".%u", get_u32be(t->data + (i - 1) * 4)));
    return buf_append_str(out, ">");
}

static Status open_term(Printer *p, const EtfTerm *t)
{
    switch (t->kind) {
    case ETF_INT: return buf_printf(p->out, "%lld", (long long)t->i);
    case ETF_BIG: return print_big(p->out, t);
    case ETF_FLOAT: return print_float(p->out, t->f);
    case ETF_ATOM: return etf_print_atom(p->out, t->data, t->size, t->latin1);
    case ETF_NIL: return buf_append_str(p->out, "[]");
    case ETF_STRING: return print_string(p, t);
    case ETF_BINARY: return print_binary(p, t);
    case ETF_TUPLE: return buf_append_str(p->out, "{");
    case ETF_LIST: return buf_append_str(p->out, "[");
    case ETF_MAP: return buf_append_str(p->out, "#{");
    case ETF_PID: return buf_printf(p->out, "<0.%lld.%u>", (long long)t->i, t->serial);
    case ETF_PORT: return buf_printf(p->out, "#Port<0.%lld>", (long long)t->i);
    case ETF_REF: return print_ref(p->out, t);
    case ETF_FUN: return buf_append_str(p->out, "#Fun<");
    default: return buf_append_str(p->out, "fun ");  // ETF_EXPORT
    }
}

static const char *closing(const Frame *f)
{
    switch (f->kind) {
    case ETF_TUPLE:
    case ETF_MAP: return "}";
    case ETF_LIST: return "]";
    case ETF_FUN: return ">";
    default: return "";
    }
}

// What goes in front of the next child; for a list's tail see print_tail.
static const char *separator(const Frame *f)
{
    if (f->done == 0) return "";
    switch (f->kind) {
    case ETF_MAP: return f->done % 2 == 1 ? " => " : ",";
    case ETF_EXPORT: return f->done == 1 ? ":" : "/";
    default: return ",";
    }
}

// Everything that is now complete is closed.
static Status close_terms(Printer *p)
{
    while (p->stack.len > 0 && vec_last(&p->stack).left == 0) {
        TRY(buf_append_str(p->out, closing(&vec_last(&p->stack))));
        (void)vec_pop(&p->stack);
    }
    return ST_OK;
}

static Status print_next(Printer *p, const uint8_t **at, const uint8_t *end)
{
    EtfTerm t;
    TRY(etf_head(at, end, &t));
    if (p->stack.len > 0) {
        Frame *f = &vec_last(&p->stack);
        bool tail = f->kind == ETF_LIST && f->left == 1;
        f->left--;
        if (tail && t.kind == ETF_NIL) return close_terms(p);
        TRY(buf_append_str(p->out, tail ? "|" : separator(f)));
        f->done++;
    }
    TRY(open_term(p, &t));
    bool compound = t.kind == ETF_TUPLE || t.kind == ETF_LIST || t.kind == ETF_MAP ||
                    t.kind == ETF_FUN || t.kind == ETF_EXPORT;
    if (compound) {
        if (p->stack.len == p->limits.depth) return ST_LIMIT;
        TRY(vec_push(&p->stack, (Frame){.kind = t.kind, .left = t.children}));
    }
    return close_terms(p);
}

Status etf_print(Buf *out, const uint8_t *bytes, size_t size, const EtfPrintLimits *limits, Diag *d)
{
    if (size < 2 || bytes[0] != ETF_VERSION) {
        diag_set_at(d, 0, "not a term in external format");
        return ST_FORMAT;
    }
    Printer p = {.out = out,
                 .start = out->len,
                 .limits = limits != NULL ? *limits : ETF_PRINT_LIMITS_DEFAULT};
    vec_init(&p.stack, out->arena);
    const uint8_t *at = bytes + 1;
    const uint8_t *end = bytes + size;
    Status st;
    do {
        st = print_next(&p, &at, end);
        p.cut = out->len - p.start > p.limits.bytes;
    } while (st == ST_OK && p.stack.len > 0 && !p.cut);
    if (st == ST_FORMAT) diag_set_at(d, (size_t)(at - bytes), "malformed term");
    if (st == ST_LIMIT) diag_set_at(d, (size_t)(at - bytes), "term nested too deeply");
    if (st == ST_OK && p.cut) {
        out->len = p.start + p.limits.bytes;
        st = buf_append_str(out, "...");
    }
    vec_clear(&p.stack);
    return st;
}
