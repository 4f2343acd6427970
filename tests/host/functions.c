// SPDX-License-Identifier: Apache-2.0
// tests/host/functions.c DIR: functions of the host, queues, asynchronous calls.
#include <poll.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static ApexWriter number(int64_t v)
{
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_int(&w, v);
    CHECK_OK(apex_writer_status(&w));
    return w;
}

static ApexWriter args_of(const char *atom, int64_t v)
{
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_list(&w, atom == NULL ? 1 : 2);
    if (atom != NULL) apex_put_atom(&w, atom);
    apex_put_int(&w, v);
    apex_put_nil(&w);
    CHECK_OK(apex_writer_status(&w));
    return w;
}

static int64_t first_int(const uint8_t *args, size_t len)
{
    ApexReader r;
    size_t n;
    int64_t v;
    CHECK_OK(apex_reader_init(&r, args, len));
    CHECK_OK(apex_get_list(&r, &n));
    CHECK_OK(apex_get_int(&r, &v));
    return v;
}

static void twice(void *context, ApexSandbox *sandbox, ApexReply *reply, const uint8_t *args,
                  size_t len)
{
    CHECK(apex_sandbox_context(sandbox) == context);
    ApexResult r;
    // A worker thread does not wait.
    CHECK(apex_sandbox_call(sandbox, "guest", "version", NULL, 0, NULL, &r) == APEX_EBUSY);
    CHECK(apex_reply(reply, "nonsense", 8) == APEX_EFORMAT);
    ApexWriter w = number(2 * first_int(args, len));
    CHECK_OK(apex_reply(reply, w.data, w.len));
    apex_writer_clear(&w);
}

static void refuse(void *context, ApexSandbox *sandbox, ApexReply *reply, const uint8_t *args,
                   size_t len)
{
    (void)context, (void)sandbox, (void)args, (void)len;
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_atom(&w, "not_today");
    CHECK_OK(apex_reply_error(reply, w.data, w.len));
    apex_writer_clear(&w);
}

static ApexReply *kept;

static void die(void *context, ApexSandbox *sandbox, ApexReply *reply, const uint8_t *args,
                size_t len)
{
    (void)context, (void)args, (void)len;
    CHECK_OK(apex_sandbox_destroy(sandbox));  // asks, on a worker thread
    kept = reply;
}

static int marker;

static ApexFunctions *make_functions(ApexQueue *q)
{
    ApexFunctions *f;
    CHECK_OK(apex_functions_new(&f));
    CHECK_OK(apex_functions_add(f, "host", "twice", 1, twice, &marker));
    CHECK_OK(apex_functions_add(f, "host", "refuse", 1, refuse, NULL));
    CHECK_OK(apex_functions_add(f, "host", "die", 1, die, NULL));
    CHECK_OK(apex_functions_add_queued(f, "host", "later", 1, q, &marker));
    CHECK_OK(apex_functions_add_queued(f, "other", "later", 0, q, NULL));
    CHECK(apex_functions_add(f, "host", "twice", 1, twice, NULL) == APEX_EEXIST);
    CHECK(apex_functions_add(f, "host", "twice", 999, twice, NULL) == APEX_EINVAL);
    CHECK(apex_functions_add(f, "host", NULL, 1, twice, NULL) == APEX_EINVAL);
    return f;
}

static void wait_readable(ApexQueue *q)
{
    struct pollfd p;
    p.fd = apex_queue_fd(q);
    p.events = POLLIN;
    CHECK(poll(&p, 1, 60000) == 1);
}

static void test_replies(ApexSandbox *s)
{
    ApexWriter w = args_of(NULL, 21);
    check_call(s, "guest", "ask", &w, APEX_CALL_RETURNED, "42");
    check_call(s, "host", "twice", &w, APEX_CALL_RETURNED, "42");
    apex_writer_clear(&w);
    w = args_of("refuse", 1);
    check_call(s, "guest", "ask", &w, APEX_CALL_FAILED, "{not_today,[{host,refuse,1,[]}]}");
    apex_writer_clear(&w);
    w = args_of("unknown", 1);
    check_call(s, "guest", "ask", &w, APEX_CALL_FAILED, NULL);
    apex_writer_clear(&w);
}

