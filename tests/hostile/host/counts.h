// SPDX-License-Identifier: Apache-2.0
// tests/hostile/host/counts.h - what there is of everything that sandboxes share.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct Counts {
    int64_t atoms, images, exports, frozen, descriptors, threads;
    int64_t heap;      // bytes from malloc; 0 under AddressSanitizer
    int64_t resident;  // bytes of the process; looked at only where it is said
} Counts;

Counts count_all(void);
int64_t resident_bytes(void);
// The highest that resident_bytes was since the reset; 0: the system does not say.
int64_t resident_peak_bytes(void);
void resident_peak_reset(void);
// What b has more than a: "3 atoms, 1 threads". Empty: nothing. Resident memory is left out.
void counts_show_growth(char *out, size_t size, const Counts *a, const Counts *b);
// Counts again until nothing but `a` is there or ms milliseconds have passed: threads of
// others end in their own time.
Counts counts_settle(const Counts *a, unsigned ms);
