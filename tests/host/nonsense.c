// SPDX-License-Identifier: Apache-2.0
// tests/host/nonsense.c DIR: no function of apex.h minds an argument that makes no sense.
#include "check.h"

#define INVALID(expr) CHECK((expr) == APEX_EINVAL)

// Memory that is no handle, whatever it is taken for.
static uint64_t other[64];

static void on_done(void *context, ApexSandbox *sandbox, ApexStatus status, ApexResult *result)
{
    (void)context, (void)sandbox, (void)status, (void)result;
}

static void function(void *context, ApexSandbox *sandbox, ApexReply *reply, const uint8_t *args,
                     size_t len)
{
    (void)context, (void)sandbox, (void)args, (void)len;
    CHECK(apex_reply(reply, NULL, 0) == APEX_EINVAL);
    CHECK(apex_reply(reply, "\203", 1) == APEX_EFORMAT);
    CHECK(apex_reply_error(reply, "nonsense", 8) == APEX_EFORMAT);
    CHECK_OK(apex_reply(reply, "\203j", 2));
}

static void test_engine(ApexEngine *bad)
{
    ApexEngine *engine;
    ApexEngineOptions o = {0};
    INVALID(apex_engine_new(NULL, NULL, NULL));
    o.threads = 1u << 31;
    INVALID(apex_engine_new(&o, &engine, NULL));
    o.threads = 1;
    o.num_library_paths = 3;
    INVALID(apex_engine_new(&o, &engine, NULL));
    const char *const none[1] = {NULL};
    o.library_paths = none;
    o.num_library_paths = 1;
    INVALID(apex_engine_new(&o, &engine, NULL));
    CHECK(engine == NULL);
    if (bad == NULL) CHECK_OK(apex_engine_free(bad));
    else INVALID(apex_engine_free(bad));
    CHECK(apex_engine_sandboxes(bad) == 0);
    ApexSandbox *s;
    INVALID(apex_sandbox_new(bad, NULL, &s, NULL));
}

static void test_sandbox(ApexSandbox *bad, ApexQueue *queue)
{
    size_t count;
    uint64_t call;
    ApexResult r;
    ApexStats stats;
    ApexVersion version;
    INVALID(apex_sandbox_destroy(bad));
    INVALID(apex_sandbox_retain(bad));
    apex_sandbox_release(bad);
    CHECK(apex_sandbox_name(bad) == NULL && apex_sandbox_context(bad) == NULL);
    INVALID(apex_sandbox_suspend(bad));
    INVALID(apex_sandbox_resume(bad));
    INVALID(apex_sandbox_set_limit(bad, APEX_LIMIT_MEMORY, 1));
    INVALID(apex_sandbox_load(bad, "x", 1, NULL));
    INVALID(apex_sandbox_load_path(bad, "x", NULL));
    INVALID(apex_sandbox_unload(bad, "x", true));
    INVALID(apex_sandbox_versions(bad, "x", &version, 1, &count));
    INVALID(apex_sandbox_rollback(bad, "x", 1));
    INVALID(apex_sandbox_call(bad, "m", "f", NULL, 0, NULL, &r));
    INVALID(apex_sandbox_call_async(bad, "m", "f", NULL, 0, NULL, on_done, NULL, &call));
    INVALID(apex_sandbox_call_queued(bad, "m", "f", NULL, 0, NULL, queue, NULL, &call));
    INVALID(apex_sandbox_cancel(bad, 1));
    INVALID(apex_sandbox_send(bad, "user", "\203j", 2));
    INVALID(apex_sandbox_stats(bad, &stats));
}

static void test_arguments(ApexEngine *engine, ApexSandbox *s)
{
    ApexSandboxOptions o = {0};
    ApexSandbox *t;
    ApexResult r;
    size_t count;
    INVALID(apex_sandbox_new(engine, NULL, NULL, NULL));
    o.allow = 1u << 31;
    INVALID(apex_sandbox_new(engine, &o, &t, NULL));
    o.allow = 0;
    o.deny = 1;
    INVALID(apex_sandbox_new(engine, &o, &t, NULL));
    o.deny = 0;
    o.functions = (ApexFunctions *)(void *)other;
    INVALID(apex_sandbox_new(engine, &o, &t, NULL));
    INVALID(apex_sandbox_set_limit(s, APEX_LIMIT_COUNT, 1));
    INVALID(apex_sandbox_load(s, NULL, 10, NULL));
    CHECK(apex_sandbox_load(s, "", 0, NULL) == APEX_EFORMAT);
    INVALID(apex_sandbox_load_path(s, NULL, NULL));
    CHECK(apex_sandbox_load_path(s, "/nowhere/at/all.beam", NULL) == APEX_ENOTFOUND);
    INVALID(apex_sandbox_unload(s, NULL, true));
    CHECK(apex_sandbox_unload(s, "nobody_knows_it", true) == APEX_ENOTFOUND);
    INVALID(apex_sandbox_versions(s, NULL, NULL, 0, &count));
    INVALID(apex_sandbox_versions(s, "guest", NULL, 3, &count));
    INVALID(apex_sandbox_versions(s, "guest", NULL, 0, NULL));
    INVALID(apex_sandbox_rollback(s, NULL, 1));
    INVALID(apex_sandbox_call(s, NULL, "f", NULL, 0, NULL, &r));
    INVALID(apex_sandbox_call(s, "m", NULL, NULL, 0, NULL, &r));
    INVALID(apex_sandbox_call(s, "m", "f", NULL, 9, NULL, &r));
    INVALID(apex_sandbox_call(s, "m", "f", NULL, 0, NULL, NULL));
    CHECK(apex_sandbox_call(s, "m", "f", "nonsense", 8, NULL, &r) == APEX_EFORMAT);
    INVALID(apex_sandbox_call_async(s, "m", "f", NULL, 0, NULL, NULL, NULL, NULL));
    INVALID(apex_sandbox_call_queued(s, "m", "f", NULL, 0, NULL, NULL, NULL, NULL));
    INVALID(apex_sandbox_cancel(s, 0));
    CHECK_OK(apex_sandbox_cancel(s, UINT64_MAX));
    INVALID(apex_sandbox_send(s, NULL, "\203j", 2));
    INVALID(apex_sandbox_send(s, "user", NULL, 2));
    CHECK(apex_sandbox_send(s, "user", "nonsense", 8) == APEX_EFORMAT);
    INVALID(apex_sandbox_stats(s, NULL));
}

