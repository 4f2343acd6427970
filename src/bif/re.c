// SPDX-License-Identifier: Apache-2.0
// bif/re.c - the builtins of the module re.
#include "bif/re.h"

#include "bif/args.h"
#include "bif/iodata.h"

// ---- patterns as terms ------------------------------------------------------------
static Term pattern_term(Process *p, const ReKey *key, const ReCode *code)
{
    Term bin = re_key_binary(p, key);
    Term *hp = bin != TERM_NONE ? bif_alloc(p, 6) : NULL;
    if (hp == NULL) return TERM_NONE;
    hp[0] = TUPLE_HEADER(5);
    hp[1] = AM_re_pattern;
    hp[2] = make_small(code->groups);
    hp[3] = make_small(code->utf);
    hp[4] = make_small(code->crlf);
    hp[5] = bin;
    return make_boxed(hp);
}

// Is t {re_pattern, …}? Its bytes are put into *bytes, to be freed.
static bool is_pattern(Term t)
{
    if (!is_tuple_arity(t, 5)) return false;
    Term *e = tuple_elements(t);
    return e[0] == AM_re_pattern && is_small(e[1]) && is_small(e[2]) && is_small(e[3]) &&
           is_binary(e[4]);
}

// {Text, Offset}.
static Term error_term(Process *p, const ReError *e)
{
    Term text = bif_make_byte_list(p, (const uint8_t *)e->text, strlen(e->text), TERM_NIL);
    Term *hp = text != TERM_NONE ? bif_alloc(p, 3) : NULL;
    return hp != NULL ? tuple2_at(&hp, text, make_small((int64_t)e->offset)) : TERM_NONE;
}

static Term tagged(Process *p, Term tag, Term value)
{
    Term *hp = value != TERM_NONE ? bif_alloc(p, 3) : NULL;
    return hp != NULL ? tuple2_at(&hp, tag, value) : TERM_NONE;
}

static ReKey key_of(const ReOptions *o, const IoBytes *source)
{
    return (ReKey){o->compile, o->newline, o->bsr, source->at,
                   strnlen((const char *)source->at, source->len)};
}

// re:urun/3 and ucompile/2 make text of lists; a list that is captured from text is made there too.
static bool needs_urun(const ReOptions *o, Term subject)
{
    return !is_bitstring(subject) || (o->type == AM_list && !(o->flags & RE_GLOBAL));
}

static bool is_aligned_binary(Term t) { return is_binary(t) && bits_of(t).bit == 0; }

// ---- compile ------------------------------------------------------------------------
static Term compile(Process *p, Term source, Term options)
{
    ReOptions o;
    if (!re_parse_options(options, &o) || (o.flags & RE_RUN_ONLY))
        return bif_error_cause(p, AM_badarg, AM_badopt);
    if ((o.flags & RE_UNICODE) && !is_bitstring(source))
        return bif_tail_call(p, AM_re, AM_ucompile, 2, source, options);
    IoBytes bytes;
    IoResult r = iodata_bytes(p, source, &bytes);
    if (r != IOBYTES_OK) return r == IOBYTES_BAD ? bif_badarg(p) : TERM_NONE;
    ReKey key = key_of(&o, &bytes);
    ReError error;
    const ReCode *code = re_code(p, &key, &error);
    Term result;
    if (code != NULL) result = tagged(p, AM_ok, pattern_term(p, &key, code));
    else result = error.refused ? TERM_NONE : tagged(p, AM_error, error_term(p, &error));
    iodata_bytes_free(p, &bytes);
    return result;
}

Term bif_re_compile_1(Process *p, Term *args) { return compile(p, args[0], TERM_NIL); }

Term bif_re_compile_2(Process *p, Term *args) { return compile(p, args[0], args[1]); }

Term bif_re_version_0(Process *p, Term *args)
{
    char text[64];
    int n = pcre2_config(PCRE2_CONFIG_VERSION, NULL);
    if (n <= 0 || (size_t)n > sizeof text) return bif_make_binary(p, "", 0);
    n = pcre2_config(PCRE2_CONFIG_VERSION, text);
    return bif_make_binary(p, text, (size_t)n - 1);
}

// ---- run ------------------------------------------------------------------------------
// What one run is about; bytes are freed by run_free.
typedef struct Run {
    Process *p;
    ReOptions options;
    Term subject_term, pattern, options_term;
    bool compiled;  // pattern is a {re_pattern, …}
    IoBytes source, subject;
    ReKey key;
    Term binary;  // the subject as an aligned binary
} Run;

static void run_free(Run *r)
{
    iodata_bytes_free(r->p, &r->source);
    iodata_bytes_free(r->p, &r->subject);
}

typedef enum Prepared { PREPARED, PREPARED_BAD, PREPARED_DONE } Prepared;

