// SPDX-License-Identifier: Apache-2.0
// bif/os.c - the module os, and what the file layer knows about names.
//
// The environment is the sandbox's own. With CAP_ENV it begins as a copy of the
// process's, without it empty; what the guest puts never leaves the sandbox.
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fiber.h"
#include "base/vec.h"
#include "bif/args.h"
#include "proc/isolate.h"
#include "term/utf8.h"

extern char **environ;

// ---- the environment ----------------------------------------------------------------
// One variable, in the arena: name, '=', value.
typedef struct Variable {
    uint8_t *text;
    size_t name_len, len, size;
} Variable;

// Sorted by the bytes of the names.
typedef Vec(Variable) Environment;

// Where a name is or belongs.
static size_t slot_of(const Environment *e, const uint8_t *name, size_t n, bool *found)
{
    size_t low = 0, high = e->len;
    *found = false;
    while (low < high) {
        size_t mid = (low + high) / 2;
        const Variable *v = &e->items[mid];
        int c = memcmp(name, v->text, n < v->name_len ? n : v->name_len);
        if (c == 0 && n == v->name_len) {
            *found = true;
            return mid;
        }
        if (c < 0 || (c == 0 && n < v->name_len)) high = mid;
        else low = mid + 1;
    }
    return low;
}

// Sets name=value, of which text (len bytes) is the whole. False: refused.
static bool set_variable(Environment *e, const uint8_t *text, size_t name_len, size_t len)
{
    uint8_t *own = arena_alloc(e->arena, len);
    if (own == NULL) return false;
    memcpy(own, text, len);
    bool found;
    size_t i = slot_of(e, text, name_len, &found);
    if (!found) {
        if (vec_push(e, (Variable){0}) != ST_OK) {
            arena_free(e->arena, own, len);
            return false;
        }
        memmove(e->items + i + 1, e->items + i, (e->len - 1 - i) * sizeof *e->items);
    } else {
        arena_free(e->arena, e->items[i].text, e->items[i].size);
    }
    e->items[i] = (Variable){own, name_len, len, len};
    return true;
}

// The environment, made when it is asked for first. NULL: refused, exception set.
static Environment *environment(Process *p)
{
    Isolate *iso = p->iso;
    bool granted = bif_may(p);
    Environment *e = iso->tables[ISO_ENVIRONMENT];
    if (e != NULL) return e;
    e = bif_scratch(p, sizeof *e);
    if (e == NULL) return NULL;
    vec_init(e, &iso->space.arena);
    iso->tables[ISO_ENVIRONMENT] = e;
    if (!granted) return e;
    for (char **at = environ; at != NULL && *at != NULL; at++) {
        const char *equals = strchr(*at, '=');
        if (equals == NULL || equals == *at) continue;
        if (!set_variable(e, (const uint8_t *)*at, (size_t)(equals - *at), strlen(*at))) {
            (void)bif_no_memory(p);
            return NULL;
        }
    }
    return e;
}

// Appends a list of characters (no zero; no '=' where is_name) as UTF-8.
typedef enum TextResult { TEXT_OK, TEXT_BAD, TEXT_REFUSED } TextResult;

static TextResult append_chars(Buf *b, Term list, bool is_name)
{
    for (Pace work = PACE_START; is_cons(list); list = cons_tail(list), (void)pace(&work, 4)) {
        Term c = cons_head(list);
        if (!is_small(c) || small_value(c) <= 0 || !is_code_point((uint64_t)small_value(c)) ||
            (is_name && c == SMALL('=')))
            return TEXT_BAD;
        uint8_t utf8[4];
        if (buf_append(b, utf8, utf8_encode(utf8, (uint32_t)small_value(c))) != ST_OK)
            return TEXT_REFUSED;
    }
    return is_nil(list) ? TEXT_OK : TEXT_BAD;
}

static Term text_failed(Process *p, TextResult r)
{
    return r == TEXT_BAD ? bif_badarg(p) : bif_no_memory(p);
}

// Bytes as a list of code points; bytes that are no UTF-8 stand for themselves.
static Term chars_of(Process *p, const uint8_t *at, size_t n)
{
    Term *hp = bif_alloc(p, 2 * n);
    if (hp == NULL) return TERM_NONE;
    Term *start = hp, list = TERM_NIL;
    for (size_t end = n; end > 0;) {
        size_t from = end - 1;
        while (from > 0 && end - from < 4 && (at[from] & 0xC0) == 0x80) from--;
        uint32_t ch;
        if (utf8_get(at + from, end - from, &ch) != end - from) from = end - 1, ch = at[from];
        list = cons_at(&hp, make_small(ch), list);
        end = from;
    }
    heap_shrink(&p->heap, start, 2 * n, (size_t)(hp - start));
    return list;
}

