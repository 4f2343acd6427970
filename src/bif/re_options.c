// SPDX-License-Identifier: Apache-2.0
// bif/re_options.c - options of re:compile and re:run.
#include "bif/re.h"

typedef struct Flag {
    Term name;
    uint32_t compile, match;
    unsigned flags;
} Flag;

static const Flag flags[] = {
    {AM_anchored, PCRE2_ANCHORED, PCRE2_ANCHORED, 0},
    {AM_caseless, PCRE2_CASELESS, 0, RE_COMPILE_ONLY},
    {AM_dollar_endonly, PCRE2_DOLLAR_ENDONLY, 0, RE_COMPILE_ONLY},
    {AM_dotall, PCRE2_DOTALL, 0, RE_COMPILE_ONLY},
    {AM_extended, PCRE2_EXTENDED, 0, RE_COMPILE_ONLY},
    {AM_firstline, PCRE2_FIRSTLINE, 0, RE_COMPILE_ONLY},
    {AM_multiline, PCRE2_MULTILINE, 0, RE_COMPILE_ONLY},
    {AM_no_auto_capture, PCRE2_NO_AUTO_CAPTURE, 0, RE_COMPILE_ONLY},
    {AM_dupnames, PCRE2_DUPNAMES, 0, RE_COMPILE_ONLY},
    {AM_ungreedy, PCRE2_UNGREEDY, 0, RE_COMPILE_ONLY},
    {AM_unicode, PCRE2_UTF, 0, RE_COMPILE_ONLY | RE_UNICODE},
    {AM_ucp, PCRE2_UCP, 0, RE_COMPILE_ONLY},
    {AM_never_utf, PCRE2_NEVER_UTF, 0, RE_COMPILE_ONLY},
    {AM_no_start_optimize, PCRE2_NO_START_OPTIMIZE, 0, RE_COMPILE_ONLY},
    {AM_notempty, 0, PCRE2_NOTEMPTY, RE_RUN_ONLY},
    {AM_notempty_atstart, 0, PCRE2_NOTEMPTY_ATSTART, RE_RUN_ONLY},
    {AM_notbol, 0, PCRE2_NOTBOL, RE_RUN_ONLY},
    {AM_noteol, 0, PCRE2_NOTEOL, RE_RUN_ONLY},
    {AM_global, 0, 0, RE_RUN_ONLY | RE_GLOBAL},
    {AM_report_errors, 0, 0, RE_RUN_ONLY | RE_REPORT_ERRORS},
};

static bool parse_flag(Term name, ReOptions *o)
{
    if (name == AM_bsr_anycrlf) return o->bsr = PCRE2_BSR_ANYCRLF, true;
    if (name == AM_bsr_unicode) return o->bsr = PCRE2_BSR_UNICODE, true;
    for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
        if (flags[i].name != name) continue;
        o->compile |= flags[i].compile;
        o->match |= flags[i].match;
        o->flags |= flags[i].flags;
        return true;
    }
    return false;
}

static bool parse_newline(Term kind, ReOptions *o)
{
    switch (kind) {
    case AM_cr: o->newline = PCRE2_NEWLINE_CR; return true;
    case AM_lf: o->newline = PCRE2_NEWLINE_LF; return true;
    case AM_crlf: o->newline = PCRE2_NEWLINE_CRLF; return true;
    case AM_any: o->newline = PCRE2_NEWLINE_ANY; return true;
    case AM_anycrlf: o->newline = PCRE2_NEWLINE_ANYCRLF; return true;
    default: return false;
    }
}

static bool int_arg(Term t, uint32_t *out)
{
    if (!is_small(t) || small_value(t) < 0 || small_value(t) > INT32_MAX) return false;
    *out = (uint32_t)small_value(t);
    return true;
}

// A limit of 0 is one: PCRE2 has no 0, so it becomes 1.
static bool limit_arg(Term t, uint32_t *out)
{
    if (!int_arg(t, out)) return false;
    if (*out == 0) *out = 1;
    return true;
}

static bool parse_pair(Term name, Term value, ReOptions *o)
{
    uint32_t n;
    if (name == AM_newline) return parse_newline(value, o);
    o->flags |= RE_RUN_ONLY;
    switch (name) {
    case AM_capture:
        o->capture = value;
        o->type = AM_index;
        return true;
    case AM_offset:
        if (!int_arg(value, &n)) return false;
        o->offset = n;
        return true;
    case AM_match_limit: return limit_arg(value, &o->match_limit);
    case AM_match_limit_recursion: return limit_arg(value, &o->depth_limit);
    default: return false;
    }
}

bool re_parse_options(Term list, ReOptions *o)
{
    *o = (ReOptions){.capture = TERM_NONE, .type = TERM_NONE};
    for (Pace rate = PACE_START; is_cons(list); list = list_next(list, &rate)) {
        Term item = cons_head(list);
        bool good;
        if (is_tuple_arity(item, 3)) {
            Term *e = tuple_elements(item);
            good = e[0] == AM_capture;
            o->capture = e[1];
            o->type = e[2];
            o->flags |= RE_RUN_ONLY;
        } else if (is_tuple_arity(item, 2)) {
            good = parse_pair(tuple_elements(item)[0], tuple_elements(item)[1], o);
        } else {
            good = parse_flag(item, o);
        }
        if (!good) return false;
    }
    return is_nil(list);
}
