// SPDX-License-Identifier: Apache-2.0
// tests/host/sandboxes.c DIR: life, code, calls, output, events, limits, statistics.
// DIR has guest.beam and second/guest.beam, whose version/0 says 2.
#include "check.h"

#define MS UINT64_C(1000000)

typedef struct Log {
    char output[256];
    int events[APEX_EVENT_OTHER + 1];
    char detail[APEX_EVENT_OTHER + 1][256];
} Log;

static void on_output(void *context, ApexSandbox *sandbox, int stream, const uint8_t *bytes,
                      size_t len)
{
    Log *log = (Log *)context;
    (void)sandbox;
    if (stream == 1 && strlen(log->output) + len < sizeof log->output)
        strncat(log->output, (const char *)bytes, len);
}

static void on_event(void *context, ApexSandbox *sandbox, ApexEventKind kind, const char *detail)
{
    Log *log = (Log *)context;
    (void)sandbox;
    log->events[kind]++;
    snprintf(log->detail[kind], sizeof log->detail[kind], "%s", detail);
}

static char paths[2][1024];

static ApexSandbox *loaded(ApexEngine *engine, ApexSandboxOptions *o, Log *log)
{
    memset(log, 0, sizeof *log);
    o->output = on_output;
    o->event = on_event;
    o->context = log;
    ApexSandbox *s = new_sandbox(engine, o);
    CHECK_OK(apex_sandbox_load_path(s, paths[0], NULL));
    return s;
}

static ApexWriter one(const char *atom)
{
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_list(&w, 1);
    apex_put_atom(&w, atom);
    apex_put_nil(&w);
    CHECK_OK(apex_writer_status(&w));
    return w;
}

static void test_calls(ApexEngine *engine)
{
    Log log;
    ApexSandboxOptions o = {0};
    o.name = "calls";
    ApexSandbox *s = loaded(engine, &o, &log);
    CHECK(strcmp(apex_sandbox_name(s), "calls") == 0 && apex_sandbox_context(s) == &log);
    check_call(s, "guest", "version", NULL, APEX_CALL_RETURNED, "1");
    ApexWriter w = one("hej");
    check_call(s, "guest", "echo", &w, APEX_CALL_RETURNED, "hej");
    apex_writer_clear(&w);
    const char *classes[] = {"error", "exit", "throw"};
    const ApexClass expected[] = {APEX_CLASS_ERROR, APEX_CLASS_EXIT, APEX_CLASS_ERROR};
    for (int i = 0; i < 3; i++) {
        ApexResult r;
        w = one(classes[i]);
        CHECK_OK(apex_sandbox_call(s, "guest", "fail", w.data, w.len, NULL, &r));
        CHECK(r.outcome == APEX_CALL_FAILED && r.failure == expected[i] && r.term.len > 0);
        apex_result_clear(&r);
        apex_writer_clear(&w);
    }
    CHECK(log.events[APEX_EVENT_LOADED] == 1 &&
          strcmp(log.detail[APEX_EVENT_LOADED], "guest") == 0);
    CHECK(log.events[APEX_EVENT_CRASHED] == 2 &&
          strstr(log.detail[APEX_EVENT_CRASHED], "ball") != NULL);
    check_call(s, "guest", "absent", NULL, APEX_CALL_FAILED, NULL);
    w = one("text");
    check_call(s, "guest", "say", &w, APEX_CALL_FAILED, NULL);
    apex_writer_clear(&w);
    apex_writer_init(&w);
    apex_put_list(&w, 1);
    apex_put_text(&w, "hello\n");
    apex_put_nil(&w);
    check_call(s, "guest", "say", &w, APEX_CALL_RETURNED, "ok");
    CHECK(strcmp(log.output, "hello\n") == 0);
    apex_writer_clear(&w);
    ApexResult r;
    CHECK(apex_sandbox_call(s, "guest", "echo", "abc", 3, NULL, &r) == APEX_EFORMAT);
    apex_sandbox_release(s);
    CHECK(log.events[APEX_EVENT_DESTROYED] == 1);
}

// The call's time is over while its answer is written.
static void check_late_answer(ApexSandbox *s, const char *how)
{
    ApexWriter w;
    ApexCallOptions call = {20 * MS};
    ApexResult r;
    apex_writer_init(&w);
    apex_put_list(&w, 1);
    apex_put_atom(&w, how);
    apex_put_nil(&w);
    CHECK_OK(apex_sandbox_call(s, "guest", "shared", w.data, w.len, &call, &r));
    CHECK(r.outcome == APEX_CALL_TIMEOUT && r.term.data == NULL);
    apex_result_clear(&r);
    apex_writer_clear(&w);
}