Term bif_os_getenv_1(Process *p, Term *args)
{
    Environment *e = environment(p);
    if (e == NULL) return TERM_NONE;
    Buf name;
    buf_init_in(&name, e->arena);
    TextResult r = append_chars(&name, args[0], true);
    Term result;
    if (r != TEXT_OK) {
        result = text_failed(p, r);
    } else {
        bool found;
        size_t i = slot_of(e, name.data, name.len, &found);
        const Variable *v = found ? &e->items[i] : NULL;
        result =
            found ? chars_of(p, v->text + v->name_len + 1, v->len - v->name_len - 1) : AM_false;
    }
    buf_clear(&name);
    return result;
}

Term bif_os_env_0(Process *p, Term *args)
{
    Environment *e = environment(p);
    if (e == NULL) return TERM_NONE;
    Term list = TERM_NIL;
    for (size_t i = e->len; i-- > 0;) {
        const Variable *v = &e->items[i];
        bif_charge(p, v->len / 32 + 1);
        Term name = chars_of(p, v->text, v->name_len);
        Term value = name != TERM_NONE
                         ? chars_of(p, v->text + v->name_len + 1, v->len - v->name_len - 1)
                         : name;
        Term *hp = value != TERM_NONE ? bif_alloc(p, 5) : NULL;
        if (hp == NULL) return TERM_NONE;
        Term pair = tuple2_at(&hp, name, value);
        list = cons_at(&hp, pair, list);
    }
    return list;
}

Term bif_os_putenv_2(Process *p, Term *args)
{
    Environment *e = environment(p);
    if (e == NULL) return TERM_NONE;
    Buf text;
    buf_init_in(&text, e->arena);
    TextResult r = append_chars(&text, args[0], true);
    size_t name_len = text.len;
    if (r == TEXT_OK && buf_append_u8(&text, '=') != ST_OK) r = TEXT_REFUSED;
    if (r == TEXT_OK) r = append_chars(&text, args[1], false);
    if (r == TEXT_OK && !set_variable(e, text.data, name_len, text.len)) r = TEXT_REFUSED;
    bif_charge(p, text.len / 32);
    buf_clear(&text);
    return r == TEXT_OK ? AM_true : text_failed(p, r);
}

Term bif_os_unsetenv_1(Process *p, Term *args)
{
    Environment *e = environment(p);
    if (e == NULL) return TERM_NONE;
    Buf name;
    buf_init_in(&name, e->arena);
    TextResult r = append_chars(&name, args[0], true);
    if (r == TEXT_OK) {
        bool found;
        size_t i = slot_of(e, name.data, name.len, &found);
        if (found) {
            arena_free(e->arena, e->items[i].text, e->items[i].size);
            memmove(e->items + i, e->items + i + 1, (e->len - 1 - i) * sizeof *e->items);
            e->len--;
        }
    }
    buf_clear(&name);
    return r == TEXT_OK ? AM_true : text_failed(p, r);
}

// ---- the process, clocks, signals ---------------------------------------------------------
Term bif_os_getpid_0(Process *p, Term *args)
{
    char text[24];
    int n = snprintf(text, sizeof text, "%llu", bif_may(p) ? (unsigned long long)getpid() : 0);
    return bif_make_byte_list(p, (const uint8_t *)text, (size_t)n, TERM_NIL);
}

Term bif_os_perf_counter_0(Process *p, Term *args)
{
    return bif_make_uint64(p, isolate_monotonic_ns(p->iso));
}

Term bif_os_system_time_0(Process *p, Term *args) { return bif_erlang_system_time_0(p, args); }

Term bif_os_system_time_1(Process *p, Term *args) { return bif_erlang_system_time_1(p, args); }

Term bif_os_timestamp_0(Process *p, Term *args) { return bif_erlang_timestamp_0(p, args); }

// No signal of the operating system reaches a sandbox, so how it would be taken
// makes no difference: the arguments are checked, that is all.
Term bif_os_set_signal_2(Process *p, Term *args)
{
    switch (args[0]) {
    case AM_sighup:
    case AM_sigquit:
    case AM_sigabrt:
    case AM_sigalrm:
    case AM_sigterm:
    case AM_sigusr1:
    case AM_sigusr2:
    case AM_sigchld:
    case AM_sigstop:
    case AM_sigtstp: break;
    default: return bif_badarg(p);
    }
    if (args[1] == AM_default || args[1] == AM_ignore || args[1] == AM_handle) return AM_ok;
    return bif_error_cause(p, AM_badarg, AM_badopt);
}

