// SPDX-License-Identifier: Apache-2.0
// tests/fuzz/number_fuzz.c - libFuzzer: numbers read, printed and read again.
#include "guest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    guest_call_bytes("numbers", data, size);
    return 0;
}
