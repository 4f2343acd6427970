// SPDX-License-Identifier: Apache-2.0
// tests/host/clocks.c DIR: real, coarse and frozen clocks. DIR has clocks.beam.
#include "check.h"

#define SECOND UINT64_C(1000000000)

static char path[1024];

static ApexSandbox *open_sandbox(ApexEngine *engine, ApexClock clock, uint64_t resolution,
                                 uint32_t deny)
{
    ApexSandboxOptions o = {0};
    o.clock = clock;
    o.clock_resolution = resolution;
    o.deny = deny;
    ApexSandbox *s = new_sandbox(engine, &o);
    CHECK_OK(apex_sandbox_load_path(s, path, NULL));
    return s;
}

// Calls clocks:function(n).
static void check_with(ApexSandbox *s, const char *function, uint64_t n, const char *expected)
{
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_list(&w, 1);
    apex_put_uint(&w, n);
    apex_put_nil(&w);
    check_call(s, "clocks", function, &w, APEX_CALL_RETURNED, expected);
    apex_writer_clear(&w);
}

static void test_frozen(ApexEngine *engine, uint32_t deny)
{
    ApexSandbox *s = open_sandbox(engine, APEX_CLOCK_FROZEN, 0, deny);
    check_call(s, "clocks", "moved", NULL, APEX_CALL_RETURNED, "[]");
    check_call(s, "clocks", "versions", NULL, APEX_CALL_RETURNED, "[now]");
    check_with(s, "absolute", 100, "{at_once,not_yet,in_time}");
    apex_sandbox_release(s);
}

static void test_coarse(ApexEngine *engine)
{
    ApexSandbox *s = open_sandbox(engine, APEX_CLOCK_COARSE, SECOND, 0);
    check_with(s, "off_grain", SECOND, "[]");
    apex_sandbox_release(s);
    // A day may not pass while the test runs: a frozen clock, as good as.
    s = open_sandbox(engine, APEX_CLOCK_COARSE, 86400 * SECOND, APEX_CAP_CLOCK);
    check_call(s, "clocks", "moved", NULL, APEX_CALL_RETURNED, "[]");
    check_call(s, "clocks", "versions", NULL, APEX_CALL_RETURNED, "[now]");
    check_with(s, "absolute", 100, "{at_once,not_yet,in_time}");
    apex_sandbox_release(s);
}

// The real one moves, by default too.
static void test_real(ApexEngine *engine)
{
    ApexSandbox *s = open_sandbox(engine, APEX_CLOCK_REAL, 0, 0);
    ApexResult r;
    ApexReader reader;
    size_t count;
    CHECK_OK(apex_sandbox_call(s, "clocks", "moved", NULL, 0, NULL, &r));
    CHECK(r.outcome == APEX_CALL_RETURNED);
    CHECK_OK(apex_reader_init(&reader, r.term.data, r.term.len));
    CHECK_OK(apex_get_list(&reader, &count));
    CHECK(count >= 20);  // all but the offset, and the date most of the time
    apex_result_clear(&r);
    check_call(s, "clocks", "versions", NULL, APEX_CALL_RETURNED, "[before]");
    check_with(s, "absolute", 100, "{at_once,not_yet,in_time}");
    apex_sandbox_release(s);
}

static void check_refused(ApexEngine *engine, ApexClock clock, uint64_t resolution)
{
    ApexSandboxOptions o = {0};
    ApexSandbox *s;
    o.clock = clock;
    o.clock_resolution = resolution;
    CHECK(apex_sandbox_new(engine, &o, &s, NULL) == APEX_EINVAL);
}

int main(int argc, char **argv)
{
    (void)argc;
    snprintf(path, sizeof path, "%s/clocks.beam", argv[1]);
    ApexEngine *engine = new_engine(1);
    test_frozen(engine, 0);
    test_frozen(engine, APEX_CAP_CLOCK);
    test_coarse(engine);
    test_real(engine);
    check_refused(engine, APEX_CLOCK_COARSE, 0);
    check_refused(engine, APEX_CLOCK_COARSE, 86401 * SECOND);
    check_refused(engine, APEX_CLOCK_FROZEN, 1);
    check_refused(engine, (ApexClock)9, 0);
    CHECK_OK(apex_engine_free(engine));
    return 0;
}
