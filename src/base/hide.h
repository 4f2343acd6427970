// SPDX-License-Identifier: Apache-2.0
// base/hide.h - numbers that stand for addresses where guests may see them.
//
// A guest that knows where something of the process lies has half of an attack. So a value that
// is made of an address is enciphered with a key of this process: equal addresses give equal
// numbers, and nothing else is to be learned from them.
#pragma once
#include "base/status.h"

// Once, before any guest runs; again it does nothing. ST_IO: there are no random numbers.
MUST_USE Status hide_init(void);
uint64_t hide_address(const void *at);
const void *hide_undone(uint64_t hidden);  // any number: an address that may be none
