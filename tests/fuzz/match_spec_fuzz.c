// SPDX-License-Identifier: Apache-2.0
// tests/fuzz/match_spec_fuzz.c - libFuzzer: match specifications, decoded and built, on terms and tables.
#include "guest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    guest_call_bytes("match_spec", data, size);
    return 0;
}