static void test_deadlines(ApexEngine *engine)
{
    Log log;
    ApexSandboxOptions o = {0};
    ApexSandbox *s = loaded(engine, &o, &log);
    ApexCallOptions call = {20 * MS};
    ApexResult r;
    CHECK_OK(apex_sandbox_call(s, "guest", "forever", NULL, 0, &call, &r));
    CHECK(r.outcome == APEX_CALL_TIMEOUT && r.term.data == NULL);
    CHECK_OK(apex_sandbox_call(s, "guest", "wait", NULL, 0, &call, &r));
    CHECK(r.outcome == APEX_CALL_TIMEOUT);
    check_late_answer(s, "return");
    check_late_answer(s, "exit");
    CHECK_OK(apex_sandbox_suspend(s));
    CHECK_OK(apex_sandbox_call(s, "guest", "version", NULL, 0, &call, &r));
    CHECK(r.outcome == APEX_CALL_TIMEOUT);
    ApexStats stats;
    CHECK_OK(apex_sandbox_stats(s, &stats));
    CHECK(stats.state == APEX_STATE_SUSPENDED);
    CHECK_OK(apex_sandbox_resume(s));
    check_call(s, "guest", "version", NULL, APEX_CALL_RETURNED, "1");
    CHECK_OK(apex_sandbox_stats(s, &stats));
    CHECK(stats.state == APEX_STATE_RUNNING && stats.modules == 1 && stats.processes < 10);
    apex_sandbox_release(s);
}

static void test_code(ApexEngine *engine)
{
    Log log;
    ApexSandboxOptions o = {0};
    ApexSandbox *s = loaded(engine, &o, &log);
    ApexSandbox *other = loaded(engine, &o, &log);
    CHECK_OK(apex_sandbox_load_path(s, paths[1], NULL));
    check_call(s, "guest", "version", NULL, APEX_CALL_RETURNED, "2");
    check_call(other, "guest", "version", NULL, APEX_CALL_RETURNED, "1");
    apex_sandbox_release(other);
    ApexVersion v[4];
    size_t n;
    CHECK_OK(apex_sandbox_versions(s, "guest", v, 4, &n));
    CHECK(n == 2 && v[0].number == 1 && !v[0].current && v[1].number == 2 && v[1].current &&
          v[0].bytes > 0);
    CHECK_OK(apex_sandbox_rollback(s, "guest", 1));
    check_call(s, "guest", "version", NULL, APEX_CALL_RETURNED, "1");
    CHECK(apex_sandbox_rollback(s, "guest", 7) == APEX_ENOTFOUND);
    CHECK(apex_sandbox_versions(s, "nobody_knows", v, 4, &n) == APEX_ENOTFOUND && n == 0);
    CHECK_OK(apex_sandbox_unload(s, "guest", false));
    check_call(s, "guest", "version", NULL, APEX_CALL_FAILED, NULL);
    CHECK(apex_sandbox_unload(s, "guest", false) == APEX_ENOTFOUND);
    CHECK_OK(apex_sandbox_load_path(s, paths[0], NULL));
    uint64_t call = 0;
    ApexQueue *q;
    CHECK_OK(apex_queue_new(&q));
    CHECK_OK(apex_sandbox_call_queued(s, "guest", "wait", NULL, 0, NULL, q, NULL, &call));
    check_call(s, "guest", "version", NULL, APEX_CALL_RETURNED, "1");
    CHECK(apex_sandbox_unload(s, "guest", false) == APEX_EBUSY);
    CHECK_OK(apex_sandbox_unload(s, "guest", true));
    apex_queue_free(q);
    ApexError e;
    CHECK(apex_sandbox_load(s, "nonsense", 8, &e) == APEX_EFORMAT && strlen(e.text) > 0);
    CHECK(apex_sandbox_load_path(s, "/nonexistent/x.beam", &e) == APEX_ENOTFOUND);
    apex_sandbox_release(s);
}

