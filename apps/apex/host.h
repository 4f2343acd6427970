// SPDX-License-Identifier: Apache-2.0
// apps/apex/host.h - what `run` and `call` share: arguments, results, output.

#ifndef APEX_HOST_H
#define APEX_HOST_H

#include "sandbox/sandbox.h"
#include "sandbox_options.h"

// Appends a list of binaries in External Term Format, version byte first.
MUST_USE Status etf_binary_list(Buf *out, const char *const *texts, size_t n);

// Calls module:function(List), the list in External Term Format.
MUST_USE Status call_with_list(Sandbox *s, const char *module, const char *function,
                               const Buf *list, CallResult *r);

// Turns Erlang terms as text into the ETF of the list of them, in the sandbox.
// ST_INVALID: one of them is no term; the sandbox has said so on its error stream.
MUST_USE Status parse_terms(Sandbox *s, const char *const *texts, size_t n, Buf *out);

// Shows why a call failed, as Erlang or Elixir shows it, on the sandbox's error stream. The exit
// status that this comes to.
int show_failure(Sandbox *s, const CallResult *r);

// After the call that was the program: prints what is still to be logged and runs Elixir's hooks,
// which may change the exit status. The new one.
int finish_program(Sandbox *s, int status);

// The exit status for a sandbox whose call ended like this.
int exit_status_of(Sandbox *s, const CallResult *r);

// One word for a table: "done", "error", "halted", "limit memory", "deadline".
void describe_outcome(char *out, size_t size, const SandboxStatus *st, const CallResult *r);

#endif
