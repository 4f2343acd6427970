// SPDX-License-Identifier: Apache-2.0
// bif/signal.c - messages, exit signals, links, monitors, aliases.
#include "proc/signal.h"
#include "bif/args.h"
#include "bif/build.h"
#include "proc/link.h"
#include "proc/mailbox.h"
#include "proc/name.h"

#define WORDS_PER_REDUCTION 32
#define FLUSH_HERE_MAX      2000  // messages that demonitor looks at by itself

// ---- send ------------------------------------------------------------------------
// Copies msg to `to`, charged by the size of the copy.
static bool deliver(Process *p, Process *to, Term dest, Term msg)
{
    size_t before = to->heap.frag_words + (size_t)(to->heap.hp - to->heap.start);
    Status st = to == p && is_local_ref(dest) ? proc_send_own_alias(p->iso, p, dest, msg)
                                              : proc_send(p->iso, to, msg);
    if (st != ST_OK) {
        (void)bif_refused(p, st);
        return false;
    }
    if (to->state != PROC_EXITING) {
        size_t after = to->heap.frag_words + (size_t)(to->heap.hp - to->heap.start);
        bif_charge(p, (after - before) / WORDS_PER_REDUCTION);
    }
    return true;
}

// {Name, Node}: *to is the process of that name on this node, or NULL; *remote: on
// another one. False: not such a pair.
static bool named_destination(Process *p, Term dest, Process **to, bool *remote)
{
    Term name, node;
    if (!is_pair(dest, &name, &node) || !is_atom(name) || !is_atom(node)) return false;
    *remote = node != p->iso->space.node;
    *to = *remote ? NULL : name_whereis(p->iso, name);
    return true;
}

// False: the exception is set. *remote: dest is on another node.
static bool send_to(Process *p, Term dest, Term msg, bool *remote)
{
    Process *to = NULL;
    *remote = false;
    if (!named_destination(p, dest, &to, remote)) {
        bool bad = false;
        if (!arg_is_own_port(p, dest)) to = proc_destination(p->iso, dest, &bad);
        bool foreign = is_box_of(dest, BOX_EXT_PID) || is_box_of(dest, BOX_EXT_REF);
        *remote = foreign && boxed_ptr(dest)[1] != p->iso->space.node;
        if (bad) {
            (void)bif_badarg(p);
            return false;
        }
    }
    return to == NULL || deliver(p, to, dest, msg);
}

Term bif_erlang_send_2(Process *p, Term *args)
{
    bool remote;
    if (!send_to(p, args[0], args[1], &remote)) return TERM_NONE;
    return proc_result(p, args[1]);
}

Term bif_erlang_send_op_2(Process *p, Term *args) { return bif_erlang_send_2(p, args); }

Term bif_erlang_send_3(Process *p, Term *args)
{
    bool noconnect = false, remote;
    Term options = args[2];
    for (Pace rate = PACE_START; is_cons(options); options = list_next(options, &rate)) {
        Term o = cons_head(options);
        if (o != AM_noconnect && o != AM_nosuspend) break;
        noconnect |= o == AM_noconnect;
    }
    if (!is_nil(options)) return bif_error_cause(p, AM_badarg, AM_badopt);
    if (!send_to(p, args[0], args[1], &remote)) return TERM_NONE;
    return proc_result(p, remote && noconnect ? AM_noconnect : AM_ok);
}

// ---- links and exit signals -----------------------------------------------------------
// A link to something that is not there.
static Term link_nobody(Process *p, Term id)
{
    if (!p->trap_exit) return bif_error(p, AM_noproc);
    proc_exit_signal(p->iso, id, p, AM_noproc, true);
    return proc_result(p, AM_true);
}

Term bif_erlang_link_1(Process *p, Term *args)
{
    Term id = args[0];
    if (id == p->pid) return AM_true;
    if (arg_is_own_port(p, id) || arg_is_stale_pid(p, id)) return link_nobody(p, id);
    if (is_box_of(id, BOX_EXT_PID)) {
        proc_exit_signal(p->iso, id, p, AM_noconnection, true);
        return proc_result(p, AM_true);
    }
    if (!is_local_pid(id)) return bif_badarg(p);
    Process *other = proc_lookup(p->iso, id);
    if (other == NULL) return link_nobody(p, id);
    Status st = link_add(p->iso, p, other);
    return st == ST_OK ? AM_true : bif_refused(p, st);
}

