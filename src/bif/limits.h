// SPDX-License-Identifier: Apache-2.0
// bif/limits.h - sizes that no value may pass, whatever memory there is.
#pragma once

// The size in bits of a binary has to be a small integer.
#define BINARY_MAX_BYTES (((uint64_t)1 << 56) - 1)
