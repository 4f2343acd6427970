// SPDX-License-Identifier: Apache-2.0
// bif/packet_http.c - erlang:decode_packet/3: lines of HTTP as terms.
#include <ctype.h>
#include <strings.h>

#include "base/fiber.h"
#include "bif/packet.h"

typedef struct Line {
    Process *p;
    const uint8_t *at, *end;
    bool binaries;
} Line;

typedef struct Text {
    const uint8_t *at;
    size_t len;
} Text;

#define NAME_MAX_LEN 50

static const char *const header_names[] = {
    "Cache-Control",
    "Connection",
    "Date",
    "Pragma",
    "Transfer-Encoding",
    "Upgrade",
    "Via",
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "From",
    "Host",
    "If-Modified-Since",
    "If-Match",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Max-Forwards",
    "Proxy-Authorization",
    "Range",
    "Referer",
    "User-Agent",
    "Age",
    "Location",
    "Proxy-Authenticate",
    "Public",
    "Retry-After",
    "Server",
    "Vary",
    "Warning",
    "Www-Authenticate",
    "Allow",
    "Content-Base",
    "Content-Encoding",
    "Content-Language",
    "Content-Length",
    "Content-Location",
    "Content-Md5",
    "Content-Range",
    "Content-Type",
    "Etag",
    "Expires",
    "Last-Modified",
    "Accept-Ranges",
    "Set-Cookie",
    "Set-Cookie2",
    "X-Forwarded-For",
    "Cookie",
    "Keep-Alive",
    "Proxy-Connection",
};

static const char *const method_names[] = {"OPTIONS", "GET",    "HEAD", "POST",
                                           "PUT",     "DELETE", "TRACE"};

// ---- terms -------------------------------------------------------------------------
static Term text_term(Line *l, Text t)
{
    if (l->binaries) return bif_make_binary(l->p, t.at, t.len);
    return bif_make_byte_list(l->p, t.at, t.len, TERM_NIL);
}

// A tuple of n terms of which TERM_NONE makes the whole TERM_NONE.
static Term tuple_of(Process *p, const Term *terms, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (terms[i] == TERM_NONE) return TERM_NONE;
    Term *hp = bif_alloc(p, n + 1);
    if (hp == NULL) return TERM_NONE;
    hp[0] = TUPLE_HEADER(n);
    memcpy(hp + 1, terms, n * sizeof(Term));
    return make_boxed(hp);
}
#define TUPLE(p, ...) \
    tuple_of(p, (const Term[]){__VA_ARGS__}, sizeof((const Term[]){__VA_ARGS__}) / sizeof(Term))

// Index of the name in a list, or n.
static size_t known(const char *const *names, size_t n, Text t)
{
    size_t i = 0;
    while (i < n && (strlen(names[i]) != t.len || memcmp(names[i], t.at, t.len) != 0)) i++;
    return i;
}

// ---- scanning ------------------------------------------------------------------------
static bool blank(uint8_t c) { return c == ' ' || c == '\t'; }

static bool skip_blanks(Line *l)
{
    const uint8_t *from = l->at;
    for (Pace work = PACE_START; l->at < l->end && blank(*l->at); (void)pace(&work, 1)) l->at++;
    return l->at != from;
}

// Digits as a number, which wraps as OTP's 32-bit one does; false: none here.
static bool number(Line *l, int32_t *out)
{
    const uint8_t *from = l->at;
    uint32_t v = 0;
    Pace work = PACE_START;
    for (; l->at < l->end && *l->at >= '0' && *l->at <= '9'; (void)pace(&work, 1))
        v = v * 10 + (uint32_t)(*l->at++ - '0');
    *out = (int32_t)v;
    return l->at != from;
}

// "Major.Minor" behind "HTTP/".
static bool version(Line *l, int32_t *major, int32_t *minor)
{
    if (!number(l, major) || l->at == l->end || *l->at != '.') return false;
    l->at++;
    return number(l, minor);
}

static bool is_token_char(uint8_t c)
{
    return c > 32 && c < 127 && strchr("()<>@,;:\\\"/[]?={}", c) == NULL;
}

static Text token(Line *l)
{
    const uint8_t *from = l->at;
    for (Pace work = PACE_START; l->at < l->end && is_token_char(*l->at); (void)pace(&work, 2))
        l->at++;
    return (Text){from, (size_t)(l->at - from)};
}

// ---- first lines ------------------------------------------------------------------------
// What is behind "scheme://": {absoluteURI, Scheme, Host, Port, Path}.
static Term absolute_uri(Line *l, Term scheme, Text t)
{
    const uint8_t *slash = paced_find(t.at, '/', t.len);
    Text host = t, path = {(const uint8_t *)"/", 1};
    if (slash != NULL) {
        host.len = (size_t)(slash - t.at);
        path = (Text){slash, t.len - host.len};
    }
    Term port = AM_undefined;
    const uint8_t *colon = paced_find(host.at, ':', host.len);
    if (colon != NULL) {
        Line digits = {l->p, colon + 1, host.at + host.len, false};
        int32_t n;
        if (number(&digits, &n) && digits.at == digits.end && n != 0) port = make_small(n);
        host.len = (size_t)(colon - host.at);
    }
    return TUPLE(l->p, AM_absoluteURI, scheme, text_term(l, host), port, text_term(l, path));
}

