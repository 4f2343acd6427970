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
// A message that a process sends to its own alias is a message only when the process
// looks for more than it has: the alias may have ended by then. It waits outside, and
// so does all that comes behind it, until mailbox_fetch lets them in: at the end of the
// messages, when the process gives up the thread, and when its messages are asked for.
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

typedef struct MailOuter {
    size_t count, capacity;
    Term *pairs;  // roots: a body, the number of the alias that it came through (0: none)
} MailOuter;

// Appends a term of p's own heap. ST_LIMIT/ST_NOMEM: there is no room.
MUST_USE Status mailbox_append(Process *p, Term body);
// The same outside: it has come through the alias of this reference number.
MUST_USE Status mailbox_append_outside(Process *p, Term body, uint64_t alias);
// Lets in what waits outside and whose alias is active. A process without room for it is killed.
void mailbox_fetch_slow(Process *p);
static inline void mailbox_fetch(Process *p)
{
    if (UNLIKELY(p->mailbox.outer != NULL)) mailbox_fetch_slow(p);
}
static inline size_t mailbox_count(const Process *p)
{
    const Mailbox *m = &p->mailbox;
    return m->count + (m->outer == NULL ? 0 : m->outer->count);
}
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
