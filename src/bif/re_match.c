// SPDX-License-Identifier: Apache-2.0
// bif/re_match.c - running a compiled regular expression.
//
// PCRE2 counts the steps of one start of the pattern against a limit, but there
// are as many starts as the subject has bytes. So a search is made window by window: up to
// WINDOW starts with a small limit of steps each. Where that limit is met, the starts of the
// window are tried one by one with the real one. Between two calls the slice is looked at.
//
// A start that is not over after QUIET_STEPS is made again with the pattern compiled so that
// PCRE2 calls back at each of its items: there the work can be put aside. The repetition of a
// class is one item, however far it reaches, so windows are made shorter where they take long: a
// start that reads all of a subject of many megabytes is what holds the thread longest.
#include "base/clock.h"
#include "base/fiber.h"
#include "bif/re.h"

#include "heap/bits.h"
#include "proc/isolate.h"

#define WINDOW             1024
#define WINDOW_STEPS       500
#define WINDOW_NS          (500 * NS_PER_US)
#define QUIET_STEPS        20000
#define BYTES_PER_NS       2  // that a start may read
#define SCAN_PER_REDUCTION 512
#define FAR_PER_NS         8  // of a subject, for a window that begins with a long search
#define NS_PER_REDUCTION   100

// In KiB, what PCRE2 may take to remember how to go back: it copies that when it grows, and both
// copies are to fit.
static uint32_t heap_limit(const Process *p)
{
    const Limit *memory = &p->iso->limits.of[LIMIT_MEMORY];
    if (memory->allowed == 0) return UINT32_MAX;
    uint64_t left = memory->allowed > memory->used ? memory->allowed - memory->used : 0;
    return left / 2048 < UINT32_MAX ? (uint32_t)(left / 2048) : UINT32_MAX;
}

bool re_run_open(ReRun *r)
{
    pcre2_general_context *memory = re_memory(r->p);
    r->data = pcre2_match_data_create_from_pattern(r->code->code, memory);
    r->context = pcre2_match_context_create(memory);
    if (r->data == NULL || r->context == NULL) {
        (void)bif_no_memory(r->p);
        return false;
    }
    pcre2_set_heap_limit(r->context, heap_limit(r->p));
    if (r->options->depth_limit != 0) pcre2_set_depth_limit(r->context, r->options->depth_limit);
    return true;
}

void re_run_close(ReRun *r)
{
    if (r->data != NULL) pcre2_match_data_free(r->data);
    if (r->context != NULL) pcre2_match_context_free(r->context);
}

static int run_code(ReRun *r, const pcre2_code *code, uint32_t steps, size_t last_start)
{
    uint32_t options = r->options->match | PCRE2_NO_UTF_CHECK;
    // "At the start" is where the whole search began.
    if (r->at.from != r->options->offset) options &= ~PCRE2_NOTEMPTY_ATSTART;
    pcre2_set_match_limit(r->context, steps);
    pcre2_set_offset_limit(r->context, last_start);
    return pcre2_match(code, r->subject, r->len, r->at.from, options, r->data, r->context);
}

static int run_quietly(ReRun *r, uint32_t steps, size_t last_start)
{
    // The thread's own clock would be truer where others have the processor meanwhile, but asking
    // it takes longer than most matches do.
    int64_t began = clock_monotonic_ns();
    int rc = run_code(r, r->code->code, steps, last_start);
    r->took = clock_monotonic_ns() - began;
    bif_charge(r->p, (uint64_t)r->took / NS_PER_REDUCTION);
    return rc;
}

// ---- starts of many steps ----------------------------------------------------------------
#define UNITS_PER_ITEM      32  // of Pace
#define UNITS_PER_REDUCTION 128
#define BYTES_PER_UNIT      4

typedef struct Items {
    Pace pace;
    size_t at;  // in the subject, of the last item
    uint64_t units;  // since the beginning
} Items;

