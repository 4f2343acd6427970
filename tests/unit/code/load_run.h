// SPDX-License-Identifier: Apache-2.0
// tests/unit/code/load_run.h - loads a .beam file into a sandbox of its own and calls
// every function that it exports, under tight limits.

#ifndef UNIT_CODE_LOAD_RUN_H
#define UNIT_CODE_LOAD_RUN_H

#include "beam/beam_file.h"
#include "sandbox/sandbox.h"

enum { LOAD_RUN_ARITY = 4 };

// A list of `arity` small terms, chosen by `choice`, in External Term Format.
static inline size_t load_run_args(uint8_t *out, unsigned arity, unsigned choice)
{
    static const struct {
        uint8_t size;
        const char *bytes;
    } terms[] = {
        {2, "\x61\x01"},                             // 1
        {1, "\x6a"},                                 // []
        {10, "\x68\x02\x77\x02ok\x61\x02\x77\x00"},  // {ok, 2}, cut below
        {8, "\x6d\0\0\0\x03"
            "abc"},                 // <<"abc">>
        {5, "\x74\0\0\0\0"},                         // #{}
        {7, "\x6b\0\x02\x01\x02\x77\x02"},           // [1, 2], cut below
        {9, "\x46\x3f\xf8\0\0\0\0\0\0"},             // 1.5
        {4, "\x77\x02"
            "ok"},
    };
    uint8_t *at = out;
    *at++ = 131;
    if (arity > 0) {
        memcpy(at, (uint8_t[]){108, 0, 0, 0, (uint8_t)arity}, 5);
        at += 5;
    }
    for (unsigned i = 0; i < arity; i++, choice = choice * 5 + 3) {
        unsigned k = choice % 8, size = k == 2 ? 8 : k == 5 ? 5 : terms[k].size;
        memcpy(at, terms[k].bytes, size);
        at += size;
    }
    *at++ = 106;
    return (size_t)(at - out);
}

static inline void load_run_calls(Sandbox *s, const BeamFile *f)
{
    char module[256], function[256];
    BeamSpan name = beam_file_atom(f, 1);
    (void)snprintf(module, sizeof module, "%.*s", (int)name.size, (const char *)name.data);
    for (uint32_t i = 0; i < f->export_count; i++) {
        BeamFunction e = beam_file_export(f, i);
        if (e.arity > LOAD_RUN_ARITY) continue;
        name = beam_file_atom(f, e.name);
        (void)snprintf(function, sizeof function, "%.*s", (int)name.size, (const char *)name.data);
        uint8_t args[128];
        size_t len = load_run_args(args, e.arity, i);
        CallResult r = {0};
        if (sandbox_call(s, module, function, args, len, &r) == ST_OK) call_result_clear(&r);
        if (r.outcome == CALL_STOPPED) return;
    }
}

// True: it was accepted.
static inline bool load_run(Engine *e, const uint8_t *bytes, size_t size)
{
    SandboxConfig c;
    sandbox_config_init(&c);
    c.name = "fuzz";
    c.caps = (CapSet){0};
    c.limits.of[LIMIT_MEMORY].allowed = 32u << 20;
    c.limits.of[LIMIT_REDUCTIONS].allowed = 200000;
    c.limits.of[LIMIT_DEADLINE].allowed = 500000000;
    c.limits.of[LIMIT_PROCESSES].allowed = 64;
    c.limits.of[LIMIT_OUTPUT].allowed = 1u << 20;
    Sandbox *s;
    Diag d;
    diag_init(&d);
    BeamFile f;
    if (beam_file_parse(&f, bytes, size, NULL, NULL, &d) != ST_OK) return false;
    bool accepted = false;
    if (sandbox_new(e, &c, &s, &d) == ST_OK) {
        accepted = sandbox_load(s, bytes, size, &d) == ST_OK;
        if (accepted) load_run_calls(s, &f);
        sandbox_free(s);
    }
    beam_file_clear(&f);
    return accepted;
}

#endif