// One call whose processes make a hundred requests, answered from this thread in another order.
static void test_later(ApexSandbox *s, ApexQueue *q)
{
    ApexWriter w = args_of(NULL, 100);
    ApexReply *waiting[100];
    int64_t values[100];
    int requests = 0;
    CHECK_OK(apex_sandbox_call_queued(s, "guest", "many", w.data, w.len, NULL, q, &w, NULL));
    for (bool over = false; !over;) {
        ApexMessage m;
        wait_readable(q);
        if (!apex_queue_next(q, &m)) continue;
        if (m.kind == APEX_MESSAGE_REQUEST) {
            CHECK(m.tag == &marker && m.sandbox == s && requests < 100);
            values[requests] = first_int(m.args.data, m.args.len);
            waiting[requests++] = m.reply;
        } else {
            CHECK(m.tag == &w && m.status == APEX_OK && m.result.outcome == APEX_CALL_RETURNED);
            ApexBytes text;
            CHECK_OK(apex_term_text(m.result.term.data, m.result.term.len, &text));
            CHECK(strcmp((char *)text.data, "10100") == 0);
            apex_bytes_free(&text);
            over = true;
        }
        apex_message_clear(&m);
        for (int i = 99; requests == 100 && i >= 0; i--) {
            ApexWriter v = number(2 * values[i]);
            CHECK_OK(apex_reply(waiting[i], v.data, v.len));
            apex_writer_clear(&v);
            if (i == 0) requests = 0;
        }
    }
    apex_writer_clear(&w);
}

typedef struct Ended {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int outcomes[APEX_CALL_CANCELLED + 1];
    int total;
} Ended;

static void on_done(void *context, ApexSandbox *sandbox, ApexStatus status, ApexResult *result)
{
    Ended *e = (Ended *)context;
    CHECK(sandbox != NULL && status == APEX_OK);
    pthread_mutex_lock(&e->lock);
    e->outcomes[result->outcome]++;
    e->total++;
    pthread_cond_signal(&e->changed);
    pthread_mutex_unlock(&e->lock);
}

static void test_async(ApexEngine *engine, const char *path)
{
    Ended e;
    memset(&e, 0, sizeof e);
    pthread_mutex_init(&e.lock, NULL);
    pthread_cond_init(&e.changed, NULL);
    ApexSandbox *s = new_sandbox(engine, NULL);
    CHECK_OK(apex_sandbox_load_path(s, path, NULL));
    uint64_t call;
    ApexCallOptions soon = {UINT64_C(10000000)};
    CHECK_OK(apex_sandbox_call_async(s, "guest", "version", NULL, 0, NULL, on_done, &e, NULL));
    CHECK_OK(apex_sandbox_call_async(s, "guest", "absent", NULL, 0, NULL, on_done, &e, NULL));
    CHECK_OK(apex_sandbox_call_async(s, "guest", "forever", NULL, 0, &soon, on_done, &e, NULL));
    CHECK_OK(apex_sandbox_call_async(s, "guest", "wait", NULL, 0, NULL, on_done, &e, &call));
    CHECK_OK(apex_sandbox_cancel(s, call));
    pthread_mutex_lock(&e.lock);
    while (e.total < 4) pthread_cond_wait(&e.changed, &e.lock);
    pthread_mutex_unlock(&e.lock);
    CHECK_OK(apex_sandbox_call_async(s, "guest", "forever", NULL, 0, NULL, on_done, &e, NULL));
    CHECK_OK(apex_sandbox_call_async(s, "guest", "wait", NULL, 0, NULL, on_done, &e, NULL));
    CHECK_OK(apex_sandbox_destroy(s));
    for (int i = APEX_CALL_RETURNED; i <= APEX_CALL_CANCELLED; i++)
        CHECK(e.outcomes[i] == (i == APEX_CALL_STOPPED ? 2 : 1));
    CHECK(apex_sandbox_call_async(s, "guest", "version", NULL, 0, NULL, on_done, &e, NULL) ==
          APEX_ECLOSED);
    apex_sandbox_release(s);
    pthread_cond_destroy(&e.changed);
    pthread_mutex_destroy(&e.lock);
}

static void *call_forever(void *arg)
{
    ApexSandbox *s = (ApexSandbox *)arg;
    ApexResult r;
    CHECK_OK(apex_sandbox_call(s, "guest", "forever", NULL, 0, NULL, &r));
    CHECK(r.outcome == APEX_CALL_STOPPED);
    apex_sandbox_release(s);
    return NULL;
}