static void test_limits(ApexEngine *engine)
{
    Log log;
    ApexSandboxOptions o = {0};
    o.limits[APEX_LIMIT_MEMORY] = 16 << 20;
    ApexSandbox *s = loaded(engine, &o, &log);
    ApexResult r;
    CHECK_OK(apex_sandbox_call(s, "guest", "grow", NULL, 0, NULL, &r));
    CHECK(r.outcome == APEX_CALL_FAILED || r.outcome == APEX_CALL_STOPPED);
    apex_result_clear(&r);
    ApexStats stats;
    CHECK_OK(apex_sandbox_stats(s, &stats));
    CHECK(stats.limits[APEX_LIMIT_MEMORY].allowed == 16 << 20);
    CHECK(stats.limits[APEX_LIMIT_MEMORY].peak > 8 << 20 &&
          stats.limits[APEX_LIMIT_MEMORY].peak <= 16 << 20);
    CHECK(stats.limits[APEX_LIMIT_REDUCTIONS].allowed == APEX_UNLIMITED && stats.reductions > 0);
    apex_sandbox_release(s);

    ApexSandboxOptions few = {0};
    few.limits[APEX_LIMIT_REDUCTIONS] = 1000000;
    s = loaded(engine, &few, &log);
    check_call(s, "guest", "forever", NULL, APEX_CALL_STOPPED, NULL);
    CHECK_OK(apex_sandbox_stats(s, &stats));
    CHECK(stats.state == APEX_STATE_LIMIT && stats.limit_hit == APEX_LIMIT_REDUCTIONS);
    CHECK(log.events[APEX_EVENT_LIMIT] == 1 &&
          strcmp(log.detail[APEX_EVENT_LIMIT], "reductions") == 0);
    CHECK(apex_sandbox_load_path(s, paths[0], NULL) == APEX_ECLOSED);
    check_call(s, "guest", "version", NULL, APEX_CALL_STOPPED, NULL);
    apex_sandbox_release(s);

    ApexSandboxOptions one_module = {0};
    one_module.limits[APEX_LIMIT_MODULES] = 1;
    s = loaded(engine, &one_module, &log);
    CHECK_OK(apex_sandbox_load_path(s, paths[1], NULL));
    CHECK_OK(apex_sandbox_stats(s, &stats));
    CHECK(stats.limits[APEX_LIMIT_MODULES].used == 1);
    apex_sandbox_release(s);
}

static void test_halt_and_caps(ApexEngine *engine)
{
    Log log;
    ApexSandboxOptions o = {0};
    o.deny = APEX_CAP_STDIO;
    ApexSandbox *s = loaded(engine, &o, &log);
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_list(&w, 1);
    apex_put_int(&w, 7);
    apex_put_nil(&w);
    CHECK_OK(apex_sandbox_send(s, "user", "\203j", 2));
    check_call(s, "guest", "halt", &w, APEX_CALL_STOPPED, NULL);
    apex_writer_clear(&w);
    ApexStats stats;
    CHECK_OK(apex_sandbox_stats(s, &stats));
    CHECK(stats.state == APEX_STATE_HALTED && stats.halt_status == 7);
    CHECK(log.events[APEX_EVENT_EXITED] == 1 && strcmp(log.detail[APEX_EVENT_EXITED], "7") == 0);
    CHECK_OK(apex_sandbox_destroy(s));
    CHECK_OK(apex_sandbox_destroy(s));
    CHECK_OK(apex_sandbox_stats(s, &stats));
    CHECK(stats.state == APEX_STATE_HALTED && stats.gone);
    CHECK(log.events[APEX_EVENT_DESTROYED] == 1);
    check_call(s, "guest", "version", NULL, APEX_CALL_STOPPED, NULL);
    CHECK(apex_sandbox_send(s, "user", "\203j", 2) == APEX_ECLOSED);
    CHECK(apex_sandbox_suspend(s) == APEX_ECLOSED);
    apex_sandbox_release(s);
}

static void test_send(ApexEngine *engine)
{
    Log log;
    ApexSandboxOptions o = {0};
    ApexSandbox *s = loaded(engine, &o, &log);
    CHECK(apex_sandbox_send(s, "box", "\203j", 2) == APEX_ENOTFOUND);
    ApexWriter w = one("box");
    check_call(s, "guest", "start", &w, APEX_CALL_RETURNED, "ok");
    apex_writer_clear(&w);
    for (int i = 1; i <= 3; i++) {
        ApexWriter m;
        apex_writer_init(&m);
        apex_put_int(&m, 1000 * i);
        CHECK_OK(apex_sandbox_send(s, "box", m.data, m.len));
        apex_writer_clear(&m);
    }
    CHECK(apex_sandbox_send(s, "box", "nonsense", 8) == APEX_EFORMAT);
    check_call(s, "guest", "names", NULL, APEX_CALL_RETURNED, "[1000,2000,3000]");
    apex_sandbox_release(s);
}

