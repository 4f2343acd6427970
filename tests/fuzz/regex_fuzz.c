// SPDX-License-Identifier: Apache-2.0
// tests/fuzz/regex_fuzz.c - libFuzzer: regular expressions, options and subjects.
#include "guest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    guest_call_bytes("regex", data, size);
    return 0;
}
