// SPDX-License-Identifier: Apache-2.0
// bif/timer.c - timers.
#include "proc/timer.h"

#include "base/clock.h"
#include "bif/build.h"
#include "proc/link.h"
#include "proc/signal.h"

// Erlang's monotonic time ends here (milliseconds), as OTP's does.
#define END_OF_TIME_MS INT64_C(8646911283000)

// [{abs, true | false}]
static bool parse_abs(Term options, bool *absolute)
{
    *absolute = false;
    for (Pace rate = PACE_START; is_cons(options); options = list_next(options, &rate)) {
        Term key, value;
        if (!is_pair(cons_head(options), &key, &value) || key != AM_abs ||
            !get_bool(value, absolute))
            return false;
    }
    return is_nil(options);
}

// When the timer is due, host time. False: not a time.
static bool due_time(const Isolate *iso, Term time, bool absolute, int64_t *due)
{
    int64_t ms;
    if (!is_small(time)) return false;
    ms = small_value(time);
    if (absolute) {
        if (ms < ERL_MONOTONIC_START / NS_PER_MS || ms > END_OF_TIME_MS) return false;
        *due = timer_due_at(iso, ms);
        return true;
    }
    int64_t now = isolate_erl_monotonic_ns(iso) / NS_PER_MS;
    if (ms < 0 || ms > END_OF_TIME_MS - now) return false;
    *due = timer_due_in(iso, (uint64_t)ms);
    return true;
}

static Term start(Process *p, TimerKind kind, Term *args, Term options)
{
    bool absolute;
    int64_t due;
    if (!parse_abs(options, &absolute)) return bif_error_cause(p, AM_badarg, AM_badopt);
    if (!due_time(p->iso, args[0], absolute, &due)) return bif_error_cause(p, AM_badarg, AM_time);
    Term dest = args[1];
    if (!is_local_pid(dest) && !is_atom(dest)) return bif_badarg(p);
    uint64_t number = space_next_ref(&p->iso->space);
    Term ref = build_ref(p, number);
    if (ref == TERM_NONE) return TERM_NONE;
    Process *to = proc_lookup(p->iso, dest);
    if (to == NULL && !is_atom(dest)) return ref;  // nobody will ever hear of it
    Status st =
        timer_start(p->iso, kind, due, to, is_atom(dest) ? dest : TERM_NONE, args[2], number);
    if (st == ST_LIMIT) return bif_system_limit(p);
    bif_charge(p, 4);
    return st == ST_OK ? ref : bif_no_memory(p);
}

Term bif_erlang_start_timer_3(Process *p, Term *args)
{
    return start(p, TIMER_START, args, TERM_NIL);
}
Term bif_erlang_start_timer_4(Process *p, Term *args)
{
    return start(p, TIMER_START, args, args[3]);
}
Term bif_erlang_send_after_3(Process *p, Term *args)
{
    return start(p, TIMER_SEND, args, TERM_NIL);
}
Term bif_erlang_send_after_4(Process *p, Term *args) { return start(p, TIMER_SEND, args, args[3]); }

// ---- cancelling, reading ----------------------------------------------------------------
typedef struct AskOpts {
    bool async, info;
} AskOpts;

static bool parse_ask(Term options, bool may_be_quiet, AskOpts *o)
{
    *o = (AskOpts){.info = true};
    for (Pace rate = PACE_START; is_cons(options); options = list_next(options, &rate)) {
        Term key, value;
        if (!is_pair(cons_head(options), &key, &value)) return false;
        if (key == AM_async ? !get_bool(value, &o->async)
                            : key != AM_info || !may_be_quiet || !get_bool(value, &o->info))
            return false;
    }
    return is_nil(options);
}

// tag: cancel_timer or read_timer.
static Term ask(Process *p, Term tag, Term ref, Term options)
{
    AskOpts o;
    if (!is_ref(ref) || !parse_ask(options, tag == AM_cancel_timer, &o)) return bif_badarg(p);
    TimerNode *t = timer_find(p->iso, ref_number(ref));
    Term left = t == NULL ? AM_false : make_small(timer_left_ms(p->iso, t));
    if (t != NULL && tag == AM_cancel_timer) timer_cancel(p->iso, t);
    if (!o.async) return o.info ? left : AM_ok;
    if (!o.info) return AM_ok;
    Term message = BUILD_TUPLE(p, tag, ref, left);
    if (message == TERM_NONE) return TERM_NONE;
    if (proc_deliver(p->iso, p, message) != ST_OK) return bif_no_memory(p);
    return proc_result(p, AM_ok);
}

Term bif_erlang_cancel_timer_1(Process *p, Term *args)
{
    return ask(p, AM_cancel_timer, args[0], TERM_NIL);
}
Term bif_erlang_cancel_timer_2(Process *p, Term *args)
{
    return ask(p, AM_cancel_timer, args[0], args[1]);
}
Term bif_erlang_read_timer_1(Process *p, Term *args)
{
    return ask(p, AM_read_timer, args[0], TERM_NIL);
}
Term bif_erlang_read_timer_2(Process *p, Term *args)
{
    return ask(p, AM_read_timer, args[0], args[1]);
}