// Finds r->key. PREPARED_DONE: *result is what to return.
static Prepared prepare_pattern(Run *r, Term *result)
{
    ReOptions *o = &r->options;
    r->compiled = is_pattern(r->pattern);
    if (r->compiled) {
        if (o->flags & RE_COMPILE_ONLY) return PREPARED_BAD;
        Term bin = tuple_elements(r->pattern)[4];
        if (iodata_bytes(r->p, bin, &r->source) != IOBYTES_OK)
            return *result = TERM_NONE, PREPARED_DONE;
        if (!re_key_parse(r->source.at, r->source.len, &r->key)) return PREPARED_BAD;
        if (o->newline != 0) r->key.newline = o->newline;
        if (o->bsr != 0) r->key.bsr = o->bsr;
        return PREPARED;
    }
    IoResult io = iodata_bytes(r->p, r->pattern, &r->source);
    if (io == IOBYTES_BAD) return PREPARED_BAD;
    if (io == IOBYTES_REFUSED) return *result = TERM_NONE, PREPARED_DONE;
    r->key = key_of(o, &r->source);
    return PREPARED;
}

// The subject as bytes and as a binary that they are of.
static Prepared prepare_subject(Run *r, Term *result)
{
    r->binary = r->subject_term;
    if (!is_aligned_binary(r->subject_term)) {
        IoBytes bytes;
        IoResult io = iodata_bytes(r->p, r->subject_term, &bytes);
        if (io == IOBYTES_BAD) return PREPARED_BAD;
        if (io == IOBYTES_REFUSED) return *result = TERM_NONE, PREPARED_DONE;
        r->binary = bif_make_binary(r->p, bytes.at, bytes.len);
        iodata_bytes_free(r->p, &bytes);
        if (r->binary == TERM_NONE) return *result = TERM_NONE, PREPARED_DONE;
    }
    Bits b = bits_of(r->binary);
    r->subject = (IoBytes){.at = b.byte, .len = b.size / 8};
    return PREPARED;
}

static Term match_error(Process *p, const ReOptions *o, int rc)
{
    Term reason = AM_match_limit;
    switch (rc) {
    case PCRE2_ERROR_NOMEMORY: return bif_no_memory(p);
    case PCRE2_ERROR_MATCHLIMIT: break;
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT: reason = AM_match_limit_recursion; break;
    default: return AM_nomatch;
    }
    return o->flags & RE_REPORT_ERRORS ? tagged(p, AM_error, reason) : AM_nomatch;
}

// [From, Singles, Window | Required]
static Term place_term(Process *p, const RePlace *at)
{
    Term *hp = bif_alloc(p, 6);
    if (hp == NULL) return TERM_NONE;
    Term rest = cons_at(&hp, make_small((int64_t)at->window), make_small((int64_t)at->required));
    rest = cons_at(&hp, make_small((int64_t)at->singles), rest);
    return cons_at(&hp, make_small((int64_t)at->from), rest);
}

static RePlace place_of(Term t)
{
    size_t n[3];
    for (int i = 0; i < 3; i++, t = cons_tail(t)) n[i] = (size_t)small_value(cons_head(t));
    return (RePlace){n[0], n[1], n[2], (size_t)small_value(t)};
}

// Runs from `at` on; when the slice is used up, goes on in re_match_loop.
static Term search(Run *r, const ReCode *code, RePlace at)
{
    Process *p = r->p;
    ReRun run = {.p = p,
                 .code = code,
                 .options = &r->options,
                 .subject = r->subject.at,
                 .len = r->subject.len,
                 .at = at};
    Term result = TERM_NONE;
    if (re_run_open(&run)) {
        int rc = re_run_match(&run);
        if (rc == RE_PAUSE) {
            Term bin = re_key_binary(p, &r->key);
            Term place = bin != TERM_NONE ? place_term(p, &run.at) : TERM_NONE;
            if (place != TERM_NONE)
                result = bif_yield(p, BIF_re_match_loop, 4, r->binary, bin, r->options_term, place);
        } else if (rc > 0) {
            result = re_captured(&run, r->binary, rc);
        } else {
            result = match_error(p, &r->options, rc);
        }
    }
    re_run_close(&run);
    return result;
}

Term bif_re_match_loop(Process *p, Term *args)
{
    Run r = {.p = p, .binary = args[0], .options_term = args[2]};
    (void)re_parse_options(args[2], &r.options);
    Bits b = bits_of(args[0]);
    r.subject = (IoBytes){.at = b.byte, .len = b.size / 8};
    if (iodata_bytes(p, args[1], &r.source) != IOBYTES_OK) return TERM_NONE;
    (void)re_key_parse(r.source.at, r.source.len, &r.key);
    ReError error;
    const ReCode *code = re_code(p, &r.key, &error);
    Term result = TERM_NONE;
    if (code != NULL) result = search(&r, code, place_of(args[3]));
    else if (!error.refused) result = bif_badarg(p);
    run_free(&r);
    return result;
}

// {Options, NeedClean[, Pattern as given]} for re:grun/3.
static Term run_global(Run *r, const ReCode *code)
{
    Process *p = r->p;
    Term pattern = r->compiled ? r->pattern : pattern_term(p, &r->key, code);
    Term *hp = pattern != TERM_NONE ? bif_alloc(p, 4) : NULL;
    if (hp == NULL) return TERM_NONE;
    Term how;
    if (r->compiled) {
        how = tuple2_at(&hp, r->options_term, AM_false);
        *hp = TERM_NIL;
    } else {
        how = tuple3_at(&hp, r->options_term, AM_true, r->pattern);
    }
    return bif_tail_call(p, AM_re, AM_grun, 3, r->subject_term, pattern, how);
}