Term bif_erlang_unlink_1(Process *p, Term *args)
{
    if (!is_pid(args[0]) && !arg_is_own_port(p, args[0])) return bif_badarg(p);
    Process *other = proc_lookup(p->iso, args[0]);
    Link *l = other == NULL ? NULL : link_find(p->iso, p, other);
    if (l != NULL) link_remove(p->iso, l);
    return AM_true;
}

Term bif_erlang_exit_2(Process *p, Term *args)
{
    if (!is_pid(args[0]) && !arg_is_own_port(p, args[0])) return bif_badarg(p);
    Process *to = proc_lookup(p->iso, args[0]);
    if (to != NULL) proc_exit_signal(p->iso, p->pid, to, args[1], false);
    return proc_result(p, AM_true);
}

Term bif_erlang_exit_signal_2(Process *p, Term *args) { return bif_erlang_exit_2(p, args); }

Term bif_erlang_is_process_alive_1(Process *p, Term *args)
{
    if (!arg_is_own_pid(p, args[0])) return bif_badarg(p);
    return make_bool(proc_lookup(p->iso, args[0]) != NULL);
}

Term bif_erts_internal_is_process_alive_2(Process *p, Term *args)
{
    if (!arg_is_own_pid(p, args[0]) || !is_local_ref(args[1])) return bif_badarg(p);
    Term message = BUILD_TUPLE(p, args[1], make_bool(proc_lookup(p->iso, args[0]) != NULL));
    if (message == TERM_NONE) return TERM_NONE;
    if (proc_deliver(p->iso, p, message) != ST_OK) return bif_no_memory(p);
    return proc_result(p, AM_ok);
}

// ---- monitors ----------------------------------------------------------------------------
typedef struct MonitorOpts {
    AliasMode alias;
    Term tag;  // TERM_NONE: 'DOWN'
} MonitorOpts;

static bool parse_alias_mode(Term t, AliasMode *mode)
{
    if (t == AM_explicit_unalias) *mode = ALIAS_EXPLICIT;
    else if (t == AM_demonitor) *mode = ALIAS_DEMONITOR;
    else if (t == AM_reply_demonitor) *mode = ALIAS_REPLY;
    else return false;
    return true;
}

static bool parse_monitor_opts(Term list, MonitorOpts *o)
{
    *o = (MonitorOpts){ALIAS_NONE, TERM_NONE};
    for (Pace rate = PACE_START; is_cons(list); list = list_next(list, &rate)) {
        Term key, value;
        if (!is_pair(cons_head(list), &key, &value)) return false;
        if (key == AM_tag) o->tag = value;
        else if (key != AM_alias || !parse_alias_mode(value, &o->alias)) return false;
    }
    return is_nil(list);
}

// What is to be watched.
typedef struct Watched {
    MonitorKind kind;
    Process *target;
    Term name;   // TERM_NONE: by identifier
    bool never;  // self or the clock: it exists and there will be no DOWN
    Term why;    // reason of the DOWN when there is no target
} Watched;

// False: the item does not fit the type.
static bool find_watched(Process *p, Term type, Term item, Watched *w)
{
    *w = (Watched){.kind = type == AM_port ? MONITOR_PORT : MONITOR_PROCESS,
                   .name = TERM_NONE,
                   .why = AM_noproc};
    bool remote = false;
    if (type == AM_time_offset) {
        w->kind = MONITOR_TIME;
        w->never = true;
        return item == AM_clock_service;
    }
    if (is_atom(item)) {
        w->name = item;
        w->target = name_whereis(p->iso, item);
    } else if (is_tuple(item)) {
        if (!named_destination(p, item, &w->target, &remote) || remote) return false;
        w->name = tuple_elements(item)[0];
    } else if (type == AM_port) {
        return arg_is_own_port(p, item);
    } else if (is_box_of(item, BOX_EXT_PID)) {
        if (!arg_is_stale_pid(p, item)) w->why = AM_noconnection;
    } else if (is_local_pid(item)) {
        w->target = proc_lookup(p->iso, item);
    } else {
        return false;
    }
    if (type == AM_port) w->target = NULL;  // a process has that name, no port has
    w->never = w->target == p;
    if (w->never) w->target = NULL;
    return true;
}

