// SPDX-License-Identifier: Apache-2.0
// bif/packet.c - erlang:decode_packet/3: where a packet ends.
#include "bif/packet.h"

#include "base/fiber.h"
#include "bif/args.h"

typedef enum PacketType {
    PACKET_RAW,
    PACKET_1,
    PACKET_2,
    PACKET_4,
    PACKET_ASN1,
    PACKET_SUNRM,
    PACKET_CDR,
    PACKET_FCGI,
    PACKET_TPKT,
    PACKET_LINE,
    PACKET_HTTP,
    PACKET_HTTPH,
    PACKET_HTTP_BIN,
    PACKET_HTTPH_BIN,
    PACKET_SSL_TLS,
    PACKET_TYPES,
} PacketType;

typedef struct PacketRule {
    PacketType type;
    uint32_t max;       // largest body, 0: any
    uint32_t truncate;  // lines are cut here, 0: never
    uint8_t delimiter;
} PacketRule;

enum { LEN_MORE = 0, LEN_BAD = -1 };

static int64_t be(const uint8_t *at, unsigned n)
{
    int64_t v = 0;
    while (n-- > 0) v = v << 8 | *at++;
    return v;
}

// Header and body together, where both are counted.
static int64_t counted(const PacketRule *r, int64_t header, int64_t body)
{
    int64_t max = r->max != 0 ? r->max : INT32_MAX - header;
    return body < 0 || body > max ? LEN_BAD : header + body;
}

static int64_t line_length(const PacketRule *r, const uint8_t *at, size_t n)
{
    const uint8_t *end = paced_find(at, r->delimiter, n);
    size_t len = end != NULL ? (size_t)(end - at) + 1 : n;
    if (r->max != 0 && len > r->max) return LEN_BAD;
    if (r->truncate != 0 && (end != NULL ? len > r->truncate : len >= r->truncate))
        return r->truncate;
    return end != NULL ? (int64_t)len : LEN_MORE;
}

static int64_t asn1_length(const PacketRule *r, const uint8_t *at, size_t n)
{
    if (n < 2) return LEN_MORE;
    size_t i = 1;
    if ((at[0] & 0x1f) == 0x1f) {
        for (Pace work = PACE_START; i < n && (at[i] & 0x80); (void)pace(&work, 1)) i++;
        if (n - i < 2) return LEN_MORE;
        i++;
    }
    unsigned length = at[i] & 0x7f;
    if ((at[i++] & 0x80) == 0) return counted(r, (int64_t)i, length);
    if (n - i < length) return LEN_MORE;
    if (length > 4) return LEN_BAD;
    return counted(r, (int64_t)(i + length), be(at + i, length));
}

static bool is_blank(uint8_t c) { return c == ' ' || c == '\t'; }

static int64_t http_length(const PacketRule *r, const uint8_t *at, size_t n, bool headers)
{
    if ((n == 1 && at[0] == '\n') || (n == 2 && at[0] == '\r' && at[1] == '\n')) return (int64_t)n;
    size_t max = r->max != 0 ? r->max : r->truncate, from = 0;
    for (;;) {
        const uint8_t *end = n > from ? paced_find(at + from, '\n', n - from) : NULL;
        if (end == NULL) return max != 0 && n >= max ? LEN_BAD : LEN_MORE;
        size_t len = (size_t)(end - at) + 1;
        // The value of a header may go on in the next line.
        bool continued = headers && len < n && is_blank(end[1]) && len > 2;
        if (continued) {
            from = len;
            continue;
        }
        if (max != 0 && len > max) return LEN_BAD;
        return headers && len == n ? LEN_MORE : (int64_t)len;
    }
}

static int64_t ssl_length(const PacketRule *r, const uint8_t *at, size_t n)
{
    if (n < 5) return LEN_MORE;
    if ((at[0] & 0x80) && at[2] == 1)
        return counted(r, 5, (be(at, 2) & 0x7fff) - 3);  // SSL 2 hello
    return counted(r, 5, be(at + 3, 2));
}

