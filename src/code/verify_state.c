// SPDX-License-Identifier: Apache-2.0
// code/verify_state.c - states, packed away at labels, and merged there.
//
// A packed state is its head and then x, y, handlers (two words each) and floats
// (two words each). Merging never needs more room: what one way does not know is
// not known.
#include "code/verify_int.h"

typedef struct Head {
    uint32_t frame;
    uint32_t heap;
    uint16_t num_x, num_y;
    uint16_t num_handlers;
    uint8_t num_floats;
    uint8_t open;
} Head;
enum { HEAD_WORDS = sizeof(Head) / 4 };

size_t state_words(const VState *s)
{
    return HEAD_WORDS + s->num_x + s->slots + 2 * (size_t)s->num_handlers +
           2 * (size_t)s->num_floats;
}

Status state_save(const VState *s, StateBuf *buf)
{
    size_t words = state_words(s);
    TRY(vec_reserve(buf, words));
    uint32_t *at = buf->items + buf->len, slots = s->slots;
    buf->len += words;
    *(Head *)at = (Head){.frame = s->frame,
                         .heap = s->heap,
                         .num_x = (uint16_t)s->num_x,
                         .num_y = (uint16_t)slots,
                         .num_handlers = (uint16_t)s->num_handlers,
                         .num_floats = (uint8_t)s->num_floats,
                         .open = s->open};
    at += HEAD_WORDS;
    memcpy(at, s->x, s->num_x * 4);
    at += s->num_x;
    memcpy(at, s->y, slots * 4);
    at += slots;
    memcpy(at, s->handlers, s->num_handlers * sizeof *s->handlers);
    at += 2 * s->num_handlers;
    memcpy(at, s->floats, s->num_floats * 8);
    return ST_OK;
}

void state_load(VState *s, const uint32_t *saved)
{
    const Head *h = (const Head *)saved;
    const uint32_t *at = saved + HEAD_WORDS;
    s->frame = h->frame, s->heap = h->heap, s->open = h->open, s->fresh = false;
    s->num_x = h->num_x, s->slots = h->num_y;
    s->num_handlers = h->frame == FRAME_MIXED ? 0 : h->num_handlers;
    s->num_floats = h->num_floats;
    memcpy(s->x, at, h->num_x * 4u);
    at += h->num_x;
    memcpy(s->y, at, h->num_y * 4u);
    at += h->num_y;
    memcpy(s->handlers, at, s->num_handlers * sizeof *s->handlers);
    at += 2 * h->num_handlers;
    memcpy(s->floats, at, h->num_floats * 8u);
    while (s->num_x > 0 && s->x[s->num_x - 1] & T_UNSET) s->num_x--;
    s->unset_y = 0;
    for (uint32_t i = 0; i < s->num_x; i++) s->fresh |= (s->x[i] & T_FRESH) != 0;
    for (uint32_t i = 0, n = s->slots; i < n; i++) {
        s->unset_y += (s->y[i] & T_UNSET) != 0;
        s->fresh |= (s->y[i] & T_FRESH) != 0;
    }
}

static bool same_handlers(const Head *h, const uint32_t *handlers, const VState *s)
{
    return h->num_handlers == s->num_handlers &&
           memcmp(handlers, s->handlers, s->num_handlers * sizeof *s->handlers) == 0;
}

bool state_merge(uint32_t *saved, const VState *s)
{
    Head *h = (Head *)saved;
    uint32_t *x = saved + HEAD_WORDS, *y = x + h->num_x, *handlers = y + h->num_y;
    bool changed = false;
    for (uint32_t i = 0; i < h->num_x; i++) {
        VType t = type_merge(x[i], i < s->num_x ? s->x[i] : T_UNSET);
        changed |= t != x[i];
        x[i] = t;
    }
    if (h->frame != FRAME_MIXED && (h->frame != s->frame || !same_handlers(h, handlers, s))) {
        h->frame = FRAME_MIXED;
        changed = true;
    }
    for (uint32_t i = 0; i < h->num_y; i++) {
        VType t = type_merge(y[i], i < s->slots ? s->y[i] : T_UNSET);
        changed |= t != y[i];
        y[i] = t;
    }
    uint32_t *floats = handlers + 2 * h->num_handlers;
    for (uint32_t i = 0; i < h->num_floats; i++) {
        uint64_t was, now;
        memcpy(&was, floats + 2 * i, 8);
        now = was & (i < s->num_floats ? s->floats[i] : 0);
        memcpy(floats + 2 * i, &now, 8);
        changed |= now != was;
    }
    changed |= s->heap < h->heap || (h->open && !s->open);
    if (s->heap < h->heap) h->heap = s->heap;
    h->open = h->open && s->open;
    return changed;
}
