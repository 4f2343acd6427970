// SPDX-License-Identifier: Apache-2.0
// proc/signal.c - messages.
#include "proc/signal.h"

#include "heap/copy.h"
#include "proc/link.h"
#include "proc/mailbox.h"
#include "proc/name.h"

static bool mailbox_is_full(Isolate *iso, const Process *to)
{
    return !limit_fits(&iso->limits, LIMIT_MAILBOX, to->mailbox.count + 1);
}

Status proc_deliver(Isolate *iso, Process *to, Term body)
{
    if (to->state == PROC_EXITING || to->pending_kill) return ST_OK;
    if (mailbox_is_full(iso, to)) {
        proc_kill(iso, to, AM_killed);
        return ST_OK;
    }
    TRY(mailbox_append(to, body));
    proc_wake(iso, to);
    return ST_OK;
}

static size_t message_words(const Isolate *iso)
{
    uint64_t bytes = iso->limits.of[LIMIT_MESSAGE].allowed;
    return bytes == 0 ? SIZE_MAX : bytes / sizeof(Term);
}

Status proc_send(Isolate *iso, Process *to, Term msg)
{
    if (to->state == PROC_EXITING) return ST_OK;
    if (is_immed(msg)) return proc_deliver(iso, to, msg);
    Term body;
    size_t words;
    Status st = copy_term_within(&to->heap, msg, message_words(iso), &body, &words);
    if (st == ST_LIMIT) limit_refuse(&iso->limits, LIMIT_MESSAGE);
    if (st != ST_OK) return st;
    (void)limit_fits(&iso->limits, LIMIT_MESSAGE, words * sizeof(Term));
    return proc_deliver(iso, to, body);
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
    if (m->alias == ALIAS_REPLY) monitor_remove(iso, m);
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
