// SPDX-License-Identifier: Apache-2.0
// bif/spawn.c - new processes.
#include "base/fiber.h"
#include "bif/build.h"
#include "bif/proc_opts.h"
#include "proc/link.h"

#define MAX_ARITY 255

// ---- options -----------------------------------------------------------------------
static bool parse_monitor(Term list, SpawnOpts *o)
{
    for (Pace rate = PACE_START; is_cons(list); list = list_next(list, &rate)) {
        Term key, value;
        if (!is_pair(cons_head(list), &key, &value)) return false;
        if (key == AM_tag) {
            o->monitor_tag = value;
        } else if (key == AM_alias && (value == AM_explicit_unalias || value == AM_demonitor ||
                                       value == AM_reply_demonitor)) {
            o->monitor_alias = value;
        } else {
            return false;
        }
    }
    o->monitor = true;
    return is_nil(list);
}

static bool parse_pair(Term key, Term value, SpawnOpts *o)
{
    size_t words;
    switch (key) {
    case AM_monitor: return parse_monitor(value, o);
    case AM_priority: return opt_priority(value, &o->priority);
    case AM_message_queue_data: o->message_queue_data = value; return opt_message_queue_data(value);
    case AM_min_heap_size: return opt_heap_size(value, &o->min_heap);
    case AM_max_heap_size: return opt_max_heap(value, 0, &o->max_heap, &o->max_heap_flags);
    case AM_min_bin_vheap_size:
        if (!opt_heap_size(value, &words)) return false;
        o->min_bin_vheap = words;
        return true;
    case AM_fullsweep_after: return opt_fullsweep(value, &o->fullsweep_after);
    case AM_scheduler: return opt_scheduler(value);
    default: return false;
    }
}

// What only spawn_request has.
typedef struct ReplyOpts {
    Term tag;
    bool on_success, on_error;
} ReplyOpts;

static bool parse_reply(Term key, Term value, ReplyOpts *r)
{
    if (key == AM_reply_tag) {
        r->tag = value;
        return true;
    }
    if (value != AM_yes && value != AM_no && value != AM_error_only && value != AM_success_only)
        return false;
    r->on_success = value == AM_yes || value == AM_success_only;
    r->on_error = value == AM_yes || value == AM_error_only;
    return true;
}

// All options are looked at, so that an error is answered as the good ones ask.
// reply NULL: not a spawn_request. *proper: it is a list.
static bool parse_options(Term list, SpawnOpts *o, ReplyOpts *reply, bool *proper)
{
    bool good = true;
    Pace work = PACE_START;
    for (; is_cons(list); list = cons_tail(list), (void)pace(&work, 4)) {
        Term option = cons_head(list), key, value;
        if (option == AM_link) o->link = true;
        else if (option == AM_monitor) o->monitor = true;
        else if (!is_pair(option, &key, &value)) good = false;
        else if (reply != NULL && (key == AM_reply || key == AM_reply_tag))
            good &= parse_reply(key, value, reply);
        else good &= parse_pair(key, value, o);
    }
    *proper = is_nil(list);
    if (o->max_heap != 0 && o->max_heap < o->min_heap) good = false;
    return good && *proper;
}

// ---- spawning -----------------------------------------------------------------------
static bool is_mfa(Process *p, Term mod, Term fun, Term args, int64_t *arity)
{
    if (!is_atom(mod) || !is_atom(fun)) return false;
    *arity = bif_list_length(p, args);
    return *arity >= 0;
}

// ST_OK, ST_LIMIT, ST_NOMEM
static Status start(Process *p, Term *mfa, int64_t arity, const SpawnOpts *o, Process **child,
                    Term *ref)
{
    if (arity > MAX_ARITY) return ST_LIMIT;
    Status st = proc_spawn(p->iso, p, mfa[0], mfa[1], mfa[2], o, child, ref);
    if (st == ST_OK) bif_charge(p, 20 + (uint64_t)((*child)->heap.hp - (*child)->heap.start) / 32);
    return st;
}

static Term spawn(Process *p, Term *mfa, const SpawnOpts *o)
{
    int64_t arity;
    Process *child;
    Term ref = TERM_NONE;
    if (!is_mfa(p, mfa[0], mfa[1], mfa[2], &arity)) return bif_badarg(p);
    Status st = start(p, mfa, arity, o, &child, &ref);
    if (st == ST_NOMEM) return bif_no_memory(p);
    if (st != ST_OK) return bif_system_limit(p);
    return o->monitor ? BUILD_TUPLE(p, child->pid, ref) : child->pid;
}

Term bif_erlang_spawn_3(Process *p, Term *args)
{
    SpawnOpts o;
    spawn_opts_init(&o, p->iso);
    return spawn(p, args, &o);
}