// Length of the packet at the front, LEN_MORE (unknown yet) or LEN_BAD.
static int64_t packet_length(const PacketRule *r, const uint8_t *at, size_t n)
{
    switch (r->type) {
    case PACKET_RAW: return (int64_t)n;
    case PACKET_1: return n < 1 ? LEN_MORE : counted(r, 1, be(at, 1));
    case PACKET_2: return n < 2 ? LEN_MORE : counted(r, 2, be(at, 2));
    case PACKET_4: return n < 4 ? LEN_MORE : counted(r, 4, be(at, 4));
    case PACKET_SUNRM: return n < 4 ? LEN_MORE : counted(r, 4, be(at, 4) & 0x7fffffff);
    case PACKET_ASN1: return asn1_length(r, at, n);
    case PACKET_CDR:
        if (n < 12) return LEN_MORE;
        if (memcmp(at, "GIOP", 4) != 0) return LEN_BAD;
        return counted(r, 12,
                       at[6] & 1 ? (int64_t)at[11] << 24 | at[10] << 16 | at[9] << 8 | at[8]
                                 : be(at + 8, 4));
    case PACKET_FCGI:
        if (n < 8) return LEN_MORE;
        return at[0] != 1 ? LEN_BAD : counted(r, 8, be(at + 4, 2) + at[6]);
    case PACKET_TPKT:
        if (n < 4) return LEN_MORE;
        return at[0] != 3 ? LEN_BAD : counted(r, 4, be(at + 2, 2) - 4);
    case PACKET_LINE: return line_length(r, at, n);
    case PACKET_HTTP:
    case PACKET_HTTP_BIN: return http_length(r, at, n, false);
    case PACKET_HTTPH:
    case PACKET_HTTPH_BIN: return http_length(r, at, n, true);
    case PACKET_SSL_TLS: return ssl_length(r, at, n);
    case PACKET_TYPES: break;
    }
    return LEN_BAD;
}

// ---- the packet as a term ------------------------------------------------------------
static Term ssl_packet(Process *p, const uint8_t *at, size_t n)
{
    bool hello = (at[0] & 0x80) && at[2] == 1;
    size_t from = hello ? 3 : 5, body = n - from;
    unsigned type = hello ? 22 : at[0];
    const uint8_t *version = at + (hello ? 3 : 1);
    uint8_t *to;
    Term data = binary_new_empty(&p->heap, body + (hello ? 4 : 0), &to);
    if (data == TERM_NONE) return bif_no_memory(p);
    if (hello) {
        *to++ = 1;
        *to++ = (uint8_t)(body >> 16), *to++ = (uint8_t)(body >> 8), *to++ = (uint8_t)body;
    }
    paced_copy(to, at + from, body);
    Term *hp = bif_alloc(p, 9);
    if (hp == NULL) return TERM_NONE;
    Term pair = tuple2_at(&hp, make_small(version[0]), make_small(version[1]));
    hp[0] = TUPLE_HEADER(5);
    hp[1] = AM_ssl_tls, hp[2] = TERM_NIL, hp[3] = make_small(type), hp[4] = pair, hp[5] = data;
    return make_boxed(hp);
}

static Term packet_term(Process *p, const PacketRule *r, Term bin, const uint8_t *at, size_t n)
{
    switch (r->type) {
    case PACKET_SSL_TLS: return ssl_packet(p, at, n);
    case PACKET_HTTP: return packet_http(p, at, n, false, false);
    case PACKET_HTTPH: return packet_http(p, at, n, true, false);
    case PACKET_HTTP_BIN: return packet_http(p, at, n, false, true);
    case PACKET_HTTPH_BIN: return packet_http(p, at, n, true, true);
    default: break;
    }
    if (r->type == PACKET_FCGI) n -= at[6];  // padding belongs to the packet, but is not shown
    size_t skip = r->type == PACKET_1 ? 1 : r->type == PACKET_2 ? 2 : r->type == PACKET_4 ? 4 : 0;
    Term part = binary_part(&p->heap, bin, (uint64_t)skip * 8, (uint64_t)(n - skip) * 8);
    return part != TERM_NONE ? part : bif_no_memory(p);
}

