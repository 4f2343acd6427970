// SPDX-License-Identifier: Apache-2.0
// proc/signal.c - messages.
#include "proc/signal.h"

#include "heap/copy.h"
#include "proc/link.h"
#include "proc/mailbox.h"
#include "proc/name.h"

static bool mailbox_is_full(Isolate *iso, const Process *to)
{
    Limit *l = &iso->limits.of[LIMIT_MAILBOX];
    size_t count = to->mailbox.count + 1;
    if (l->allowed != 0 && count > l->allowed) return true;
    if (count > l->peak) l->peak = count;
    return false;
}

Status proc_deliver(Isolate *iso, Process *to, Term body)
{
    if (to->state == PROC_EXITING || to->pending_kill) return ST_OK;
    if (mailbox_is_full(iso, to)) {
        limit_note(iso, LIMIT_MAILBOX);
        proc_kill(iso, to, AM_killed);
        return ST_OK;
    }
    TRY(mailbox_append(to, body));
    proc_wake(iso, to);
    return ST_OK;
}

Status proc_send(Isolate *iso, Process *to, Term msg)
{
    if (to->state == PROC_EXITING) return ST_OK;
    Term body = is_immed(msg) ? msg : copy_term(&to->heap, msg);
    return body == TERM_NONE ? ST_NOMEM : proc_deliver(iso, to, body);
}

void proc_deliver_system(Isolate *iso, Process *to, Term body)
{
    if (body == TERM_NONE || proc_deliver(iso, to, body) != ST_OK) proc_kill(iso, to, AM_killed);
}

void proc_send_system(Isolate *iso, Process *to, Term msg)
{
    if (proc_send(iso, to, msg) != ST_OK) proc_kill(iso, to, AM_killed);
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
