// SPDX-License-Identifier: Apache-2.0
// bif/re_cache.c - compiling regular expressions, and the codes that a sandbox
// keeps.
//
// All memory of PCRE2 comes from the sandbox's arena. The character classes of
// bytes above 127 are those of Latin-1, as in OTP.
#include "bif/re.h"

#include "base/buf.h"
#include "base/fiber.h"
#include "bif/args.h"
#include "proc/isolate.h"
#include "term/utf8.h"

#include <xxhash.h>

#define CACHE_ENTRIES 64
#define CACHE_WAYS    4

typedef struct CacheEntry {
    uint64_t hash;
    uint64_t used;  // tick of the last use, 0: free
    ReKey key;      // source: a copy of len bytes (of size `source_size`)
    ReCode code;
} CacheEntry;

typedef struct ReCache {
    Space *space;
    pcre2_general_context *memory;
    pcre2_compile_context *context;
    const uint8_t *tables;
    uint64_t tick;
    BinData *utf8;  // holds [utf8_at, utf8_at + utf8_len), which is known to be UTF-8
    const uint8_t *utf8_at;
    size_t utf8_len;
    CacheEntry entries[CACHE_ENTRIES];
} ReCache;

// ---- memory -----------------------------------------------------------------------
// PCRE2 does not say the size when it frees: it stands in front of the block.
#define HEAD 16

static void *take(size_t size, void *space)
{
    size_t total = size_add(size, HEAD);
    uint8_t *at = arena_alloc(&((Space *)space)->arena, total);
    if (at == NULL) return NULL;
    memcpy(at, &total, sizeof total);
    return at + HEAD;
}

static void give(void *block, void *space)
{
    if (block == NULL) return;
    uint8_t *at = (uint8_t *)block - HEAD;
    size_t total;
    memcpy(&total, at, sizeof total);
    arena_free(&((Space *)space)->arena, at, total);
}

// ---- character tables ----------------------------------------------------------------
// Layout of PCRE2's tables: lower case, other case, then bit maps of classes, then
// a byte of types for each character.
enum { TABLE_LOWER = 0, TABLE_FLIP = 256, TABLE_BITS = 512, TABLE_TYPES = 832 };
enum {
    BITS_UPPER = 96,
    BITS_LOWER = 128,
    BITS_WORD = 160,
    BITS_GRAPH = 192,
    BITS_PRINT = 224,
    BITS_PUNCT = 256,
    BITS_CNTRL = 288
};
enum { TYPE_LETTER = 0x02, TYPE_LOWER = 0x04, TYPE_WORD = 0x10 };

static void add_class(uint8_t *tables, unsigned which, unsigned c)
{
    tables[TABLE_BITS + which + c / 8] |= (uint8_t)(1 << (c % 8));
}

static void add_latin1(uint8_t *tables)
{
    for (unsigned c = 128; c < 256; c++) {
        bool upper = c >= 0xC0 && c <= 0xDE && c != 0xD7;
        bool lower = (c >= 0xDF && c != 0xF7) || c == 0xAA || c == 0xB5 || c == 0xBA;
        if (c < 0xA0) {
            add_class(tables, BITS_CNTRL, c);
            continue;
        }
        add_class(tables, BITS_GRAPH, c);
        add_class(tables, BITS_PRINT, c);
        if (!upper && !lower) {
            add_class(tables, BITS_PUNCT, c);
            continue;
        }
        add_class(tables, BITS_WORD, c);
        add_class(tables, upper ? BITS_UPPER : BITS_LOWER, c);
        tables[TABLE_TYPES + c] |= (uint8_t)(TYPE_LETTER | TYPE_WORD | (lower ? TYPE_LOWER : 0));
        if (upper) {
            tables[TABLE_LOWER + c] = tables[TABLE_FLIP + c] = (uint8_t)(c + 32);
            tables[TABLE_FLIP + c + 32] = (uint8_t)c;
        }
    }
}

// PCRE2 asks at each group of a pattern whether the stack has room. Not 0: no.
static int at_group(uint32_t depth, void *arg)
{
    (void)depth, (void)arg;
    return pause_point() ? 0 : 1;
}

