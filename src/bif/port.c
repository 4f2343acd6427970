// SPDX-License-Identifier: Apache-2.0
// bif/port.c - ports and drivers, of which there are none.
//
// The erts_internal functions answer badarg, badopt and the like as values: the
// library raises them.
#include "bif/args.h"
#include "bif/build.h"
#include "proc/isolate.h"
#include "proc/signal.h"

static bool is_proper(Term list)
{
    for (Pace rate = PACE_START; is_cons(list);) list = list_next(list, &rate);
    return is_nil(list);
}

Term bif_erlang_ports_0(Process *p, Term *args) { return TERM_NIL; }
Term bif_erlang_port_get_data_1(Process *p, Term *args) { return bif_badarg(p); }
Term bif_erlang_port_set_data_2(Process *p, Term *args) { return bif_badarg(p); }

// ---- opening -----------------------------------------------------------------------
static bool is_plain_setting(Term t)
{
    static const Term plain[] = {AM_stream,      AM_use_stdio, AM_nouse_stdio,  AM_stderr_to_stdout,
                                 AM_exit_status, AM_binary,    AM_in,           AM_out,
                                 AM_eof,         AM_hide,      AM_overlapped_io};
    for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
        if (t == plain[i]) return true;
    }
    return false;
}

static bool is_setting(Term t)
{
    static const Term keys[] = {AM_packet,
                                AM_line,
                                AM_cd,
                                AM_env,
                                AM_args,
                                AM_arg0,
                                AM_parallelism,
                                AM_busy_limits_port,
                                AM_busy_limits_msgq};
    Term key, value;
    if (!is_pair(t, &key, &value)) return is_plain_setting(t);
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        if (key == keys[i]) return true;
    }
    return false;
}

// Is this list of characters the text?
static bool is_text(Term list, const char *text)
{
    for (; *text != '\0' && is_cons(list); list = cons_tail(list), text++) {
        if (cons_head(list) != make_small(*text)) return false;
    }
    return *text == '\0' && is_nil(list);
}

static bool has_args(Term settings)
{
    for (Pace rate = PACE_START; is_cons(settings); settings = list_next(settings, &rate)) {
        Term key, value;
        if (is_pair(cons_head(settings), &key, &value) && (key == AM_args || key == AM_arg0))
            return true;
    }
    return false;
}

// An operating-system command is refused as a system without permission refuses it, whether it
// is granted or not: no sandbox can have one.
static Term refuse_command(Process *p)
{
    isolate_deny(p->iso, CAP_OS);
    return AM_eacces;
}

// No driver is there. Those of OTP's sockets are asked for by name.
static Term no_driver(Process *p, Term name)
{
    static const char *const sockets[] = {"tcp_inet", "udp_inet", "sctp_inet"};
    for (size_t i = 0; i < ARRAY_LEN(sockets); i++) {
        if (is_text(name, sockets[i])) isolate_deny(p->iso, CAP_NET_CONNECT);
    }
    return AM_badarg;
}

Term bif_erts_internal_open_port_2(Process *p, Term *args)
{
    Term settings = args[1], kind, what;
    for (Pace rate = PACE_START; is_cons(settings) && is_setting(cons_head(settings));
         settings = list_next(settings, &rate))
        bif_charge(p, 1);
    if (!is_nil(settings)) return AM_badopt;
    if (!is_pair(args[0], &kind, &what)) return AM_badarg;
    bool named = is_bitstring(what) || is_cons(what);
    if (kind == AM_spawn_driver) return no_driver(p, what);
    if (kind == AM_spawn_executable) return named ? refuse_command(p) : AM_badarg;
    if (kind == AM_spawn && named && !has_args(args[1])) return refuse_command(p);
    return AM_badarg;
}

// ---- using -------------------------------------------------------------------------------
Term bif_erts_internal_port_command_3(Process *p, Term *args)
{
    Term options = args[2];
    for (Pace rate = PACE_START; is_cons(options); options = list_next(options, &rate)) {
        if (cons_head(options) != AM_force && cons_head(options) != AM_nosuspend) break;
    }
    return is_nil(options) ? AM_badarg : AM_badopt;
}

Term bif_erts_internal_port_connect_2(Process *p, Term *args) { return AM_badarg; }
Term bif_erts_internal_port_close_1(Process *p, Term *args) { return AM_badarg; }
Term bif_erts_internal_port_control_3(Process *p, Term *args) { return AM_badarg; }
Term bif_erts_internal_port_call_3(Process *p, Term *args) { return AM_badarg; }

Term bif_erts_internal_port_info_1(Process *p, Term *args)
{
    return is_atom(args[0]) || arg_is_own_port(p, args[0]) ? AM_undefined : AM_badarg;
}

Term bif_erts_internal_port_info_2(Process *p, Term *args)
{
    return is_atom(args[0]) || arg_is_own_port(p, args[0]) ? AM_undefined : AM_badtype;
}

// ---- drivers --------------------------------------------------------------------------------
static bool is_name(Term t) { return is_atom(t) || is_cons(t) || is_nil(t); }

Term bif_erl_ddll_loaded_drivers_0(Process *p, Term *args)
{
    return BUILD_TUPLE(p, AM_ok, TERM_NIL);
}
Term bif_erl_ddll_info_2(Process *p, Term *args) { return bif_badarg(p); }

Term bif_erl_ddll_try_load_3(Process *p, Term *args)
{
    if (!is_name(args[0]) || !is_name(args[1]) || !is_proper(args[2])) return bif_badarg(p);
    (void)bif_may(p);
    Term why = BUILD_TUPLE(p, AM_open_error, SMALL(-10));
    return BUILD_TUPLE(p, AM_error, why);
}

Term bif_erl_ddll_try_unload_2(Process *p, Term *args)
{
    if (!is_name(args[0]) || !is_proper(args[1])) return bif_badarg(p);
    return BUILD_TUPLE(p, AM_error, AM_not_loaded);
}

Term bif_erl_ddll_format_error_int_1(Process *p, Term *args)
{
    switch (args[0]) {
    case AM_inconsistent:
        return build_string(
            p, "Driver name and/or driver options are inconsistent with currently loaded driver");
    case AM_linked_in_driver:
        return build_string(p, "Driver is statically linked and cannot be loaded/unloaded");
    case AM_permanent:
        return build_string(p, "DDLL driver is permanent an cannot be unloaded/loaded");
    case AM_already_loaded: return build_string(p, "DDLL driver is already loaded successfully");
    default: return bif_badarg(p);
    }
}

// {'DOWN', Ref, driver, Name, unloaded} comes at once.
Term bif_erl_ddll_monitor_2(Process *p, Term *args)
{
    Term name, when;
    if (args[0] != AM_driver || !is_pair(args[1], &name, &when) || !is_name(name) ||
        (when != AM_loaded && when != AM_loaded_only && when != AM_unloaded &&
         when != AM_unloaded_only))
        return bif_badarg(p);
    Term ref = build_ref(p, space_next_ref(&p->iso->space));
    if (ref == TERM_NONE) return TERM_NONE;
    Term message = BUILD_TUPLE(p, AM_DOWN, ref, AM_driver, name, AM_unloaded);
    if (message == TERM_NONE) return TERM_NONE;
    if (proc_deliver(p->iso, p, message) != ST_OK) return bif_no_memory(p);
    return proc_result(p, ref);
}

Term bif_erl_ddll_demonitor_1(Process *p, Term *args)
{
    return is_ref(args[0]) ? AM_true : bif_badarg(p);
}
