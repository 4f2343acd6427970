// SPDX-License-Identifier: Apache-2.0
// tests/host/check.h - what the programs of tests/host share. They see apex.h alone, and are
// compiled as C and as C++.
#pragma once
#include <apex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(cond)                                                              \
    do {                                                                         \
        if (!(cond)) {                                                           \
            fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #cond); \
            exit(1);                                                             \
        }                                                                        \
    } while (0)

#define CHECK_OK(expr)                                                    \
    do {                                                                  \
        ApexStatus check_status_ = (expr);                                \
        if (check_status_ != APEX_OK) {                                   \
            fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #expr, \
                    apex_status_text(check_status_));                     \
            exit(1);                                                      \
        }                                                                 \
    } while (0)

static inline ApexEngine *new_engine(unsigned threads)
{
    ApexEngineOptions o = {0};
    ApexEngine *engine;
    ApexError error;
    o.threads = threads;
    if (apex_engine_new(&o, &engine, &error) == APEX_OK) return engine;
    fprintf(stderr, "no engine: %s\n", error.text);
    exit(1);
}

static inline ApexSandbox *new_sandbox(ApexEngine *engine, const ApexSandboxOptions *o)
{
    ApexSandbox *sandbox;
    ApexError error;
    if (apex_sandbox_new(engine, o, &sandbox, &error) == APEX_OK) return sandbox;
    fprintf(stderr, "no sandbox: %s\n", error.text);
    exit(1);
}

// Calls and compares the result's text.
static inline void check_call(ApexSandbox *s, const char *module, const char *function,
                              const ApexWriter *args, ApexOutcome outcome, const char *expected)
{
    ApexResult result;
    ApexBytes text = {0};
    CHECK_OK(apex_sandbox_call(s, module, function, args == NULL ? NULL : args->data,
                               args == NULL ? 0 : args->len, NULL, &result));
    if (result.outcome != outcome) {
        (void)apex_term_text(result.term.data, result.term.len, &text);
        fprintf(stderr, "%s:%s: outcome %d, not %d: %s\n", module, function, result.outcome,
                outcome, text.data == NULL ? "" : (char *)text.data);
        exit(1);
    }
    if (expected != NULL) {
        CHECK_OK(apex_term_text(result.term.data, result.term.len, &text));
        if (strcmp((char *)text.data, expected) != 0) {
            fprintf(stderr, "%s:%s returned %s, not %s\n", module, function, (char *)text.data,
                    expected);
            exit(1);
        }
    }
    apex_bytes_free(&text);
    apex_result_clear(&result);
}
