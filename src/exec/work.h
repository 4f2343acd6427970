// SPDX-License-Identifier: Apache-2.0
// exec/work.h - what handlers share beyond handler.h.
#pragma once
#include "exec/handler.h"

// Memory was refused: the process is to die of it. (Sets p->exc.)
void exec_set_no_memory(Process *p);

// After an instruction built a value beside what it had reserved: collects when
// fragments hang on the heap. `value` survives; x[0..live) too.
#define COLLECT_WITH(value, live)                                                   \
    do {                                                                            \
        if (UNLIKELY(heap_wants_gc(&p->heap))) {                                    \
            SAVE();                                                                 \
            if (!exec_reserve(p, x, (live), 0, &(value), 1)) TAIL_CALL(exec_raise); \
            LOAD();                                                                 \
        }                                                                           \
    } while (0)
