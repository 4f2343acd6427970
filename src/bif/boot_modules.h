// SPDX-License-Identifier: Apache-2.0
// bif/boot_modules.h - the compiled modules of boot/, made by tools/embed_boot.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct BootModule {
    const char *name;
    const uint8_t *bytes;  // of the .beam file
    size_t len;
} BootModule;

extern const BootModule boot_modules[];
extern const size_t boot_modules_count;
