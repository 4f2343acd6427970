// SPDX-License-Identifier: Apache-2.0
#include "host_functions.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "neighbour.h"
#include "program.h"

typedef struct Open {
    struct Open *next;
    HostReply *reply;
    size_t len;
    uint8_t args[];
} Open;

static struct {
    pthread_mutex_t lock;
    Open *later, *never;
    bool stopping;
    pthread_t thread;
} open_calls = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void answer(HostReply *r, const uint8_t *args, size_t len)
{
    if (host_reply(r, false, args, len) != ST_OK) die("host_reply", "no memory");
}

static void echo(void *context, void *sandbox, HostReply *reply, const uint8_t *args, size_t len)
{
    answer(reply, args, len);
}

static void keep(Open **list, HostReply *reply, const uint8_t *args, size_t len)
{
    Open *o = malloc(sizeof *o + len);
    if (o == NULL) die("host", "no memory");
    o->reply = reply;
    o->len = len;
    memcpy(o->args, args, len);
    pthread_mutex_lock(&open_calls.lock);
    o->next = *list;
    *list = o;
    pthread_mutex_unlock(&open_calls.lock);
}

static void later(void *context, void *sandbox, HostReply *reply, const uint8_t *args, size_t len)
{
    keep(&open_calls.later, reply, args, len);
}

static void never(void *context, void *sandbox, HostReply *reply, const uint8_t *args, size_t len)
{
    keep(&open_calls.never, reply, args, len);
}

static void answer_all(Open **list)
{
    pthread_mutex_lock(&open_calls.lock);
    Open *o = *list;
    *list = NULL;
    pthread_mutex_unlock(&open_calls.lock);
    for (Open *next; o != NULL; o = next) {
        next = o->next;
        answer(o->reply, o->args, o->len);
        free(o);
    }
}

static void *answer_thread(void *arg)
{
    for (bool stopping = false; !stopping;) {
        sleep_ns(1000000);
        answer_all(&open_calls.later);
        pthread_mutex_lock(&open_calls.lock);
        stopping = open_calls.stopping;
        pthread_mutex_unlock(&open_calls.lock);
    }
    return NULL;
}

void host_functions_answer_all(void) { answer_all(&open_calls.never); }

FunctionSet *host_functions_new(void)
{
    FunctionSet *f = function_set_new(NULL, NULL);
    Diag d;
    diag_init(&d);
    if (f == NULL || function_set_add(f, "host", "echo", 1, echo, NULL) != ST_OK ||
        function_set_add(f, "host", "later", 1, later, NULL) != ST_OK ||
        function_set_add(f, "host", "never", 1, never, NULL) != ST_OK ||
        function_set_seal(f, &d) != ST_OK)
        die("host functions", "cannot be made");
    open_calls.stopping = false;
    if (pthread_create(&open_calls.thread, NULL, answer_thread, NULL) != 0)
        die("host functions", "no thread");
    return f;
}

void host_functions_free(FunctionSet *f)
{
    pthread_mutex_lock(&open_calls.lock);
    open_calls.stopping = true;
    pthread_mutex_unlock(&open_calls.lock);
    pthread_join(open_calls.thread, NULL);
    answer_all(&open_calls.later);
    answer_all(&open_calls.never);
    function_set_release(f);
}