static bool has_prefix(Text t, const char *prefix)
{
    size_t n = strlen(prefix);
    return t.len >= n && strncasecmp((const char *)t.at, prefix, n) == 0;
}

static Term uri_term(Line *l, Text t)
{
    if (t.len == 1 && t.at[0] == '*') return AM_times;
    if (t.len <= 1 || t.at[0] == '/') return TUPLE(l->p, AM_abs_path, text_term(l, t));
    if (has_prefix(t, "http://")) return absolute_uri(l, AM_http, (Text){t.at + 7, t.len - 7});
    if (has_prefix(t, "https://")) return absolute_uri(l, AM_https, (Text){t.at + 8, t.len - 8});
    const uint8_t *colon = paced_find(t.at, ':', t.len);
    if (colon == NULL) return text_term(l, t);
    Text scheme = {t.at, (size_t)(colon - t.at)}, rest = {colon + 1, t.len - scheme.len - 1};
    return TUPLE(l->p, AM_scheme, text_term(l, scheme), text_term(l, rest));
}

// Each of the three below returns false for a line that is not of its form.
static bool response(Line *l, Term *out)
{
    int32_t major, minor, status;
    l->at += 5;
    if (!version(l, &major, &minor) || !skip_blanks(l)) return false;
    (void)number(l, &status);
    if (!skip_blanks(l) && l->at < l->end) return false;
    Text phrase = {l->at, (size_t)(l->end - l->at)};
    *out = TUPLE(l->p, AM_http_response, TUPLE(l->p, make_small(major), make_small(minor)),
                 make_small(status), text_term(l, phrase));
    return true;
}

static bool request(Line *l, Term *out)
{
    Text method = token(l);
    if (method.len == 0 || l->at == l->end || !skip_blanks(l)) return false;
    Text uri = {l->at, 0};
    while (l->at < l->end && !blank(*l->at)) l->at++;
    uri.len = (size_t)(l->at - uri.at);
    if (uri.len == 0) return false;
    (void)skip_blanks(l);
    int32_t major = 0, minor = 9;
    if (l->at < l->end) {
        if (l->end - l->at < 8 || memcmp(l->at, "HTTP/", 5) != 0) return false;
        l->at += 5;
        if (!version(l, &major, &minor)) return false;
    }
    size_t i = known(method_names, ARRAY_LEN(method_names), method);
    Term name = i < ARRAY_LEN(method_names)
                    ? bif_make_atom(l->p, method_names[i], strlen(method_names[i]))
                    : text_term(l, method);
    *out = TUPLE(l->p, AM_http_request, name, uri_term(l, uri),
                 TUPLE(l->p, make_small(major), make_small(minor)));
    return true;
}

static bool header(Line *l, Term *out)
{
    Text raw = token(l), shown = raw;
    if (l->at == l->end || *l->at != ':') return false;
    l->at++;
    (void)skip_blanks(l);
    uint8_t name[NAME_MAX_LEN];
    size_t i = ARRAY_LEN(header_names);
    if (raw.len <= NAME_MAX_LEN) {
        bool upper = true;
        for (size_t k = 0; k < raw.len; k++) {
            uint8_t c = raw.at[k];
            name[k] = (uint8_t)(upper ? toupper(c) : tolower(c));
            upper = !upper && c == '-';
        }
        shown = (Text){name, raw.len};
        i = known(header_names, ARRAY_LEN(header_names), shown);
    }
    bool is_known = i < ARRAY_LEN(header_names);
    Term field = is_known ? bif_make_atom(l->p, header_names[i], raw.len) : text_term(l, shown);
    Text value = {l->at, (size_t)(l->end - l->at)};
    *out = TUPLE(l->p, AM_http_header, make_small(is_known ? (int64_t)i + 1 : 0), field,
                 text_term(l, raw), text_term(l, value));
    return true;
}

Term packet_http(Process *p, const uint8_t *line, size_t len, bool headers, bool binaries)
{
    size_t n = len;
    if (n >= 2 && line[n - 2] == '\r') n -= 2;
    else if (n >= 1 && line[n - 1] == '\n') n -= 1;
    Line l = {p, line, line + n, binaries};
    Term result;
    if (headers && n == 0) return AM_http_eoh;
    bool good = headers                                   ? header(&l, &result)
                : n >= 5 && memcmp(line, "HTTP/", 5) == 0 ? response(&l, &result)
                                                          : request(&l, &result);
    if (good) return result;
    l.binaries = binaries;
    return TUPLE(p, AM_http_error, text_term(&l, (Text){line, len}));
}