// The sandbox goes while threads wait for its calls.
static void test_destroy_in_call(ApexEngine *engine, const char *path)
{
    ApexSandbox *s = new_sandbox(engine, NULL);
    CHECK_OK(apex_sandbox_load_path(s, path, NULL));
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        CHECK_OK(apex_sandbox_retain(s));
        CHECK(pthread_create(&threads[i], NULL, call_forever, s) == 0);
    }
    struct timespec t = {0, 20000000};
    nanosleep(&t, NULL);
    CHECK_OK(apex_sandbox_destroy(s));
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    apex_sandbox_release(s);
}

// A reply comes when its process has gone.
static void test_late_reply(ApexEngine *engine, ApexFunctions *f, ApexQueue *q, const char *path)
{
    ApexSandboxOptions o = {0};
    o.functions = f;
    o.context = &marker;
    ApexSandbox *s = new_sandbox(engine, &o);
    CHECK_OK(apex_sandbox_load_path(s, path, NULL));
    ApexWriter w = args_of("later", 1), v = number(5);
    ApexMessage m, call;
    uint64_t id;
    CHECK_OK(apex_sandbox_call_queued(s, "guest", "ask", w.data, w.len, NULL, q, NULL, &id));
    wait_readable(q);
    CHECK(apex_queue_next(q, &m) && m.kind == APEX_MESSAGE_REQUEST);
    CHECK_OK(apex_sandbox_cancel(s, id));
    wait_readable(q);
    CHECK(apex_queue_next(q, &call) && call.result.outcome == APEX_CALL_CANCELLED);
    apex_message_clear(&call);
    CHECK_OK(apex_reply(m.reply, v.data, v.len));
    apex_message_clear(&m);
    apex_sandbox_release(s);
    apex_writer_clear(&w);
    apex_writer_clear(&v);
}

// A reply comes when its sandbox has gone.
static void test_gone_before_reply(ApexEngine *engine, ApexFunctions *f, ApexQueue *q,
                                   const char *path)
{
    ApexSandboxOptions o = {0};
    o.functions = f;
    ApexSandbox *s = new_sandbox(engine, &o);
    CHECK_OK(apex_sandbox_load_path(s, path, NULL));
    ApexWriter w = args_of("later", 1), v = number(5);
    ApexMessage m, call;
    CHECK_OK(apex_sandbox_call_queued(s, "guest", "ask", w.data, w.len, NULL, q, NULL, NULL));
    wait_readable(q);
    CHECK(apex_queue_next(q, &m) && m.kind == APEX_MESSAGE_REQUEST);
    CHECK_OK(apex_sandbox_destroy(s));
    apex_sandbox_release(s);
    wait_readable(q);
    CHECK(apex_queue_next(q, &call) && call.kind == APEX_MESSAGE_CALL &&
          call.result.outcome == APEX_CALL_STOPPED);
    apex_message_clear(&call);
    CHECK_OK(apex_reply(m.reply, v.data, v.len));
    apex_message_clear(&m);
    // And one that its own host function destroys.
    s = new_sandbox(engine, &o);
    CHECK_OK(apex_sandbox_load_path(s, path, NULL));
    apex_writer_clear(&w);
    w = args_of("die", 1);
    check_call(s, "guest", "ask", &w, APEX_CALL_STOPPED, NULL);
    CHECK_OK(apex_reply(kept, v.data, v.len));
    apex_sandbox_release(s);
    apex_writer_clear(&w);
    apex_writer_clear(&v);
}

int main(int argc, char **argv)
{
    char path[1024];
    CHECK(argc == 2);
    snprintf(path, sizeof path, "%s/guest.beam", argv[1]);
    ApexQueue *q;
    CHECK_OK(apex_queue_new(&q));
    ApexFunctions *f = make_functions(q);
    ApexEngine *engine = new_engine(2);
    ApexSandboxOptions o = {0};
    o.functions = f;
    o.context = &marker;
    ApexSandbox *s = new_sandbox(engine, &o);
    CHECK(apex_functions_add(f, "host", "more", 1, twice, NULL) == APEX_EBUSY);
    CHECK_OK(apex_sandbox_load_path(s, path, NULL));
    test_replies(s);
    test_later(s, q);
    test_async(engine, path);
    test_destroy_in_call(engine, path);
    test_late_reply(engine, f, q, path);
    test_gone_before_reply(engine, f, q, path);
    apex_sandbox_release(s);
    apex_functions_release(f);
    CHECK_OK(apex_engine_free(engine));
    apex_queue_free(q);
    return 0;
}
