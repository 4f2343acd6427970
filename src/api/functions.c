// SPDX-License-Identifier: Apache-2.0
// api/functions.c - functions of the host, and their answers.
#include <stdlib.h>
#include <string.h>

#include "api/handle.h"

// One function, as its callback finds it. They live as long as the set.
typedef struct Entry {
    struct Entry *next;
    ApexFunctionFn call;
    void *context;
    ApexQueue *queue;  // instead of call: one reference
} Entry;

struct ApexFunctions {
    uint64_t magic;
    FunctionSet *set;
    _Atomic(Entry *) entries;
};

static void free_entries(void *context)
{
    ApexFunctions *f = context;
    for (Entry *e = atomic_load(&f->entries), *next; e != NULL; e = next) {
        next = e->next;
        if (e->queue != NULL) queue_unref(e->queue);
        free(e);
    }
    free(f);
}

ApexStatus apex_functions_new(ApexFunctions **functions)
{
    if (functions == NULL) return APEX_EINVAL;
    *functions = NULL;
    ApexFunctions *f = calloc(1, sizeof *f);
    if (f == NULL) return APEX_ENOMEM;
    f->magic = MAGIC_FUNCTIONS;
    f->set = function_set_new(free_entries, f);
    if (f->set == NULL) {
        free(f);
        return APEX_ENOMEM;
    }
    *functions = f;
    return APEX_OK;
}

void apex_functions_release(ApexFunctions *functions)
{
    if (!IS_HANDLE(functions, MAGIC_FUNCTIONS)) return;
    functions->magic = 0;
    function_set_release(functions->set);
}

Status api_functions_seal(ApexFunctions *f, FunctionSet **out, Diag *d)
{
    *out = f->set;
    return function_set_seal(f->set, d);
}

// ---- requests --------------------------------------------------------------------------------
static void push_request(const Entry *e, ApexSandbox *s, HostReply *reply, const uint8_t *args,
                         size_t len)
{
    QueueNode *node = calloc(1, sizeof *node);
    uint8_t *copy = node == NULL ? NULL : malloc(len);
    if (copy == NULL) {
        free(node);
        api_drop_reply(reply);
        return;
    }
    memcpy(copy, args, len);
    node->message = (ApexMessage){.kind = APEX_MESSAGE_REQUEST,
                                  .tag = e->context,
                                  .sandbox = s,
                                  .reply = (ApexReply *)reply,
                                  .args = {copy, len}};
    queue_push(e->queue, node);
}

static void on_request(void *context, void *sandbox, HostReply *reply, const uint8_t *args,
                       size_t len)
{
    const Entry *e = context;
    if (e->queue != NULL) push_request(e, sandbox, reply, args, len);
    else e->call(e->context, sandbox, (ApexReply *)reply, args, len);
}

static ApexStatus add(ApexFunctions *f, const char *module, const char *function, unsigned arity,
                      const Entry *from)
{
    if (!IS_HANDLE(f, MAGIC_FUNCTIONS) || module == NULL || function == NULL) return APEX_EINVAL;
    Entry *e = malloc(sizeof *e);
    if (e == NULL) return APEX_ENOMEM;
    *e = *from;
    Status st = function_set_add(f->set, module, function, arity, on_request, e);
    if (st != ST_OK) {
        free(e);
        return api_status(st);
    }
    if (e->queue != NULL) queue_ref(e->queue);
    Entry *head = atomic_load(&f->entries);
    do {
        e->next = head;
    } while (!atomic_compare_exchange_weak(&f->entries, &head, e));
    return APEX_OK;
}

ApexStatus apex_functions_add(ApexFunctions *functions, const char *module, const char *function,
                              unsigned arity, ApexFunctionFn call, void *context)
{
    if (call == NULL) return APEX_EINVAL;
    return add(functions, module, function, arity, &(Entry){.call = call, .context = context});
}

ApexStatus apex_functions_add_queued(ApexFunctions *functions, const char *module,
                                     const char *function, unsigned arity, ApexQueue *queue,
                                     void *tag)
{
    if (apex_queue_fd(queue) < 0) return APEX_EINVAL;
    return add(functions, module, function, arity, &(Entry){.queue = queue, .context = tag});
}

void api_drop_reply(HostReply *reply)
{
    static const uint8_t noproc[] = {131, 119, 6, 'n', 'o', 'p', 'r', 'o', 'c'};
    if (host_reply(reply, true, noproc, sizeof noproc) != ST_OK) host_reply_refused(reply);
}

// ---- answers --------------------------------------------------------------------------------------
static ApexStatus answer(ApexReply *reply, bool failed, const void *term, size_t len)
{
    if (reply == NULL || term == NULL) return APEX_EINVAL;
    if (!api_is_term(term, len)) return APEX_EFORMAT;
    return api_status(host_reply((HostReply *)reply, failed, term, len));
}

ApexStatus apex_reply(ApexReply *reply, const void *term, size_t len)
{
    return answer(reply, false, term, len);
}

ApexStatus apex_reply_error(ApexReply *reply, const void *reason, size_t len)
{
    return answer(reply, true, reason, len);
}