static bool open_cache(ReCache *c, Space *s)
{
    *c = (ReCache){.space = s};
    c->memory = pcre2_general_context_create(take, give, s);
    if (c->memory == NULL) return false;
    c->context = pcre2_compile_context_create(c->memory);
    uint8_t *tables = (uint8_t *)(uintptr_t)pcre2_maketables(c->memory);
    c->tables = tables;
    if (c->context == NULL || tables == NULL) return false;
    add_latin1(tables);
    pcre2_set_character_tables(c->context, c->tables);
    pcre2_set_compile_recursion_guard(c->context, at_group, NULL);
    return true;
}

static void close_cache(ReCache *c)
{
    if (c->context != NULL) pcre2_compile_context_free(c->context);
    if (c->tables != NULL) pcre2_maketables_free(c->memory, c->tables);
    if (c->memory != NULL) pcre2_general_context_free(c->memory);
}

// NULL: refused, exception set.
static ReCache *cache_of(Process *p)
{
    Isolate *iso = p->iso;
    ReCache *c = iso->tables[ISO_REGEX];
    if (c != NULL) return c;
    c = bif_scratch(p, sizeof *c);
    if (c == NULL) return NULL;
    if (!open_cache(c, &iso->space)) {
        close_cache(c);
        bif_scratch_free(p, c, sizeof *c);
        (void)bif_no_memory(p);
        return NULL;
    }
    iso->tables[ISO_REGEX] = c;
    return c;
}

pcre2_general_context *re_memory(Process *p)
{
    return ((ReCache *)p->iso->tables[ISO_REGEX])->memory;
}

// ---- compiling ---------------------------------------------------------------------------
static pcre2_code *compile_once(ReCache *c, const ReKey *k, const uint8_t *source, size_t len,
                                uint32_t extra, int *error, PCRE2_SIZE *offset)
{
    pcre2_set_newline(c->context, k->newline != 0 ? k->newline : PCRE2_NEWLINE_LF);
    pcre2_set_bsr(c->context, k->bsr != 0 ? k->bsr : PCRE2_BSR_UNICODE);
    pcre2_set_compile_extra_options(c->context, PCRE2_EXTRA_ALLOW_LOOKAROUND_BSK | extra);
    return pcre2_compile(source, len, k->compile | PCRE2_USE_OFFSET_LIMIT, error, offset,
                         c->context);
}

static bool has_escape(const ReKey *k, uint8_t letter)
{
    Pace work = PACE_START;
    for (size_t i = 0; i + 1 < k->len; i++, (void)pace(&work, 1))
        if (k->source[i] == '\\' && k->source[++i] == letter) return true;
    return false;
}

#define CHANGES_MAX 64

// Where the letter of an escape is that PCRE 8 takes for the letter; 0: it is none of those.
static size_t letter_of(const Buf *copy, int code, size_t at)
{
    size_t letter = code == 107 ? at : code == 137 && at > 0 ? at - 1 : 0;
    if (letter == 0 || letter >= copy->len || copy->data[letter - 1] != '\\') return 0;
    return code == 107 || copy->data[letter] == 'F' ? letter : 0;
}

// What PCRE 8 accepts and PCRE2 refuses is said so that PCRE2 accepts it: a -
// behind a class as \d is a hyphen, \8 and \9 without such a group are digits, in a class
// escapes that stand for no character are their letters, as is \F everywhere. (Which of
// them an escape is, is known here alone: PCRE2 has said so.) False: the error is another one. *shift: by how much the rest moves.
static bool mend(Buf *copy, int code, size_t at, int *shift)
{
    if (code == 150 && at < copy->len && copy->data[at] == '-') {
        if (buf_append_u8(copy, 0) != ST_OK) return false;
        memmove(copy->data + at + 1, copy->data + at, copy->len - 1 - at);
        copy->data[at] = '\\';
        *shift = 1;
        return true;
    }
    size_t letter = letter_of(copy, code, at);
    if (letter != 0) {
        memmove(copy->data + letter - 1, copy->data + letter, copy->len - letter);
        copy->len--;
        *shift = -1;
        return true;
    }
    bool digit =
        at > 0 && at < copy->len && copy->data[at - 1] == '\\' && (copy->data[at] & ~1) == '8';
    bool more = at + 1 < copy->len && copy->data[at + 1] >= '0' && copy->data[at + 1] <= '9';
    if (code != 115 || !digit || more) return false;
    memmove(copy->data + at - 1, copy->data + at, copy->len - at);
    copy->len--;
    *shift = -1;
    return true;
}