static bool starts_inside_char(const Run *r)
{
    size_t at = r->options.offset;
    return at < r->subject.len && (r->subject.at[at] & 0xC0) == 0x80;
}

static Term run_compiled(Run *r, const ReCode *code)
{
    Process *p = r->p;
    if (r->options.flags & RE_GLOBAL) return run_global(r, code);
    Term result;
    switch (prepare_subject(r, &result)) {
    case PREPARED_BAD: return bif_badarg(p);
    case PREPARED_DONE: return result;
    case PREPARED: break;
    }
    if (!re_capture_is_valid(&r->options) || r->options.offset > r->subject.len)
        return bif_badarg(p);
    if (code->utf &&
        (!re_subject_is_utf8(p, r->binary, r->subject.at, r->subject.len) || starts_inside_char(r)))
        return bif_badarg(p);
    return search(r, code, (RePlace){.from = r->options.offset});
}

static Term run(Process *p, Term subject, Term pattern, Term options)
{
    Run r = {.p = p, .subject_term = subject, .pattern = pattern, .options_term = options};
    if (!re_parse_options(options, &r.options)) return bif_error_cause(p, AM_badarg, AM_badopt);
    if (is_pattern(pattern)) {
        bool unicode = tuple_elements(pattern)[2] != SMALL(0);
        if (unicode && !(r.options.flags & RE_COMPILE_ONLY) && needs_urun(&r.options, subject))
            return bif_tail_call(p, AM_re, AM_urun, 3, subject, pattern, options);
    } else if (!is_bitstring(pattern) && !is_cons(pattern) && !is_nil(pattern)) {
        return bif_badarg(p);
    } else if ((r.options.flags & RE_UNICODE) &&
               (!is_bitstring(pattern) || needs_urun(&r.options, subject))) {
        return bif_tail_call(p, AM_re, AM_urun, 3, subject, pattern, options);
    }
    Term result = TERM_NONE;
    switch (prepare_pattern(&r, &result)) {
    case PREPARED_BAD: result = bif_badarg(p); break;
    case PREPARED_DONE: break;
    case PREPARED: {
        ReError error;
        const ReCode *code = re_code(p, &r.key, &error);
        if (code != NULL) result = run_compiled(&r, code);
        else if (error.refused) result = TERM_NONE;
        else if (!r.compiled && (r.options.flags & RE_REPORT_ERRORS))
            result = tagged(p, AM_error, tagged(p, AM_compile, error_term(p, &error)));
        else result = bif_badarg(p);
    }
    }
    run_free(&r);
    return result;
}

Term bif_re_run_2(Process *p, Term *args) { return run(p, args[0], args[1], TERM_NIL); }

Term bif_re_run_3(Process *p, Term *args) { return run(p, args[0], args[1], args[2]); }

// The fourth argument says whether the subject has been checked to be UTF-8. A
// guest's word is not taken for it; re_subject_is_utf8 remembers instead.
Term bif_re_internal_run_4(Process *p, Term *args)
{
    if (args[3] != AM_true && args[3] != AM_false) return bif_badarg(p);
    return run(p, args[0], args[1], args[2]);
}

// ---- inspect ------------------------------------------------------------------------------
static Term name_list(Process *p, const ReCode *code)
{
    uint32_t count = 0, size = 0;
    PCRE2_SPTR table = NULL;
    pcre2_pattern_info(code->code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(code->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(code->code, PCRE2_INFO_NAMETABLE, &table);
    bif_charge(p, count / 4);
    Term list = TERM_NIL;
    for (uint32_t i = count; i-- > 0;) {
        const char *name = (const char *)table + (size_t)i * size + 2;
        if (i > 0 && strcmp(name, name - size) == 0) continue;
        Term bin = bif_make_binary(p, name, strlen(name));
        Term *hp = bin != TERM_NONE ? bif_alloc(p, 2) : NULL;
        if (hp == NULL) return TERM_NONE;
        list = cons_at(&hp, bin, list);
    }
    return list;
}

Term bif_re_inspect_2(Process *p, Term *args)
{
    if (!is_pattern(args[0]) || args[1] != AM_namelist) return bif_badarg(p);
    IoBytes bytes;
    ReKey key;
    ReError error = {0};
    if (iodata_bytes(p, tuple_elements(args[0])[4], &bytes) != IOBYTES_OK) return TERM_NONE;
    const ReCode *code = re_key_parse(bytes.at, bytes.len, &key) ? re_code(p, &key, &error) : NULL;
    Term result;
    if (code != NULL) result = tagged(p, AM_namelist, name_list(p, code));
    else result = error.refused ? TERM_NONE : bif_badarg(p);
    iodata_bytes_free(p, &bytes);
    return result;
}
