// SPDX-License-Identifier: Apache-2.0
// api/handle.h - what the handles of apex.h are.
//
//   A1  an ApexSandbox has a reference for each that the host holds, and one until the last
//       callback of its sandbox has returned.
//   A2  `holders` counts the host's references alone: with the last one the sandbox is ended.
#pragma once
#include <stdatomic.h>

#include "apex.h"
#include "base/diag.h"
#include "base/status.h"
#include "sandbox/functions.h"
#include "sandbox/sandbox.h"

#define MAGIC_ENGINE    0x41706578456e6731u
#define MAGIC_SANDBOX   0x4170657853627831u
#define MAGIC_FUNCTIONS 0x41706578466e7331u
#define MAGIC_QUEUE     0x4170657851756531u

struct ApexEngine {
    uint64_t magic;
    Engine *engine;
};

struct ApexSandbox {
    uint64_t magic;
    Sandbox *inner;
    atomic_uint refs, holders;
    ApexOutputFn output;
    ApexEventFn event;
    void *context;
};

// A freed handle is found by its magic number while its memory is not in use again.
#define IS_HANDLE(h, number) ((h) != NULL && (h)->magic == (number))

ApexStatus api_status(Status st);
// Fills *e, which may be NULL, and returns the status. text NULL: that of the status.
ApexStatus api_fail(ApexError *e, ApexStatus status, const char *text);
ApexStatus api_fail_diag(ApexError *e, Status st, const Diag *d);

void api_sandbox_ref(ApexSandbox *s);
void api_sandbox_unref(ApexSandbox *s);

// The result of a call as the host has it; takes the bytes over.
void api_result(CallResult *from, ApexResult *to);

// Are these bytes one whole term with its version byte?
bool api_is_term(const void *term, size_t len);

// Answers error:noproc: whoever should have answered is gone.
void api_drop_reply(HostReply *reply);
// The sealed set behind a handle.
MUST_USE Status api_functions_seal(ApexFunctions *f, FunctionSet **out, Diag *d);

// ---- queues ---------------------------------------------------------------------------------
// A message that has its place already: pushing it cannot fail.
typedef struct QueueNode {
    struct QueueNode *next;
    ApexMessage message;  // the sandbox is retained as a holder does it
} QueueNode;

void queue_ref(ApexQueue *q);
void queue_unref(ApexQueue *q);
void queue_push(ApexQueue *q, QueueNode *node);  // takes over the node