// Would the escape whose letter is at `letter` end a range, as in [!-\B]? Only PCRE2 knows, so
// it is asked about a class that no range can end with.
static bool ends_range(ReCache *c, const ReKey *k, const Buf *copy, size_t letter)
{
    Buf asked;
    int code = 0;
    PCRE2_SIZE offset;
    buf_init_in(&asked, &c->space->arena);
    if (buf_append(&asked, copy->data, letter) == ST_OK && buf_append(&asked, "d]", 2) == ST_OK)
        pcre2_code_free(compile_once(c, k, asked.data, asked.len, 0, &code, &offset));
    buf_clear(&asked);
    return code == 150;
}

static pcre2_code *compile_mended(ReCache *c, const ReKey *k, int code, PCRE2_SIZE offset,
                                  ReError *error)
{
    pcre2_code *result = NULL;
    Buf copy;
    buf_init_in(&copy, &c->space->arena);
    uint32_t extra = 0;
    int moved = 0;
    bool copied = buf_append(&copy, k->source, k->len) == ST_OK;
    for (size_t changes = 0; copied && result == NULL && changes < CHANGES_MAX; changes++) {
        int shift = 0;
        // To PCRE 8 an unknown escape is the letter.
        if (code == 103 && extra == 0) {
            extra = PCRE2_EXTRA_BAD_ESCAPE_IS_LITERAL;
        } else if (code == 107 && letter_of(&copy, code, offset) != 0 &&
                   ends_range(c, k, &copy, offset)) {
            code = 150;
            offset++;
            break;
        } else if (!mend(&copy, code, offset, &shift)) {
            break;
        }
        moved += shift;
        result = compile_once(c, k, copy.data, copy.len, extra, &code, &offset);
    }
    buf_clear(&copy);
    if (result != NULL) return result;
    int64_t at = (int64_t)offset - moved;
    re_error_as_pcre1(code, at > 0 ? (size_t)at : 0, k->source, k->len, error);
    error->refused = code == PCRE2_ERROR_HEAP_FAILED;
    return NULL;
}

// Where a \N{U+… is that is one; the length of the source: nowhere. PCRE 8 does not know it.
static size_t code_point_name(const ReKey *k)
{
    Pace work = PACE_START;
    bool quoted = false;
    for (size_t i = 0; i + 4 < k->len; i++, (void)pace(&work, 1)) {
        if (k->source[i] != '\\') continue;
        uint8_t letter = k->source[i + 1];
        if (!quoted && memcmp(k->source + i + 1, "N{U+", 4) == 0) return i;
        if (letter == (quoted ? 'E' : 'Q')) quoted = !quoted;
        if (!quoted || letter == 'Q') i++;
    }
    return k->len;
}

// The bytes that PCRE2 lets a match begin with leave out the letters of Latin-1 behind ASCII where
// \w stands for them and the subject is UTF-8: it takes the spaces of the table instead.
static bool starts_wrongly(const pcre2_code *code, const ReKey *k)
{
    uint32_t options = 0;
    const uint8_t *bitmap = NULL;
    pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTBITMAP, &bitmap);
    return bitmap != NULL && (options & (PCRE2_UTF | PCRE2_UCP)) == PCRE2_UTF && has_escape(k, 'w');
}

// more: options beside those of the key. NULL: *error says why.
static pcre2_code *compile(ReCache *c, const ReKey *key, uint32_t more, ReError *error)
{
    ReKey with = *key, *k = &with;
    with.compile |= more;
    int code;
    PCRE2_SIZE offset;
    pcre2_code *result = compile_once(c, k, k->source, k->len, 0, &code, &offset);
    if (result == NULL) result = compile_mended(c, k, code, offset, error);
    if (result == NULL) return NULL;
    size_t name = code_point_name(k);
    if (name == k->len && !starts_wrongly(result, k)) return result;
    pcre2_code_free(result);
    if (name < k->len) {
        re_error_as_pcre1(PCRE2_ERROR_UNSUPPORTED_ESCAPE_SEQUENCE, name + 2, k->source, k->len,
                          error);
        return NULL;
    }
    return compile(c, key, more | PCRE2_NO_START_OPTIMIZE, error);
}