static int on_item(pcre2_callout_block *item, void *arg)
{
    Items *items = arg;
    size_t at = item->current_position;
    size_t moved = at > items->at ? at - items->at : items->at - at;
    size_t units = UNITS_PER_ITEM + moved / BYTES_PER_UNIT;
    items->at = at;
    items->units += units;
    return pace(&items->pace, units) ? 0 : PCRE2_ERROR_CALLOUT;
}

static int run_by_items(ReRun *r, const pcre2_code *code, uint32_t steps, size_t last_start)
{
    Items items = {.pace = PACE_START, .at = r->at.from};
    (void)pcre2_set_callout(r->context, on_item, &items);
    int rc = run_code(r, code, steps, last_start);
    (void)pcre2_set_callout(r->context, NULL, NULL);
    bif_charge(r->p, items.units / UNITS_PER_REDUCTION);
    return rc;
}

static int match(ReRun *r, uint32_t steps, size_t last_start)
{
    int rc = run_quietly(r, steps < QUIET_STEPS ? steps : QUIET_STEPS, last_start);
    if (rc != PCRE2_ERROR_MATCHLIMIT || steps <= QUIET_STEPS) return rc;
    const pcre2_code *code = re_code_by_items(r->p, r->code);
    return code != NULL ? run_by_items(r, code, steps, last_start)
                        : run_quietly(r, steps, last_start);
}

// Moves to the first start at or behind `to`.
static void move_to(ReRun *r, size_t to)
{
    const uint8_t *s = r->subject;
    if (r->code->utf)
        while (to < r->len && (s[to] & 0xC0) == 0x80) to++;
    if (r->code->crlf && to > 0 && to < r->len && s[to - 1] == '\r' && s[to] == '\n') {
        uint32_t explicit = 0;
        pcre2_pattern_info(r->code->code, PCRE2_INFO_HASCRORLF, &explicit);
        if (!explicit) to++;
    }
    r->at.from = to;
}

// PCRE2 looks for a byte that can begin a match up to the end of the subject,
// whatever the window. So that this is done once and not for each window, starts
// without such a byte are skipped here. Each function gives the next start at or
// behind `at`, or the length of the subject.
static size_t skip_to_unit(const ReRun *r, size_t at, uint32_t unit)
{
    // Whether case counts is not told, so both cases are looked for, piece by piece.
    bool letter = (unit | 32) >= 'a' && (unit | 32) <= 'z';
    for (; at < r->len; at += WINDOW * 64) {
        size_t n = r->len - at < WINDOW * 64 ? r->len - at : WINDOW * 64;
        const uint8_t *a = memchr(r->subject + at, (int)unit, n);
        if (a != NULL) n = (size_t)(a - r->subject) - at;
        const uint8_t *b = letter ? memchr(r->subject + at, (int)(unit ^ 32), n) : NULL;
        if (b != NULL) a = b;
        if (a != NULL) return (size_t)(a - r->subject);
        (void)pause_point();
    }
    return r->len;
}

static size_t skip_to_bitmap(const ReRun *r, size_t at, const uint8_t *bitmap)
{
    Pace work = PACE_START;
    while (at < r->len && (bitmap[r->subject[at] / 8] & 1 << r->subject[at] % 8) == 0) {
        at++;
        (void)pace(&work, 1);
    }
    return at;
}

// A start behind the last byte of whatever may end a line.
static size_t skip_to_line(const ReRun *r, size_t at)
{
    for (Pace work = PACE_START; at < r->len; at++, (void)pace(&work, 1)) {
        uint8_t before = at > 0 ? r->subject[at - 1] : '\n';
        if (before <= '\r' || before == 0x85 || before == 0xA8 || before == 0xA9) break;
    }
    return at;
}