// ---- arguments -----------------------------------------------------------------------
static PacketType type_of(Term t)
{
    switch (t) {
    case SMALL(0):
    case AM_raw: return PACKET_RAW;
    case SMALL(1): return PACKET_1;
    case SMALL(2): return PACKET_2;
    case SMALL(4): return PACKET_4;
    case AM_asn1: return PACKET_ASN1;
    case AM_sunrm: return PACKET_SUNRM;
    case AM_cdr: return PACKET_CDR;
    case AM_fcgi: return PACKET_FCGI;
    case AM_tpkt: return PACKET_TPKT;
    case AM_line: return PACKET_LINE;
    case AM_http: return PACKET_HTTP;
    case AM_httph: return PACKET_HTTPH;
    case AM_http_bin: return PACKET_HTTP_BIN;
    case AM_httph_bin: return PACKET_HTTPH_BIN;
    case AM_ssl_tls: return PACKET_SSL_TLS;
    default: return PACKET_TYPES;
    }
}

static bool parse_options(PacketRule *r, Term options)
{
    for (Pace rate = PACE_START; is_cons(options); options = list_next(options, &rate)) {
        Term o = cons_head(options);
        uint64_t v;
        if (!is_tuple_arity(o, 2) || !bif_get_uint64(tuple_elements(o)[1], &v) || v > UINT32_MAX)
            return false;
        switch (tuple_elements(o)[0]) {
        case AM_packet_size: r->max = (uint32_t)v; break;
        case AM_line_length: r->truncate = (uint32_t)v; break;
        case AM_line_delimiter:
            if (v > 255) return false;
            r->delimiter = (uint8_t)v;
            break;
        default: return false;
        }
    }
    return is_nil(options);
}

static Term decode(Process *p, const PacketRule *r, Term bin, const uint8_t *at, size_t n)
{
    int64_t len = packet_length(r, at, n);
    bif_charge(p, (len > 0 && (size_t)len < n ? (uint64_t)len : n) / 512);
    Term *hp;
    if (len < 0) {
        hp = bif_alloc(p, 3);
        return hp != NULL ? tuple2_at(&hp, AM_error, AM_invalid) : TERM_NONE;
    }
    if (len == 0 || (uint64_t)len > n) {
        hp = bif_alloc(p, 3);
        return hp != NULL ? tuple2_at(&hp, AM_more, len == 0 ? AM_undefined : make_small(len))
                          : TERM_NONE;
    }
    Term packet = packet_term(p, r, bin, at, (size_t)len);
    if (packet == TERM_NONE) return TERM_NONE;
    Term rest =
        binary_part(&p->heap, bin, (uint64_t)len * 8, bitstring_bits(bin) - (uint64_t)len * 8);
    hp = rest != TERM_NONE ? bif_alloc(p, 4) : NULL;
    return hp != NULL ? tuple3_at(&hp, AM_ok, packet, rest) : bif_no_memory(p);
}

Term bif_erlang_decode_packet_3(Process *p, Term *args)
{
    PacketRule r = {.type = type_of(args[0]), .delimiter = '\n'};
    if (r.type == PACKET_TYPES) return bif_error_cause(p, AM_badarg, AM_badopt);
    if (!is_bitstring(args[1]) || !parse_options(&r, args[2])) return bif_badarg(p);
    Bits b = bits_of(args[1]);
    if (b.bit == 0) return decode(p, &r, args[1], b.byte, b.size / 8);
    Term aligned = bitstring_new(&p->heap, b.byte, b.bit, b.size);
    if (aligned == TERM_NONE) return bif_no_memory(p);
    bif_charge(p, b.size / 8192);
    return decode(p, &r, aligned, bits_of(aligned).byte, b.size / 8);
}
