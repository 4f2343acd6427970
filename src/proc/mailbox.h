// SPDX-License-Identifier: Apache-2.0
// proc/mailbox.h - messages that wait, and how receive goes through them.
//
// Messages lie in segments, oldest first, without holes. Their terms are on the
// heap of the process, so a segment is one span of roots.
//
// A receive looks at one message after the other, from a saved position:
//
//     loop_rec        mailbox_peek; TERM_NONE: there are no more
//     loop_rec_end    mailbox_next
//     remove_message  mailbox_remove, timer_cancel_receive
//     wait            the position stays; new messages are looked at first
//     timeout         mailbox_rewind
//
// A receive marker says that no message before it can match, because the
// reference that the receive waits for did not exist then. A marker is the number
// of messages that had arrived: as many as have come since, counted back from the
// end, hold all that may match, whatever has been removed.
//
//   M1  a segment is never empty.
//   M2  save is NULL or a segment of the mailbox, save_index <= its count.
#pragma once
#include "proc/process.h"

typedef struct MailSegment {
    struct MailSegment *next, *prev;
    uint32_t count, capacity;
    Term bodies[];
} MailSegment;

// Appends a term of p's own heap. ST_LIMIT/ST_NOMEM: there is no room.
MUST_USE Status mailbox_append(Process *p, Term body);
// Frees all segments and markers; the terms stay on the heap.
void mailbox_clear(Process *p);

// The message at the saved position, or TERM_NONE: all have been looked at.
static inline Term mailbox_peek(Process *p)
{
    Mailbox *m = &p->mailbox;
    if (m->save == NULL) {
        if (m->first == NULL) return TERM_NONE;
        m->save = m->first, m->save_index = 0;
    }
    if (m->save_index == m->save->count) {
        if (m->save->next == NULL) return TERM_NONE;
        m->save = m->save->next, m->save_index = 0;
    }
    return m->save->bodies[m->save_index];
}
// Past the message that mailbox_peek showed.
static inline void mailbox_next(Process *p) { p->mailbox.save_index++; }
static inline void mailbox_rewind(Process *p) { p->mailbox.save = NULL; }
// Takes out the message that mailbox_peek showed, and rewinds.
void mailbox_remove(Process *p);
// Takes out any message, and rewinds: for flushing.
void mailbox_remove_at(Process *p, MailSegment *segment, uint32_t index);

// recv_marker_reserve: a marker for now, a small integer.
Term recv_marker_reserve(Process *p);
// recv_marker_bind: ref was made after the marker. Anything but a marker and a
// local reference is ignored, and so is a refusal of memory: a receive without
// its marker only looks at more messages.
void recv_marker_bind(Process *p, Term marker, Term ref);
void recv_marker_clear(Process *p, Term ref);
// recv_marker_use: the next mailbox_peek begins at the marker of ref, if it has one.
void recv_marker_use(Process *p, Term ref);
