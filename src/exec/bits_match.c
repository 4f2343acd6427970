// SPDX-License-Identifier: Apache-2.0
// exec/bits_match.c - see bits_match.h.
#include "exec/bits_match.h"

bool bits_reserve(Process *p, Term *x, unsigned live, size_t words, uint32_t r)
{
    // A y register is on the stack, which is scanned anyway.
    bool extra = (r & 1) == 0 && r / 8 >= live;
    return exec_reserve(p, x, live, words, extra ? x + r / 8 : NULL, extra);
}

void bits_pin(Exec *e, Process *p, RefcBin *b)
{
    enum { WORTH = 8 };  // bytes below which shrinking frees nothing
    b->flags &= ~(uint64_t)BIN_WRITABLE;
    if (b->data->refs > 1 || b->data->capacity - b->size < WORTH) return;
    e->build_bit = e->build_end = 0;  // of this binary, perhaps
    BinData *data = bin_data_resize(p->heap.space, b->data, b->size);
    if (data == NULL) return;
    b->data = data;
    b->bytes = data->bytes;
}