// ---- names of files --------------------------------------------------------------------------
Term bif_file_native_name_encoding_0(Process *p, Term *args) { return AM_utf8; }

Term bif_io_printable_range_0(Process *p, Term *args) { return AM_latin1; }

Term bif_error_logger_warning_map_0(Process *p, Term *args) { return AM_warning; }

// Characters of a (nested) list as UTF-8 into b.
static TextResult append_name(Process *p, Buf *b, Term list)
{
    // Tails to come back to, as a list of lists on the heap of the process.
    Term later = TERM_NIL;
    for (Pace work = PACE_START;; (void)pace(&work, 4)) {
        if (is_nil(list)) {
            if (is_nil(later)) return TEXT_OK;
            list = cons_head(later);
            later = cons_tail(later);
            continue;
        }
        if (!is_cons(list)) return TEXT_BAD;
        Term head = cons_head(list);
        list = cons_tail(list);
        if (is_cons(head) || is_nil(head)) {
            Term *hp = bif_alloc(p, 2);
            if (hp == NULL) return TEXT_REFUSED;
            later = cons_at(&hp, list, later);
            list = head;
            continue;
        }
        if (!is_small(head) || small_value(head) <= 0 ||
            !is_code_point((uint64_t)small_value(head)))
            return TEXT_BAD;
        uint8_t utf8[4];
        if (buf_append(b, utf8, utf8_encode(utf8, (uint32_t)small_value(head))) != ST_OK)
            return TEXT_REFUSED;
    }
}

// Odd bits do not count.
static TextResult append_raw_name(Buf *b, Term bin)
{
    Bits bits = bits_of(bin);
    size_t n = bits.size / 8;
    if (buf_reserve(b, n + 1) != ST_OK) return TEXT_REFUSED;
    bits_copy(b->data + b->len, 0, bits.byte, bits.bit, (uint64_t)n * 8);
    b->len += n;
    return TEXT_OK;
}

bool file_name_append(Process *p, Buf *b, Term name)
{
    size_t before = b->len;
    TextResult r = is_bitstring(name) ? append_raw_name(b, name) : append_name(p, b, name);
    bif_charge(p, (b->len - before) / 32);
    if (r != TEXT_OK) (void)text_failed(p, r);
    return r == TEXT_OK;
}

// A name as the operating system wants it: with a zero at the end, and none before.
Term bif_prim_file_internal_name2native_1(Process *p, Term *args)
{
    cleanup_with(buf_clear) Buf b;
    buf_init_in(&b, &p->heap.space->arena);
    if (!file_name_append(p, &b, args[0])) return TERM_NONE;
    if (b.len > 0 && memchr(b.data, 0, b.len) != NULL) return bif_badarg(p);
    if (buf_append_u8(&b, 0) != ST_OK) return bif_no_memory(p);
    return bif_make_binary(p, b.data, b.len);
}

// The list of code points of a UTF-8 binary; TERM_NIL with *valid false: it is
// none. TERM_NONE: refused, exception set.
static Term decoded_name(Process *p, Term bin, bool *valid)
{
    size_t n, size, chars;
    void *scratch;
    const uint8_t *at = binary_flat_bytes(p->heap.space, bin, &n, &scratch, &size);
    if (at == NULL) return bif_no_memory(p);
    bif_charge(p, n / 32);
    *valid = utf8_count(at, n, &chars);
    Term result = *valid ? chars_of(p, at, n) : TERM_NIL;
    if (scratch != NULL) arena_free(&p->heap.space->arena, scratch, size);
    return result;
}

Term bif_prim_file_internal_native2name_1(Process *p, Term *args)
{
    bool valid = false;
    if (!is_binary(args[0])) return bif_badarg(p);
    Term name = decoded_name(p, args[0], &valid);
    if (name == TERM_NONE || valid) return name;
    Term *hp = bif_alloc(p, 3);
    return hp != NULL ? tuple2_at(&hp, AM_error, AM_warning) : TERM_NONE;
}

Term bif_prim_file_internal_normalize_utf8_1(Process *p, Term *args)
{
    bool valid = false;
    if (!is_binary(args[0])) return bif_badarg(p);
    Term name = decoded_name(p, args[0], &valid);
    return name == TERM_NONE || valid ? name : bif_badarg(p);
}

Term bif_prim_file_is_translatable_1(Process *p, Term *args)
{
    bool valid = false;
    if (!is_binary(args[0])) return bif_badarg(p);
    Term name = decoded_name(p, args[0], &valid);
    return name == TERM_NONE ? TERM_NONE : make_bool(valid);
}
