// SPDX-License-Identifier: Apache-2.0
// base/status.h - how a host-side function says that it failed.
//
// A guest's failure is an Erlang exception and never a Status.

#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include "base/compiler.h"

typedef enum Status {
#define STATUS(name, text) name,
#include "base/status.def"
#undef STATUS
} Status;

// A short English text, never NULL, static.
const char *status_text(Status st);

// "ST_LIMIT": the name in the source. Never NULL, static.
const char *status_name(Status st);

// Makes the result of a macro one that must be used.
MUST_USE static inline Status status_must(Status st) { return st; }

// Returns from the calling function with the status of expr unless it is ST_OK.
#define TRY(expr)                                               \
    do {                                                        \
        Status try_status_ = (expr);                            \
        if (UNLIKELY(try_status_ != ST_OK)) return try_status_; \
    } while (0)

#endif