// Moves to the next start that can match. False: no start is left.
static bool skip_ahead(ReRun *r)
{
    uint32_t known = 0, unit = 0;
    const uint8_t *bitmap = NULL;
    pcre2_pattern_info(r->code->code, PCRE2_INFO_FIRSTCODETYPE, &known);
    pcre2_pattern_info(r->code->code, PCRE2_INFO_FIRSTCODEUNIT, &unit);
    pcre2_pattern_info(r->code->code, PCRE2_INFO_FIRSTBITMAP, &bitmap);
    size_t at = r->at.from;
    if (known == 1 && unit < 128) at = skip_to_unit(r, at, unit);
    else if (known == 2) at = skip_to_line(r, at);
    else if (known == 0 && bitmap != NULL) at = skip_to_bitmap(r, at, bitmap);
    else return true;
    bif_charge(r->p, (at - r->at.from) / SCAN_PER_REDUCTION);
    r->at.from = at;
    return at < r->len || known == 2;
}

// A byte that every match has behind its first one. PCRE2 looks for it from the first start of
// each window, however far away it is. False: there is none at or behind r->at.from.
static bool find_required(ReRun *r)
{
    uint32_t known = 0, unit = 0;
    if (r->at.from < r->at.required) return true;
    pcre2_pattern_info(r->code->code, PCRE2_INFO_LASTCODETYPE, &known);
    pcre2_pattern_info(r->code->code, PCRE2_INFO_LASTCODEUNIT, &unit);
    r->at.required = r->at.from + 1;
    if (known != 1) return true;
    size_t at = skip_to_unit(r, r->at.from, unit);
    bif_charge(r->p, (at - r->at.from) / SCAN_PER_REDUCTION);
    r->at.required = at;
    return at < r->len || unit >= 128;  // beyond ASCII the other case may be another byte
}

// How many starts are tried next: few where each may read much, then what the last ones took.
// Where each window begins with a long search it is to be worth that.
static void fit_window(ReRun *r)
{
    uint64_t window = r->at.window, took = (uint64_t)r->took, time = WINDOW_NS;
    if (r->at.required > r->at.from) time += (r->at.required - r->at.from) / FAR_PER_NS;
    if (window == 0) window = (uint64_t)WINDOW_NS * BYTES_PER_NS / (r->len - r->at.from + 1);
    else if (took > 2 * time) window = window * time / took;
    else if (took != 0 && took < time) window *= 2;  // 0: the first one of a slice
    r->at.window = window < 1 ? 1 : window > WINDOW ? WINDOW : window;
}

// Of one start: what is asked for, but no more than the sandbox may have.
static uint32_t step_limit(const ReRun *r)
{
    uint64_t allowed = limit_bound(&r->p->iso->limits, LIMIT_REGEX_STEPS);
    uint32_t asked = r->options->match_limit,
             most = (uint32_t)(allowed < UINT32_MAX ? allowed : UINT32_MAX);
    return asked != 0 && asked < most ? asked : most;
}

// A search ended at the sandbox's limit and not at the guest's own.
static int end_of_match(const ReRun *r, int rc)
{
    uint32_t asked = r->options->match_limit, most = step_limit(r);
    if (rc == PCRE2_ERROR_MATCHLIMIT && (asked == 0 || asked > most))
        limit_refuse(&r->p->iso->limits, LIMIT_REGEX_STEPS);
    return rc;
}

int re_run_match(ReRun *r)
{
    if (!r->code->windows || (r->options->match & PCRE2_ANCHORED))
        return end_of_match(r, match(r, step_limit(r), PCRE2_UNSET));
    for (;;) {
        bool window = r->at.singles == 0 && step_limit(r) > WINDOW_STEPS;
        if (!find_required(r)) return PCRE2_ERROR_NOMATCH;
        if (window) fit_window(r);
        size_t last = window ? r->at.from + r->at.window - 1 : r->at.from;
        int rc = match(r, window ? WINDOW_STEPS : step_limit(r), last);
        if (window && rc == PCRE2_ERROR_MATCHLIMIT) {
            r->at.singles = r->at.window;
        } else {
            if (rc != PCRE2_ERROR_NOMATCH) return end_of_match(r, rc);
            if (last >= r->len) return PCRE2_ERROR_NOMATCH;
            if (!window && r->at.singles > 0) r->at.singles--;
            move_to(r, last + 1);
            if (window && !skip_ahead(r)) return PCRE2_ERROR_NOMATCH;
        }
        if (bif_budget(r->p) <= 0) return RE_PAUSE;
    }
}