static Term start_monitor(Process *p, Term type, Term item, const MonitorOpts *o)
{
    Watched w;
    if (type != AM_process && type != AM_port && type != AM_time_offset)
        return bif_error_cause(p, AM_badarg, AM_badtype);
    if (!find_watched(p, type, item, &w)) return bif_badarg(p);
    uint64_t number = space_next_ref(&p->iso->space);
    Term ref = build_ref(p, number);
    if (ref == TERM_NONE) return TERM_NONE;
    Held *tag = NULL;
    if (o->tag != TERM_NONE && o->tag != AM_DOWN) {
        tag = held_new(&p->iso->space, o->tag);
        if (tag == NULL) return bif_no_memory(p);
    }
    Monitor *m;
    Status st = monitor_add(p->iso, w.kind, p, w.target, number, o->alias, w.name, tag, &m);
    if (st != ST_OK) {
        held_release(&p->iso->space, tag);
        return bif_refused(p, st);
    }
    if (w.target == NULL && !w.never) monitor_fire(p->iso, m, item, w.why);
    return proc_result(p, ref);
}

Term bif_erlang_monitor_2(Process *p, Term *args)
{
    return start_monitor(p, args[0], args[1], &(MonitorOpts){ALIAS_NONE, TERM_NONE});
}

Term bif_erlang_monitor_3(Process *p, Term *args)
{
    MonitorOpts o;
    if (!parse_monitor_opts(args[2], &o)) return bif_error_cause(p, AM_badarg, AM_badopt);
    return start_monitor(p, args[0], args[1], &o);
}

// Ends the monitor of ref, if p has one: true.
static bool end_monitor(Process *p, Term ref)
{
    Monitor *m = monitor_find(p->iso, ref_number(ref));
    if (m == NULL || m->origin != p || m->kind == MONITOR_ALIAS) return false;
    monitor_disarm(p->iso, m);
    return true;
}

// Monitors have references of this node.
static bool is_own_ref(const Process *p, Term t)
{
    return is_local_ref(t) || (is_ref(t) && boxed_ptr(t)[1] == p->iso->space.node);
}

Term bif_erlang_demonitor_1(Process *p, Term *args)
{
    if (!is_own_ref(p, args[0])) return bif_badarg(p);
    (void)end_monitor(p, args[0]);
    return AM_true;
}

// {_, Ref, _, _, _}
static bool is_monitor_message(Term t, uint64_t number)
{
    return is_tuple_arity(t, 5) && ref_number(tuple_elements(t)[1]) == number;
}

static void flush_message(Process *p, uint64_t number)
{
    for (MailSegment *s = p->mailbox.first; s != NULL; s = s->next) {
        for (uint32_t i = 0; i < s->count; i++) {
            if (!is_monitor_message(s->bodies[i], number)) continue;
            mailbox_remove_at(p, s, i);
            return;
        }
    }
}

Term bif_erlang_demonitor_2(Process *p, Term *args)
{
    bool flush = false, info = false;
    Term options = args[1];
    for (Pace rate = PACE_START; is_cons(options); options = list_next(options, &rate)) {
        if (cons_head(options) == AM_flush) flush = true;
        else if (cons_head(options) == AM_info) info = true;
        else return bif_badarg(p);
    }
    uint64_t number = ref_number(args[0]);
    if (!is_nil(options) || !is_own_ref(p, args[0])) return bif_badarg(p);
    bool found = end_monitor(p, args[0]);
    Term result = make_bool(found || !info);
    if (!flush || found || number == 0) return result;
    mailbox_fetch(p);
    if (p->mailbox.count > FLUSH_HERE_MAX)
        return bif_tail_call(p, AM_erts_internal, AM_flush_monitor_messages, 3, args[0], AM_false,
                             result);
    bif_charge(p, p->mailbox.count / 16);
    flush_message(p, number);
    return result;
}

// ---- aliases ---------------------------------------------------------------------------------
Term bif_erlang_alias_1(Process *p, Term *args)
{
    AliasMode mode = ALIAS_EXPLICIT;
    Term options = args[0];
    for (Pace rate = PACE_START; is_cons(options); options = list_next(options, &rate)) {
        if (cons_head(options) == AM_reply) mode = ALIAS_REPLY;
        else if (cons_head(options) == AM_explicit_unalias) mode = ALIAS_EXPLICIT;
        else break;
    }
    if (!is_nil(options)) return bif_badarg(p);
    uint64_t number = space_next_ref(&p->iso->space);
    Term ref = build_ref(p, number);
    if (ref == TERM_NONE) return TERM_NONE;
    Status st = monitor_add(p->iso, MONITOR_ALIAS, p, NULL, number, mode, TERM_NONE, NULL, NULL);
    return st == ST_OK ? ref : bif_refused(p, st);
}

Term bif_erlang_unalias_1(Process *p, Term *args)
{
    if (!is_ref(args[0])) return bif_badarg(p);
    Monitor *m = monitor_find(p->iso, ref_number(args[0]));
    if (m == NULL || m->origin != p) return AM_false;
    return make_bool(monitor_unalias(p->iso, m));
}