static void describe(ReCode *r, const ReKey *k)
{
    uint32_t newline = 0, options = 0;
    pcre2_pattern_info(r->code, PCRE2_INFO_CAPTURECOUNT, &r->groups);
    pcre2_pattern_info(r->code, PCRE2_INFO_NEWLINE, &newline);
    pcre2_pattern_info(r->code, PCRE2_INFO_ALLOPTIONS, &options);
    r->utf = (options & PCRE2_UTF) != 0;
    r->crlf = newline == PCRE2_NEWLINE_ANY || newline == PCRE2_NEWLINE_CRLF ||
              newline == PCRE2_NEWLINE_ANYCRLF;
    // \G is where a search begins, so a search must not begin twice.
    r->windows = (options & PCRE2_ANCHORED) == 0 && !has_escape(k, 'G');
}

// ---- the cache -------------------------------------------------------------------------
static bool same_key(const ReKey *a, const ReKey *b)
{
    return a->compile == b->compile && a->newline == b->newline && a->bsr == b->bsr &&
           a->len == b->len && paced_compare(a->source, b->source, a->len) == 0;
}

static uint64_t hash_source(const ReKey *k, uint64_t seed)
{
    if (k->len <= PACED_BYTES) return XXH3_64bits_withSeed(k->source, k->len, seed);
    for (size_t at = 0, n; at < k->len; at += n, (void)pause_point()) {
        n = k->len - at < PACED_BYTES ? k->len - at : PACED_BYTES;
        seed = XXH3_64bits_withSeed(k->source + at, n, seed);
    }
    return seed;
}

static void drop(ReCache *c, CacheEntry *e)
{
    if (e->used == 0) return;
    pcre2_code_free(e->code.code);
    pcre2_code_free(e->code.by_items);
    arena_free(&c->space->arena, (void *)(uintptr_t)e->key.source, e->key.len);
    *e = (CacheEntry){0};
}

// How many groups may have names. PCRE2 compares each name with all before it, and cannot be put
// aside while it does.
static size_t count_names(const ReKey *k)
{
    size_t names = 0;
    Pace work = PACE_START;
    for (size_t i = 0; i + 3 < k->len; i++, (void)pace(&work, 1)) {
        const uint8_t *s = k->source + i;
        if (s[0] != '(' || s[1] != '?') continue;
        if (s[2] == '<') names += s[3] != '=' && s[3] != '!';
        else names += s[2] == '\'' || (s[2] == 'P' && s[3] == '<');
    }
    return names;
}

// Compiles within the limits of expressions. The copy of the source that the cache keeps; NULL: *error
// says why, or `refused` and the exception is set.
static uint8_t *compile_key(Process *p, ReCache *c, const ReKey *key, ReCode *code, ReError *error)
{
    Limits *limits = &p->iso->limits;
    bif_charge(p, 20 + key->len / 8);
    if (!limit_fits(limits, LIMIT_REGEX_SIZE, key->len) ||
        !limit_fits(limits, LIMIT_REGEX_NAMES, count_names(key))) {
        (void)bif_system_limit(p);
        return NULL;
    }
    error->refused = false;
    code->code = compile(c, key, 0, error);
    if (code->code == NULL) {
        if (error->refused) (void)bif_no_memory(p);
        return NULL;
    }
    error->refused = true;
    size_t size = 0;
    (void)pcre2_pattern_info(code->code, PCRE2_INFO_SIZE, &size);
    bool fits = limit_fits(limits, LIMIT_REGEX_SIZE, size_add(size, key->len));
    uint8_t *source = fits ? arena_alloc(&c->space->arena, key->len) : NULL;
    if (source == NULL) {
        pcre2_code_free(code->code);
        (void)(fits ? bif_no_memory(p) : bif_system_limit(p));
        return NULL;
    }
    paced_copy(source, key->source, key->len);
    return source;
}

