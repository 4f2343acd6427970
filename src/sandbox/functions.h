// SPDX-License-Identifier: Apache-2.0
// sandbox/functions.h - functions of the host that guests call.
//
// A set of them is made once and given to any number of sandboxes. Sealing it makes one
// ordinary module image for each module that it names; in a sandbox they are loaded like
// modules of the library.
//
//   F1  a sealed set is never written again: any thread may read it.
#pragma once
#include "code/code_table.h"
#include "proc/isolate.h"

typedef struct FunctionSet FunctionSet;
typedef struct HostReply HostReply;

// Called on the worker thread that runs the sandbox. args: the list of arguments in External
// Term Format, borrowed for the call. reply is answered exactly once, now or later, by any thread.
typedef void (*HostFunction)(void *context, void *sandbox_context, HostReply *reply,
                             const uint8_t *args, size_t len);

// One reference; NULL: no memory. freed(context) is called when the set is gone, unless NULL.
FunctionSet *function_set_new(void (*freed)(void *context), void *context);
void function_set_retain(FunctionSet *f);
void function_set_release(FunctionSet *f);  // NULL does nothing
// ST_EXISTS: there is one of this name; ST_FROZEN: sealed; ST_INVALID: a name that is no
// atom, or an arity beyond 250.
MUST_USE Status function_set_add(FunctionSet *f, const char *module, const char *function,
                                 unsigned arity, HostFunction call, void *context);
// Idempotent, thread-safe. Needs an engine.
MUST_USE Status function_set_seal(FunctionSet *f, Diag *d);
// Loads its modules into a code table. Sealed.
MUST_USE Status function_set_link(const FunctionSet *f, CodeTable *t);

// IsolateHost.request; host is the sandbox.
Status functions_request(void *host, struct HostRequest *r, Term module, Term function,
                         unsigned arity, const uint8_t *args, size_t len);

// Answers with a term in External Term Format, which is copied; failed: error:Term in the
// guest. Any thread. reply is gone afterwards, unless ST_NOMEM: then it is as before.
MUST_USE Status host_reply(HostReply *reply, bool failed, const uint8_t *etf, size_t len);
// There is no memory for any answer: who waits is killed, as if the sandbox had none for it.
// Any thread; needs no memory. reply is gone.
void host_reply_refused(HostReply *reply);
