// SPDX-License-Identifier: Apache-2.0
// bif/request.h - a guest calls a function of the host and waits for the answer.
#pragma once
#include "bif/bif.h"

// Lives behind a MagicRef of the process that waits; with the last reference (the process
// is over) nobody waits any more.
typedef struct HostRequest {
    NativeObject object;
    Term pid;
    void *host;          // who will answer; NULL: answered or never asked
    void (*forget)(struct HostRequest *r);  // called before r goes while host is set
    bool done, failed;   // failed: bytes are the reason of an error
    uint8_t *bytes;      // the answer in External Term Format, from malloc, charged to the
                         // sandbox; NULL: its memory did not hold it
    size_t len;
} HostRequest;

// The host answers; takes over bytes. On the thread that runs the sandbox.
void request_answer(struct Isolate *iso, HostRequest *r, bool failed, uint8_t *bytes, size_t len);
