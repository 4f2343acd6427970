// SPDX-License-Identifier: Apache-2.0
// bif/re.h - the parts of the module re: options, compiled patterns, matching.
//
// A compiled pattern is, for the guest, {re_pattern, Groups, Unicode, CrLf, Bin}.
// Bin holds what it was compiled from: options and source. The machine code of
// PCRE2 is in a cache of the sandbox under those bytes. So a pattern can be a
// literal, be sent, stored and written to disk, and a guest that makes Bin up
// itself gets what it could have compiled.
#pragma once
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "bif/bif.h"

// ---- options ------------------------------------------------------------------------
enum {
    RE_COMPILE_ONLY = 1,  // an option that only re:compile knows was there
    RE_RUN_ONLY = 2,
    RE_UNICODE = 4,
    RE_GLOBAL = 8,
    RE_REPORT_ERRORS = 16,
};

typedef struct ReOptions {
    uint32_t compile, match;  // bits of PCRE2
    uint32_t newline, bsr;    // 0: not given
    unsigned flags;
    size_t offset;
    uint32_t match_limit, depth_limit;  // 0: not given
    Term capture, type;                 // TERM_NONE: not given
} ReOptions;

// False: a bad option.
bool re_parse_options(Term list, ReOptions *o);

// ---- compiled patterns ------------------------------------------------------------------
// What a pattern is compiled from.
typedef struct ReKey {
    uint32_t compile, newline, bsr;
    const uint8_t *source;  // ends at the first zero byte, as in OTP
    size_t len;
} ReKey;

typedef struct ReCode {
    pcre2_code *code;
    pcre2_code *by_items;  // calls back at each item; NULL: not needed yet, or not to be had
    bool no_items;         // not to be had
    uint32_t groups;  // capturing groups
    bool utf;
    bool crlf;        // CR LF may be one line end
    bool windows;     // may be searched piece by piece
} ReCode;

typedef struct ReError {
    bool refused;  // no memory: the exception is set
    char text[120];
    size_t offset;
} ReError;

// The code for key; belongs to the cache, valid until the next call. NULL: error.
const ReCode *re_code(Process *p, const ReKey *key, ReError *error);
// The same pattern compiled so that PCRE2 calls back at each item of it, with the life of `code`,
// which is one of re_code. NULL: it would be too large; no exception is set.
const pcre2_code *re_code_by_items(Process *p, const ReCode *code);
// PCRE2's allocator for this sandbox (made by re_code).
pcre2_general_context *re_memory(Process *p);

// The text and offset that OTP 25 (PCRE 8.44) gives for an error of PCRE2.
void re_error_as_pcre1(int code, size_t offset, const uint8_t *source, size_t len, ReError *out);

// The fifth element of a compiled pattern. TERM_NONE: refused, exception set.
Term re_key_binary(Process *p, const ReKey *key);
// Reads it; bytes must be the whole binary and outlive key.
bool re_key_parse(const uint8_t *bytes, size_t len, ReKey *key);

// Whether pattern bytes that were validated as UTF-8 are remembered as such.
bool re_subject_is_utf8(Process *p, Term subject, const uint8_t *bytes, size_t len);

// ---- matching ----------------------------------------------------------------------------
// How far a search has come, and what it has learnt on the way.
typedef struct RePlace {
    size_t from;      // next start
    size_t singles;   // starts that are tried one by one
    size_t window;    // starts that are tried at once, 0: not known yet
    size_t
        required;  // where a byte is that a match needs, seen from a start before it; 0: not known
} RePlace;

typedef struct ReRun {
    Process *p;
    const ReCode *code;
    const ReOptions *options;
    const uint8_t *subject;
    size_t len;
    RePlace at;
    int64_t took;  // ns, the last try
    pcre2_match_data *data;
    pcre2_match_context *context;
} ReRun;

// False: refused, exception set. re_run_close frees what was made, in any case.
bool re_run_open(ReRun *r);
void re_run_close(ReRun *r);
// A result of pcre2_match, or RE_PAUSE: the slice is used up, go on from `at`.
enum { RE_PAUSE = 1 << 30 };
int re_run_match(ReRun *r);
// {match, …} or match for a hit with rc groups; badarg for a bad capture spec.
Term re_captured(ReRun *r, Term subject, int rc);
// Is the capture specification one at all?
bool re_capture_is_valid(const ReOptions *o);
