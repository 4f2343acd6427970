// SPDX-License-Identifier: Apache-2.0
// Requests to the host that get no answer for want of memory.
#include "sandbox/functions.h"
#include "sandbox/sandbox.h"
#include "unit.h"

static HostReply *held;

static void refuse(void *context, void *sandbox, HostReply *reply, const uint8_t *args, size_t len)
{
    host_reply_refused(reply);
}

static void hold(void *context, void *sandbox, HostReply *reply, const uint8_t *args, size_t len)
{
    held = reply;
}

static CallOutcome call(Sandbox *s, const char *function, int64_t timeout)
{
    CallSpec spec = {.module = "host",
                     .function = function,
                     .args = (const uint8_t[]){131, 106},
                     .len = 2,
                     .timeout = timeout};
    CallResult r;
    assert_int_equal(sandbox_call_spec(s, &spec, &r), ST_OK);
    call_result_clear(&r);
    return r.outcome;
}

static void who_waits_for_no_answer_is_killed(void **state)
{
    EngineOptions o = {.threads = 1};
    Engine *engine;
    assert_int_equal(engine_new(&o, &engine, NULL), ST_OK);
    FunctionSet *f = function_set_new(NULL, NULL);
    assert_non_null(f);
    assert_int_equal(function_set_add(f, "host", "refuse", 0, refuse, NULL), ST_OK);
    assert_int_equal(function_set_add(f, "host", "hold", 0, hold, NULL), ST_OK);
    assert_int_equal(function_set_seal(f, NULL), ST_OK);
    SandboxConfig c;
    sandbox_config_init(&c);
    c.functions = f;
    Sandbox *s;
    assert_int_equal(sandbox_new(engine, &c, &s, NULL), ST_OK);
    assert_int_equal(call(s, "refuse", 0), CALL_FAILED);
    // After the caller has died, and after the sandbox has ended.
    assert_int_equal(call(s, "hold", 1000000), CALL_TIMEOUT);
    host_reply_refused(held);
    assert_int_equal(call(s, "refuse", 0), CALL_FAILED);
    assert_int_equal(call(s, "hold", 1000000), CALL_TIMEOUT);
    sandbox_free(s);
    host_reply_refused(held);
    function_set_release(f);
    engine_free(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_waits_for_no_answer_is_killed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
