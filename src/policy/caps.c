// SPDX-License-Identifier: Apache-2.0
// policy/caps.c - names of capabilities.
#include "policy/caps.h"

const char *cap_text(Cap c)
{
    static const char *const texts[] = {
#define CAP(name, text, meaning, without) [CAP_##name] = text,
#include "policy/caps.def"
#undef CAP
    };
    return c < CAP_COUNT ? texts[c] : "?";
}
