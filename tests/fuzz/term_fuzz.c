// SPDX-License-Identifier: Apache-2.0
// tests/fuzz/term_fuzz.c - libFuzzer: laws of order, hash, arithmetics, maps, encoding and copies on any terms.
#include "guest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    guest_call_bytes("terms", data, size);
    return 0;
}