static void test_bad_arguments(ApexEngine *engine)
{
    ApexSandbox *s = NULL;
    ApexResult r;
    ApexStats stats;
    ApexError e;
    ApexSandboxOptions o = {0};
    CHECK(apex_engine_new(NULL, NULL, &e) == APEX_EINVAL && strlen(e.text) > 0);
    CHECK(apex_sandbox_new(NULL, NULL, &s, &e) == APEX_EINVAL && s == NULL);
    CHECK(apex_sandbox_new(engine, NULL, NULL, NULL) == APEX_EINVAL);
    o.allow = 1u << 9;
    CHECK(apex_sandbox_new(engine, &o, &s, NULL) == APEX_EINVAL);
    o.allow = 0;
    o.mode = APEX_MODE_LEGACY;
    CHECK(apex_sandbox_new(engine, &o, &s, NULL) == APEX_EUNSUPPORTED);
    o.mode = APEX_MODE_HYBRID;
    o.limits[APEX_LIMIT_MEMORY] = 1;
    CHECK(apex_sandbox_new(engine, &o, &s, &e) == APEX_ELIMIT);
    CHECK(apex_sandbox_call(NULL, "a", "b", NULL, 0, NULL, &r) == APEX_EINVAL);
    CHECK(apex_sandbox_call((ApexSandbox *)(void *)engine, "a", "b", NULL, 0, NULL, &r) ==
          APEX_EINVAL);
    CHECK(apex_sandbox_stats(NULL, &stats) == APEX_EINVAL);
    CHECK(apex_sandbox_load(NULL, "x", 1, NULL) == APEX_EINVAL);
    CHECK(apex_sandbox_destroy(NULL) == APEX_EINVAL);
    CHECK(apex_sandbox_cancel(NULL, 1) == APEX_EINVAL);
    CHECK(apex_queue_fd(NULL) == -1 && !apex_queue_next(NULL, NULL));
    CHECK(apex_reply(NULL, "x", 1) == APEX_EINVAL);
    CHECK(apex_sandbox_name(NULL) == NULL);
    CHECK(strcmp(apex_limit_name(APEX_LIMIT_MEMORY), "memory") == 0 &&
          apex_limit_name((ApexLimit)99) == NULL);
    apex_sandbox_release(NULL);
    apex_queue_free(NULL);
    apex_functions_release(NULL);
    s = new_sandbox(engine, NULL);
    CHECK(apex_sandbox_call(s, NULL, "b", NULL, 0, NULL, &r) == APEX_EINVAL);
    CHECK(apex_sandbox_call(s, "a", "b", NULL, 5, NULL, &r) == APEX_EINVAL);
    CHECK(apex_sandbox_call_async(s, "a", "b", NULL, 0, NULL, NULL, NULL, NULL) == APEX_EINVAL);
    apex_sandbox_release(s);
}

static void test_memory_bound(void)
{
    ApexEngineOptions eo = {0};
    ApexEngine *engine;
    eo.threads = 1;
    eo.memory = 40 << 20;
    CHECK_OK(apex_engine_new(&eo, &engine, NULL));
    ApexSandboxOptions o = {0};
    o.limits[APEX_LIMIT_MEMORY] = 16 << 20;
    ApexSandbox *a = new_sandbox(engine, &o), *b = new_sandbox(engine, &o), *c;
    CHECK(apex_engine_sandboxes(engine) == 2);
    CHECK(apex_sandbox_new(engine, &o, &c, NULL) == APEX_ELIMIT);
    apex_sandbox_release(a);
    CHECK_OK(apex_sandbox_new(engine, &o, &c, NULL));
    apex_sandbox_release(b);
    CHECK_OK(apex_engine_free(engine));
    check_call(c, "lists", "seq", NULL, APEX_CALL_STOPPED, NULL);
    apex_sandbox_release(c);
}

int main(int argc, char **argv)
{
    CHECK(argc == 2);
    snprintf(paths[0], sizeof paths[0], "%s/guest.beam", argv[1]);
    snprintf(paths[1], sizeof paths[1], "%s/second/guest.beam", argv[1]);
    ApexEngine *engine = new_engine(2);
    test_calls(engine);
    test_deadlines(engine);
    test_code(engine);
    test_limits(engine);
    test_halt_and_caps(engine);
    test_send(engine);
    test_bad_arguments(engine);
    CHECK(apex_engine_sandboxes(engine) == 0);
    CHECK_OK(apex_engine_free(engine));
    test_memory_bound();
    return 0;
}
