// SPDX-License-Identifier: Apache-2.0
// api/call.c - calls and messages.
#include <stdlib.h>
#include <string.h>

#include "api/handle.h"

static const uint8_t no_args[] = {131, 106};  // []

static bool fill_spec(CallSpec *spec, const ApexSandbox *s, const char *module,
                      const char *function, const void *args, size_t len, const ApexCallOptions *o)
{
    if (!IS_HANDLE(s, MAGIC_SANDBOX) || module == NULL || function == NULL ||
        (args == NULL && len > 0))
        return false;
    *spec = (CallSpec){.module = module, .function = function, .args = args, .len = len};
    if (len == 0) spec->args = no_args, spec->len = sizeof no_args;
    if (o != NULL) spec->timeout = o->timeout > INT64_MAX ? INT64_MAX : (int64_t)o->timeout;
    return true;
}

ApexStatus apex_sandbox_call(ApexSandbox *sandbox, const char *module, const char *function,
                             const void *args, size_t args_len, const ApexCallOptions *options,
                             ApexResult *result)
{
    if (result == NULL) return APEX_EINVAL;
    *result = (ApexResult){0};
    CallSpec spec;
    if (!fill_spec(&spec, sandbox, module, function, args, args_len, options)) return APEX_EINVAL;
    CallResult r;
    Status st = sandbox_call_spec(sandbox->inner, &spec, &r);
    if (st == ST_OK) api_result(&r, result);
    call_result_clear(&r);
    return api_status(st);
}

// ---- asynchronous ---------------------------------------------------------------------------
typedef struct AsyncCall {
    ApexSandbox *sandbox;  // one reference
    ApexDoneFn done;
    void *context;
    ApexQueue *queue;      // instead of done: one reference
    QueueNode *node;
} AsyncCall;

static void free_async(AsyncCall *a)
{
    api_sandbox_unref(a->sandbox);
    if (a->queue != NULL) queue_unref(a->queue);
    free(a->node);
    free(a);
}

static void on_done(void *context, Status status, CallResult *from)
{
    AsyncCall *a = context;
    ApexResult result;
    api_result(from, &result);
    call_result_clear(from);
    if (a->queue == NULL) {
        a->done(a->context, a->sandbox, api_status(status), &result);
        apex_result_clear(&result);
    } else {
        ApexMessage *m = &a->node->message;
        *m = (ApexMessage){.kind = APEX_MESSAGE_CALL,
                           .tag = a->context,
                           .sandbox = a->sandbox,
                           .status = api_status(status),
                           .result = result};
        queue_push(a->queue, a->node);
        a->node = NULL;
    }
    free_async(a);
}

static ApexStatus begin(AsyncCall *a, CallSpec *spec, uint64_t *call)
{
    api_sandbox_ref(a->sandbox);
    if (a->queue != NULL) queue_ref(a->queue);
    spec->done = on_done;
    spec->context = a;
    Status st = sandbox_call_async(a->sandbox->inner, spec, call);
    if (st != ST_OK) free_async(a);
    return api_status(st);
}

ApexStatus apex_sandbox_call_async(ApexSandbox *sandbox, const char *module, const char *function,
                                   const void *args, size_t args_len,
                                   const ApexCallOptions *options, ApexDoneFn done, void *context,
                                   uint64_t *call)
{
    CallSpec spec;
    if (!fill_spec(&spec, sandbox, module, function, args, args_len, options) || done == NULL)
        return APEX_EINVAL;
    AsyncCall *a = calloc(1, sizeof *a);
    if (a == NULL) return APEX_ENOMEM;
    *a = (AsyncCall){.sandbox = sandbox, .done = done, .context = context};
    return begin(a, &spec, call);
}

ApexStatus apex_sandbox_call_queued(ApexSandbox *sandbox, const char *module, const char *function,
                                    const void *args, size_t args_len,
                                    const ApexCallOptions *options, ApexQueue *queue, void *tag,
                                    uint64_t *call)
{
    CallSpec spec;
    if (!fill_spec(&spec, sandbox, module, function, args, args_len, options)) return APEX_EINVAL;
    if (apex_queue_fd(queue) < 0) return APEX_EINVAL;
    AsyncCall *a = calloc(1, sizeof *a);
    QueueNode *node = calloc(1, sizeof *node);
    if (a == NULL || node == NULL) {
        free(a);
        free(node);
        return APEX_ENOMEM;
    }
    *a = (AsyncCall){.sandbox = sandbox, .context = tag, .queue = queue, .node = node};
    return begin(a, &spec, call);
}

ApexStatus apex_sandbox_cancel(ApexSandbox *sandbox, uint64_t call)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX) || call == 0) return APEX_EINVAL;
    return api_status(sandbox_call_cancel(sandbox->inner, call));
}

ApexStatus apex_sandbox_send(ApexSandbox *sandbox, const char *name, const void *term, size_t len)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX) || name == NULL || term == NULL) return APEX_EINVAL;
    return api_status(sandbox_send(sandbox->inner, name, term, len));
}
