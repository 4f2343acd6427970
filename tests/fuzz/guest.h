// SPDX-License-Identifier: Apache-2.0
// tests/fuzz/guest.h - for targets that do their work inside a sandbox: tests/fuzz/guest/
// fuzz_guest.erl. Included by one file of a target.
//
// A sandbox serves many inputs and is then replaced, also when an input has ended it. What a
// function of the guest answers other than ok, or fails with, is a finding.
#pragma once
#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "beam/etf.h"
#include "sandbox/sandbox.h"

enum { GUEST_INPUTS = 200, GUEST_TIMEOUT_NS = 2000000000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Engine *guest_engine;
static Sandbox *guest_sandbox;
static Buf guest_module;
static unsigned guest_inputs;

static void guest_must(bool ok, const char *what)
{
    if (ok) return;
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

static void guest_start(void)
{
    Diag d;
    diag_init(&d);
    if (guest_engine == NULL) {
        EngineOptions o = {.threads = 1};
        buf_init(&guest_module);
        guest_must(engine_new(&o, &guest_engine, &d) == ST_OK, d.text);
        guest_must(os_read_file(FUZZ_GUEST, 1 << 20, &guest_module, &d) == ST_OK, d.text);
    }
    SandboxConfig c;
    sandbox_config_init(&c);
    c.limits.of[LIMIT_MEMORY].allowed = 64u << 20;
    c.limits.of[LIMIT_PROCESSES].allowed = 500;
    c.limits.of[LIMIT_ATOMS].allowed = 20000;
    c.limits.of[LIMIT_OUTPUT].allowed = 1u << 20;
    guest_must(sandbox_new(guest_engine, &c, &guest_sandbox, &d) == ST_OK, d.text);
    guest_must(sandbox_load(guest_sandbox, guest_module.data, guest_module.len, &d) == ST_OK,
               d.text);
    guest_inputs = 0;
}

static void guest_end(void)
{
    sandbox_free(guest_sandbox);
    guest_sandbox = NULL;
}

static void guest_judge(const char *function, const CallResult *r)
{
    static const uint8_t ok[] = {131, 119, 2, 'o', 'k'}, old_ok[] = {131, 100, 0, 2, 'o', 'k'};
    const Buf *b = &r->etf;
    bool good = r->outcome == CALL_RETURNED
                    ? (b->len == sizeof ok && memcmp(b->data, ok, sizeof ok) == 0) ||
                          (b->len == sizeof old_ok && memcmp(b->data, old_ok, sizeof old_ok) == 0)
                    : r->outcome != CALL_FAILED || r->class == 0;
    if (good) return;
    Buf text;
    buf_init(&text);
    if (etf_print(&text, b->data, b->len, NULL, NULL) == ST_OK)
        fprintf(stderr, "fuzz_guest:%s: %.*s\n", function, (int)text.len, (const char *)text.data);
    abort();
}

// Calls fuzz_guest:function(Term); term: External Term Format without version byte. judge: is
// another value than ok a finding?
static void guest_call(const char *function, const uint8_t *term, size_t size, bool judge)
{
    if (guest_sandbox == NULL || guest_inputs++ > GUEST_INPUTS) {
        guest_end();
        guest_start();
    }
    Buf args;
    buf_init(&args);
    guest_must(buf_append(&args, (const uint8_t[]){131, 108, 0, 0, 0, 1}, 6) == ST_OK &&
                   buf_append(&args, term, size) == ST_OK && buf_append_u8(&args, 106) == ST_OK,
               "no memory");
    CallSpec spec = {.module = "fuzz_guest",
                     .function = function,
                     .args = args.data,
                     .len = args.len,
                     .timeout = GUEST_TIMEOUT_NS};
    CallResult r = {0};
    Status st = sandbox_call_spec(guest_sandbox, &spec, &r);
    if (st == ST_OK && judge) guest_judge(function, &r);
    bool over = st != ST_OK || r.outcome == CALL_STOPPED || r.outcome == CALL_TIMEOUT;
    if (st == ST_OK) call_result_clear(&r);
    buf_clear(&args);
    if (over) guest_end();
}

// Calls it with the input as a binary.
MAYBE_UNUSED static void guest_call_bytes(const char *function, const uint8_t *data, size_t size)
{
    Buf term;
    buf_init(&term);
    guest_must(buf_append_u8(&term, 109) == ST_OK &&
                   buf_append_u32be(&term, (uint32_t)size) == ST_OK &&
                   buf_append(&term, data, size) == ST_OK,
               "no memory");
    guest_call(function, term.data, term.len, true);
    buf_clear(&term);
}