// ---- results ------------------------------------------------------------------------
// Group `number` as the guest wants it.
static Term group_term(ReRun *r, Term subject, const PCRE2_SIZE *ovector, int rc, uint64_t number)
{
    bool set = number < (uint64_t)rc && ovector[2 * number] != PCRE2_UNSET;
    size_t start = set ? ovector[2 * number] : 0, end = set ? ovector[2 * number + 1] : 0;
    Process *p = r->p;
    if (r->options->type == AM_index || r->options->type == TERM_NONE) {
        Term *hp = bif_alloc(p, 3);
        if (hp == NULL) return TERM_NONE;
        if (!set) return tuple2_at(&hp, SMALL(-1), SMALL(0));
        return tuple2_at(&hp, make_small((int64_t)start),
                         make_small((int64_t)end - (int64_t)start));
    }
    size_t n = end > start ? end - start : 0;  // \K can put the start behind the end
    bif_charge(p, n / 64);
    if (r->options->type == AM_binary) {
        Term part = binary_part(&p->heap, subject, (uint64_t)start * 8, (uint64_t)n * 8);
        return part != TERM_NONE ? part : bif_no_memory(p);
    }
    if (!r->code->utf) return bif_make_byte_list(p, r->subject + start, n, TERM_NIL);
    Term *hp = bif_alloc(p, 2 * n), *first = hp, list = TERM_NIL, *link = &list;
    if (hp == NULL) return TERM_NONE;
    for (size_t i = start; i < end;) {
        uint32_t ch = 0;
        unsigned bits = bits_get_utf8(r->subject + i, 0, (uint64_t)(end - i) * 8, &ch);
        i += bits != 0 ? bits / 8 : 1;
        hp[0] = make_small(ch), hp[1] = TERM_NIL;
        *link = make_cons(hp);
        link = hp + 1;
        hp += 2;
    }
    heap_shrink(&p->heap, first, 2 * n, (size_t)(hp - first));
    return list;
}

// The names of the groups: entry i of the table, which is sorted by name.
typedef struct Names {
    uint32_t count, size;
    PCRE2_SPTR table;
} Names;

static Names names_of(const ReRun *r)
{
    Names n = {0};
    pcre2_pattern_info(r->code->code, PCRE2_INFO_NAMECOUNT, &n.count);
    pcre2_pattern_info(r->code->code, PCRE2_INFO_NAMEENTRYSIZE, &n.size);
    pcre2_pattern_info(r->code->code, PCRE2_INFO_NAMETABLE, &n.table);
    return n;
}

static const char *name_at(const Names *n, uint32_t i)
{
    return (const char *)n->table + (size_t)i * n->size + 2;
}

static uint64_t number_at(const Names *n, uint32_t i)
{
    const uint8_t *at = n->table + (size_t)i * n->size;
    return (uint64_t)at[0] << 8 | at[1];
}

// Of the groups of one name, entries [i, end), the first that is set.
static uint64_t set_group(const Names *n, uint32_t i, uint32_t end, const PCRE2_SIZE *ovector,
                          int rc)
{
    for (uint32_t k = i; k < end; k++)
        if (number_at(n, k) < (uint64_t)rc && ovector[2 * number_at(n, k)] != PCRE2_UNSET)
            return number_at(n, k);
    return i < end ? number_at(n, i) : UINT64_MAX;
}

static uint32_t same_name_end(const Names *n, uint32_t i)
{
    uint32_t end = i + 1;
    while (end < n->count && strcmp(name_at(n, i), name_at(n, end)) == 0) end++;
    return end;
}

#define NAME_MAX_LEN 128

