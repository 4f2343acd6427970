// SPDX-License-Identifier: Apache-2.0
#include "term/fun.h"

#include <string.h>

#include "beam/program_md5.h"

void fun_uniq(const FunEntry *e, uint8_t out[16])
{
    if (e->program == NULL) memcpy(out, e->uniq, sizeof e->uniq);
    else (void)program_md5_get(e->program, out);
}
