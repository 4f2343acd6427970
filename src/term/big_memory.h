// SPDX-License-Identifier: Apache-2.0
// term/big_memory.h - GMP's scratch memory when the system has none.
//
// GMP calls abort when its allocation function fails. It asks for little (term/big_long.h), and
// never keeps anything between two calls of ours; so one reserve is enough, which those who get
// nothing from the system take turns to use.
#pragma once

// Once per OS process, before the first operation. A host that has given GMP functions of its own
// keeps them.
void big_memory_init(void);
