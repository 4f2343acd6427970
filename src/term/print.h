// SPDX-License-Identifier: Apache-2.0
// term/print.h - a term as erlang:display/1 and OTP's own reports write it.
#pragma once
#include "base/buf.h"
#include "term/term.h"

// Appends the text of t, at most max bytes of it: when more would be needed the
// text ends in "...". Iterative. ST_NOMEM: buf or scratch (charged to the arena
// of buf) was refused.
MUST_USE Status term_print(Buf *buf, Term t, size_t max);

// <0.N.M> and #Ref<0.A.B.C> and #Port<0.N> into out; returns the length, without
// terminator.
#define ID_TEXT_MAX 96
size_t term_print_pid(char *out, Term pid);   // local pid
size_t term_print_port(char *out, Term port); // local port
size_t term_print_ref(char *out, Term ref);   // local reference
