// SPDX-License-Identifier: Apache-2.0
// proc/signal.c - messages.
#include "proc/signal.h"

#include "heap/copy.h"
#include "proc/link.h"
#include "proc/mailbox.h"
#include "proc/name.h"

static bool mailbox_is_full(Isolate *iso, const Process *to)
{
    return !limit_fits(&iso->limits, LIMIT_MAILBOX, mailbox_count(to) + 1);
}

// False: it does not, or no longer.
static bool takes_message(Isolate *iso, Process *to)
{
    if (to->state == PROC_EXITING || to->pending_kill) return false;
    if (!mailbox_is_full(iso, to)) return true;
    proc_kill(iso, to, AM_killed);
    return false;
}

Status proc_deliver(Isolate *iso, Process *to, Term body)
{
    if (!takes_message(iso, to)) return ST_OK;
    TRY(mailbox_append(to, body));
    proc_wake(iso, to);
    return ST_OK;
}

static size_t message_words(const Isolate *iso)
{
    uint64_t bytes = iso->limits.of[LIMIT_MESSAGE].allowed;
    return bytes == 0 ? SIZE_MAX : bytes / sizeof(Term);
}

// The copy of a message on the heap of the process that it is for.
static Status copy_message(Isolate *iso, Process *to, Term msg, Term *body)
{
    size_t words;
    *body = msg;
    if (is_immed(msg)) return ST_OK;
    Status st = copy_term_within(&to->heap, msg, message_words(iso), body, &words);
    if (st == ST_LIMIT) limit_refuse(&iso->limits, LIMIT_MESSAGE);
    if (st != ST_OK) return st;
    (void)limit_fits(&iso->limits, LIMIT_MESSAGE, words * sizeof(Term));
    return ST_OK;
}

Status proc_send(Isolate *iso, Process *to, Term msg)
{
    if (to->state == PROC_EXITING) return ST_OK;
    Term body;
    TRY(copy_message(iso, to, msg, &body));
    return proc_deliver(iso, to, body);
}

Status proc_send_own_alias(Isolate *iso, Process *self, Term alias, Term msg)
{
    Term body;
    TRY(copy_message(iso, self, msg, &body));
    if (!takes_message(iso, self)) return ST_OK;
    return mailbox_append_outside(self, body, ref_number(alias));
}

void proc_deliver_system(Isolate *iso, Process *to, Term body)
{
    if (body == TERM_NONE || proc_deliver(iso, to, body) != ST_OK) proc_kill(iso, to, AM_killed);
}

void proc_send_system(Isolate *iso, Process *to, Term msg)
{
    if (to->state == PROC_EXITING) return;
    proc_deliver_system(iso, to, is_immed(msg) ? msg : copy_term(&to->heap, msg));
}

// The owner of an active alias. A reply through it may use it up.
static Process *alias_destination(Isolate *iso, Term ref)
{
    Monitor *m = monitor_find(iso, ref_number(ref));
    if (m == NULL || m->alias == ALIAS_NONE) return NULL;
    Process *to = m->origin;
    if (m->alias == ALIAS_REPLY && to != iso->current) monitor_remove(iso, m);
    return to;
}

Process *proc_destination(Isolate *iso, Term dest, bool *bad)
{
    *bad = false;
    if (is_local_pid(dest)) return proc_lookup(iso, dest);
    if (is_atom(dest)) {
        Process *p = name_whereis(iso, dest);
        *bad = p == NULL;
        return p;
    }
    if (is_local_ref(dest)) return alias_destination(iso, dest);
    *bad = !is_pid(dest) && !is_ref(dest);  // another node's: nobody hears it
    return NULL;
}