const ReCode *re_code(Process *p, const ReKey *key, ReError *error)
{
    *error = (ReError){.refused = true};
    ReCache *c = cache_of(p);
    if (c == NULL) return NULL;
    uint64_t hash = hash_source(key, p->heap.space->hash_salt + key->compile);
    CacheEntry *set = &c->entries[hash % (CACHE_ENTRIES / CACHE_WAYS) * CACHE_WAYS], *oldest = set;
    c->tick++;
    for (CacheEntry *e = set; e < set + CACHE_WAYS; e++) {
        if (e->used != 0 && e->hash == hash && same_key(&e->key, key)) {
            e->used = c->tick;
            return &e->code;
        }
        if (e->used < oldest->used) oldest = e;
    }
    ReCode code = {0};
    uint8_t *source = compile_key(p, c, key, &code, error);
    if (source == NULL) return NULL;
    describe(&code, key);
    drop(c, oldest);
    *oldest = (CacheEntry){hash, c->tick, *key, code};
    oldest->key.source = source;
    return &oldest->code;
}

const pcre2_code *re_code_by_items(Process *p, const ReCode *code)
{
    if (code->by_items != NULL || code->no_items) return code->by_items;
    CacheEntry *e = (CacheEntry *)(void *)((uint8_t *)(uintptr_t)code - offsetof(CacheEntry, code));
    ReError error;
    e->code.by_items = compile(p->iso->tables[ISO_REGEX], &e->key, PCRE2_AUTO_CALLOUT, &error);
    e->code.no_items = e->code.by_items == NULL;
    return e->code.by_items;
}

// ---- keys as bytes ------------------------------------------------------------------------
static const uint8_t key_magic[4] = {'A', 'R', 'E', 1};
#define KEY_HEAD 12

// Options that a guest can set: whatever else the bytes say is ignored.
#define KEY_OPTIONS                                                                                \
    (PCRE2_ANCHORED | PCRE2_CASELESS | PCRE2_DOLLAR_ENDONLY | PCRE2_DOTALL | PCRE2_EXTENDED |      \
     PCRE2_FIRSTLINE | PCRE2_MULTILINE | PCRE2_NO_AUTO_CAPTURE | PCRE2_DUPNAMES | PCRE2_UNGREEDY | \
     PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_UTF | PCRE2_NO_START_OPTIMIZE)

Term re_key_binary(Process *p, const ReKey *key)
{
    uint8_t *to;
    Term bin = binary_new_empty(&p->heap, KEY_HEAD + key->len, &to);
    if (bin == TERM_NONE) return bif_no_memory(p);
    memset(to, 0, KEY_HEAD);
    memcpy(to, key_magic, sizeof key_magic);
    put_u32be(to + 4, key->compile);
    to[8] = (uint8_t)key->newline;
    to[9] = (uint8_t)key->bsr;
    paced_copy(to + KEY_HEAD, key->source, key->len);
    return bin;
}

bool re_key_parse(const uint8_t *bytes, size_t len, ReKey *key)
{
    if (len < KEY_HEAD || memcmp(bytes, key_magic, sizeof key_magic) != 0) return false;
    *key = (ReKey){get_u32be(bytes + 4) & KEY_OPTIONS, bytes[8], bytes[9], bytes + KEY_HEAD,
                   len - KEY_HEAD};
    return key->newline <= PCRE2_NEWLINE_NUL && key->bsr <= PCRE2_BSR_ANYCRLF;
}

// ---- subjects ----------------------------------------------------------------------------------
// A global search runs over the same subject again and again: the last large one
// that proved to be UTF-8 is held, so that it need not be proven each time.
#define REMEMBER_MIN 256

bool re_subject_is_utf8(Process *p, Term subject, const uint8_t *bytes, size_t len)
{
    ReCache *c = p->iso->tables[ISO_REGEX];
    if (c->utf8 != NULL && bytes >= c->utf8_at && bytes + len <= c->utf8_at + c->utf8_len &&
        (len == 0 || (*bytes & 0xC0) != 0x80) &&
        (bytes + len == c->utf8_at + c->utf8_len || (bytes[len] & 0xC0) != 0x80))
        return true;
    bif_charge(p, len / 256);
    if (utf8_valid_prefix(bytes, len) != len) return false;
    if (len < REMEMBER_MIN) return true;
    Term *t = boxed_ptr(subject);
    if (header_kind(*t) == BOX_SUB_BITS) t = boxed_ptr(((SubBits *)t)->orig);
    if (header_kind(*t) != BOX_REFC_BIN) return true;
    BinData *data = ((RefcBin *)t)->data;
    data->refs++;
    if (c->utf8 != NULL) bin_data_release(c->space, c->utf8);
    c->utf8 = data;
    c->utf8_at = bytes;
    c->utf8_len = len;
    return true;
}