Term bif_erlang_spawn_link_3(Process *p, Term *args)
{
    SpawnOpts o;
    spawn_opts_init(&o, p->iso);
    o.link = true;
    return spawn(p, args, &o);
}

Term bif_erlang_spawn_opt_4(Process *p, Term *args)
{
    SpawnOpts o;
    bool proper;
    spawn_opts_init(&o, p->iso);
    if (!parse_options(args[3], &o, NULL, &proper)) return bif_error_cause(p, AM_badarg, AM_badopt);
    return spawn(p, args, &o);
}

// {Tag, ReqId, ok | error, What} to p, as a message.
static Term reply(Process *p, Term tag, Term id, Term how, Term what)
{
    Term message = BUILD_TUPLE(p, tag, id, how, what);
    if (message == TERM_NONE) return TERM_NONE;
    if (proc_deliver(p->iso, p, message) != ST_OK) return bif_no_memory(p);
    return proc_result(p, id);
}

Term bif_erts_internal_spawn_request_4(Process *p, Term *args)
{
    SpawnOpts o;
    ReplyOpts r = {.tag = AM_spawn_reply, .on_success = true, .on_error = true};
    bool proper;
    int64_t arity = 0;
    if (!is_mfa(p, args[0], args[1], args[2], &arity)) return AM_badarg;
    spawn_opts_init(&o, p->iso);
    bool good = parse_options(args[3], &o, &r, &proper);
    if (!proper) return AM_badopt;
    Term ref = TERM_NONE;
    Process *child = NULL;
    Status st = good ? start(p, args, arity, &o, &child, &ref) : ST_INVALID;
    if (st == ST_NOMEM) return bif_no_memory(p);
    if (ref == TERM_NONE) ref = build_ref(p, space_next_ref(&p->iso->space));
    if (ref == TERM_NONE) return TERM_NONE;
    if (st == ST_OK) return r.on_success ? reply(p, r.tag, ref, AM_ok, child->pid) : ref;
    if (!r.on_error) return ref;
    return reply(p, r.tag, ref, AM_error, st == ST_INVALID ? AM_badopt : AM_system_limit);
}

// The options that the asking side of a spawn on another node looks at itself, up to the first
// that is wrong.
static bool parse_remote(Term list, SpawnOpts *o, ReplyOpts *r, bool *replies)
{
    Pace work = PACE_START;
    for (; is_cons(list); list = cons_tail(list), (void)pace(&work, 4)) {
        Term option = cons_head(list), key, value;
        if (option == AM_monitor) o->monitor = true;
        if (!is_pair(option, &key, &value)) continue;
        bool reply = key == AM_reply || key == AM_reply_tag;
        *replies |= reply;
        if (reply && !parse_reply(key, value, r)) return false;
        if (key == AM_monitor && !parse_monitor(value, o)) return false;
    }
    return true;
}

static bool is_remote_spawn(Process *p, const Term *args)
{
    if (!is_atom(args[0]) || args[0] == AM_nonode_at_nohost || !is_tuple_arity(args[1], 3))
        return false;
    Term *mfa = tuple_elements(args[1]);
    int64_t arity;
    return is_mfa(p, mfa[0], mfa[1], mfa[2], &arity);
}

// No other node can be reached.
Term bif_erts_internal_dist_spawn_request_4(Process *p, Term *args)
{
    SpawnOpts o;
    ReplyOpts r = {.tag = AM_spawn_reply, .on_success = true, .on_error = true};
    bool replies = false, request = args[3] == AM_spawn_request;
    if (!is_remote_spawn(p, args) || (!request && args[3] != AM_spawn_opt)) return AM_badarg;
    spawn_opts_init(&o, p->iso);
    bool good = parse_remote(args[2], &o, &r, &replies);
    if (good && bif_list_length(p, args[2]) < 0) return AM_badarg;
    if (!request && (!good || replies)) return AM_badarg;
    Term ref = build_ref(p, space_next_ref(&p->iso->space));
    if (ref == TERM_NONE) return TERM_NONE;
    Term what = good ? AM_noconnection : AM_badopt;
    if (request) return r.on_error ? reply(p, r.tag, ref, AM_error, what) : ref;
    Term pair = BUILD_TUPLE(p, ref, make_bool(o.monitor));
    if (pair == TERM_NONE || reply(p, r.tag, ref, AM_error, what) == TERM_NONE) return TERM_NONE;
    return pair;
}

// A request is answered before spawn_request returns: there is nothing to abandon.
Term bif_erlang_spawn_request_abandon_1(Process *p, Term *args)
{
    return is_ref(args[0]) ? AM_false : bif_badarg(p);
}

Term bif_erts_internal_spawn_system_process_3(Process *p, Term *args)
{
    SpawnOpts o;
    spawn_opts_init(&o, p->iso);
    o.is_system = true;
    return spawn(p, args, &o);
}