// The text of a name given as atom, list or binary. False: it is none.
static bool name_text(Term t, char out[NAME_MAX_LEN + 1])
{
    size_t len = 0;
    if (is_atom(t)) {
        AtomText a = atom_text(t);
        len = a.len < NAME_MAX_LEN ? a.len : NAME_MAX_LEN;
        memcpy(out, a.bytes, len);
    } else if (is_binary(t)) {
        Bits b = bits_of(t);
        len = b.size / 8 < NAME_MAX_LEN ? b.size / 8 : NAME_MAX_LEN;
        bits_copy((uint8_t *)out, 0, b.byte, b.bit, (uint64_t)len * 8);
    } else {
        for (Pace rate = PACE_START; is_cons(t); t = list_next(t, &rate)) {
            Term c = cons_head(t);
            if (!is_small(c) || (uint64_t)small_value(c) > 255) return false;
            if (len < NAME_MAX_LEN) out[len++] = (char)small_value(c);
        }
        if (!is_nil(t)) return false;
    }
    out[len] = 0;
    return true;
}

static bool is_group_spec(Term t)
{
    char text[NAME_MAX_LEN + 1];
    if (is_small(t)) return small_value(t) >= 0;
    return name_text(t, text);
}

bool re_capture_is_valid(const ReOptions *o)
{
    if (o->capture == TERM_NONE) return true;
    if (o->type != AM_index && o->type != AM_list && o->type != AM_binary) return false;
    Term t = o->capture;
    switch (t) {
    case AM_all:
    case AM_all_but_first:
    case AM_all_names:
    case AM_first:
    case AM_none: return true;
    default: break;
    }
    for (Pace rate = PACE_START; is_cons(t) && is_group_spec(cons_head(t));)
        t = list_next(t, &rate);
    return is_nil(t);
}

// The group that an element of a capture list means; UINT64_MAX: none.
static uint64_t wanted_group(const Names *n, Term spec, const PCRE2_SIZE *ovector, int rc)
{
    if (is_small(spec)) return (uint64_t)small_value(spec);
    char text[NAME_MAX_LEN + 1];
    if (!name_text(spec, text)) return UINT64_MAX;
    for (uint32_t i = 0; i < n->count; i++)
        if (strcmp(name_at(n, i), text) == 0)
            return set_group(n, i, same_name_end(n, i), ovector, rc);
    return UINT64_MAX;
}

// Puts a group behind *link. False: refused, exception set.
static bool add_group(ReRun *r, Term subject, const PCRE2_SIZE *ovector, int rc, uint64_t number,
                      Term **link)
{
    Term t = group_term(r, subject, ovector, rc, number);
    Term *hp = t != TERM_NONE ? bif_alloc(r->p, 2) : NULL;
    if (hp == NULL) return false;
    hp[0] = t, hp[1] = TERM_NIL;
    **link = make_cons(hp);
    *link = hp + 1;
    return true;
}

Term re_captured(ReRun *r, Term subject, int rc)
{
    const PCRE2_SIZE *ovector = pcre2_get_ovector_pointer(r->data);
    Term what = r->options->capture == TERM_NONE ? AM_all : r->options->capture;
    Names names = names_of(r);
    Term list = TERM_NIL, *link = &list;
    bool ok = true;
    bif_charge(r->p, (uint64_t)rc / 4 + 1);
    if (what == AM_none || is_nil(what) || (what == AM_all_names && names.count == 0))
        return AM_match;
    if (what == AM_all_names) {
        for (uint32_t i = 0, end; ok && i < names.count; i = end) {
            end = same_name_end(&names, i);
            ok = add_group(r, subject, ovector, rc, set_group(&names, i, end, ovector, rc), &link);
        }
    } else if (is_cons(what)) {
        for (; ok && is_cons(what); what = cons_tail(what))
            ok = add_group(r, subject, ovector, rc,
                           wanted_group(&names, cons_head(what), ovector, rc), &link);
    } else {
        uint64_t first = what == AM_all_but_first, end = what == AM_first ? 1 : (uint64_t)rc;
        for (uint64_t i = first; ok && i < end; i++)
            ok = add_group(r, subject, ovector, rc, i, &link);
    }
    Term *hp = ok ? bif_alloc(r->p, 3) : NULL;
    return hp != NULL ? tuple2_at(&hp, AM_match, list) : TERM_NONE;
}