static void test_functions_and_queues(ApexQueue *queue)
{
    ApexFunctions *f, *bad = (ApexFunctions *)(void *)other;
    ApexQueue *bad_queue = (ApexQueue *)(void *)other;
    ApexMessage m;
    INVALID(apex_functions_new(NULL));
    CHECK_OK(apex_functions_new(&f));
    INVALID(apex_functions_add(NULL, "m", "f", 0, function, NULL));
    INVALID(apex_functions_add(bad, "m", "f", 0, function, NULL));
    INVALID(apex_functions_add(f, "m", "f", 0, NULL, NULL));
    INVALID(apex_functions_add(f, NULL, "f", 0, function, NULL));
    INVALID(apex_functions_add(f, "m", NULL, 0, function, NULL));
    INVALID(apex_functions_add(f, "", "f", 0, function, NULL));
    INVALID(apex_functions_add(f, "m", "f", 256, function, NULL));
    INVALID(apex_functions_add_queued(f, "m", "f", 0, NULL, NULL));
    INVALID(apex_functions_add_queued(f, "m", "f", 0, bad_queue, NULL));
    INVALID(apex_functions_add_queued(NULL, "m", "f", 0, queue, NULL));
    apex_functions_release(f);
    apex_functions_release(NULL);
    apex_functions_release(bad);
    INVALID(apex_reply(NULL, "\203j", 2));
    INVALID(apex_reply_error(NULL, "\203j", 2));
    INVALID(apex_queue_new(NULL));
    CHECK(apex_queue_fd(NULL) == -1 && apex_queue_fd(bad_queue) == -1);
    CHECK(!apex_queue_next(NULL, &m) && !apex_queue_next(bad_queue, &m));
    CHECK(!apex_queue_next(queue, NULL));
    apex_queue_free(NULL);
    apex_queue_free(bad_queue);
    apex_message_clear(NULL);
    apex_bytes_free(NULL);
    apex_result_clear(NULL);
}

static void test_terms(void)
{
    uint8_t bytes[] = {131, 106};
    ApexReader r;
    ApexBytes text;
    CHECK(apex_reader_init(&r, "", 0) == APEX_EFORMAT);
    CHECK(apex_reader_init(&r, "x", 1) == APEX_EFORMAT);
    CHECK(apex_term_text("x", 1, &text) == APEX_EFORMAT);
    CHECK_OK(apex_reader_init(&r, bytes, sizeof bytes));
    int64_t i;
    CHECK(apex_get_int(&r, &i) == APEX_EINVAL);
    CHECK(*apex_status_text((ApexStatus)-1) != '\0' && *apex_status_text((ApexStatus)999) != '\0');
}

int main(int argc, char **argv)
{
    (void)argc;
    char path[1024];
    snprintf(path, sizeof path, "%s/guest.beam", argv[1]);
    test_engine(NULL);
    test_engine((ApexEngine *)(void *)other);
    ApexQueue *queue;
    CHECK_OK(apex_queue_new(&queue));
    test_sandbox(NULL, queue);
    test_sandbox((ApexSandbox *)(void *)other, queue);
    test_functions_and_queues(queue);
    test_terms();

    ApexFunctions *functions;
    CHECK_OK(apex_functions_new(&functions));
    CHECK_OK(apex_functions_add(functions, "host", "f", 0, function, NULL));
    ApexEngine *engine = new_engine(1);
    ApexSandboxOptions o = {0};
    o.functions = functions;
    ApexSandbox *s = new_sandbox(engine, &o);
    CHECK_OK(apex_sandbox_load_path(s, path, NULL));
    test_arguments(engine, s);
    check_call(s, "host", "f", NULL, APEX_CALL_RETURNED, "[]");
    check_call(s, "guest", "version", NULL, APEX_CALL_RETURNED, "1");
    apex_sandbox_release(s);
    apex_functions_release(functions);
    apex_queue_free(queue);
    CHECK_OK(apex_engine_free(engine));
    return 0;
}
