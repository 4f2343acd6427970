// SPDX-License-Identifier: Apache-2.0
// bif/dist.c - nodes. A sandbox is a node that is not alive and knows no other.
#include "bif/build.h"
#include "heap/map.h"
#include "proc/signal.h"

// ---- names ---------------------------------------------------------------------------
Term bif_erlang_node_0(Process *p, Term *args) { return p->iso->space.node; }

Term bif_erlang_node_1(Process *p, Term *args)
{
    Term t = args[0];
    if (is_local_pid(t) || is_local_port(t) || is_local_ref(t)) return p->iso->space.node;
    if (is_pid(t) || is_port(t) || is_ref(t)) return boxed_ptr(t)[1];
    return bif_badarg(p);
}

// *here: the kind holds this node.
static bool node_kind(Term kind, bool *here)
{
    if (kind == AM_this || kind == AM_known) *here = true;
    else if (kind != AM_visible && kind != AM_hidden && kind != AM_connected) return false;
    return true;
}

// A kind or a list of them.
static bool node_kinds(Term kinds, bool *here)
{
    *here = false;
    if (is_atom(kinds)) return node_kind(kinds, here);
    for (Pace rate = PACE_START; is_cons(kinds); kinds = list_next(kinds, &rate)) {
        if (!node_kind(cons_head(kinds), here)) return false;
    }
    return is_nil(kinds);
}

Term bif_erlang_nodes_0(Process *p, Term *args) { return TERM_NIL; }

Term bif_erlang_nodes_1(Process *p, Term *args)
{
    bool here;
    if (!node_kinds(args[0], &here)) return bif_badarg(p);
    return here ? build_cons(p, p->iso->space.node, TERM_NIL) : TERM_NIL;
}

Term bif_erlang_nodes_2(Process *p, Term *args)
{
    bool here, id = false, type = false;
    if (!node_kinds(args[0], &here) || !is_map(args[1])) return bif_badarg(p);
    size_t known = 0;
    Term value = map_get(args[1], AM_connection_id);
    if (value != TERM_NONE && (known++, !get_bool(value, &id))) return bif_badarg(p);
    value = map_get(args[1], AM_node_type);
    if (value != TERM_NONE && (known++, !get_bool(value, &type))) return bif_badarg(p);
    if (known != map_size(args[1])) return bif_badarg(p);
    if (!here) return TERM_NIL;
    Term keys[2], values[2];
    unsigned n = 0;
    if (id) keys[n] = AM_connection_id, values[n++] = AM_undefined;
    if (type) keys[n] = AM_node_type, values[n++] = AM_this;
    Term info = build_map(p, n, keys, values);
    Term entry = info == TERM_NONE ? info : BUILD_TUPLE(p, p->iso->space.node, info);
    return build_cons(p, entry, TERM_NIL);
}

Term bif_erlang_setnode_2(Process *p, Term *args) { return bif_badarg(p); }

static Term monitor_node(Process *p, Term node, Term flag)
{
    bool on;
    if (!is_atom(node)) return bif_badarg(p);
    if (node != p->iso->space.node) return bif_error(p, AM_notalive);
    return get_bool(flag, &on) ? AM_true : bif_badarg(p);
}

Term bif_erlang_monitor_node_2(Process *p, Term *args) { return monitor_node(p, args[0], args[1]); }

Term bif_erlang_monitor_node_3(Process *p, Term *args)
{
    Term options = args[2];
    Pace rate = PACE_START;
    while (is_cons(options) && cons_head(options) == AM_allow_passive_connect)
        options = list_next(options, &rate);
    if (!is_nil(options)) return bif_error_cause(p, AM_badarg, AM_badopt);
    return monitor_node(p, args[0], args[1]);
}

// ---- connections ----------------------------------------------------------------------
Term bif_erlang_dist_ctrl_get_data_1(Process *p, Term *args) { return bif_error(p, AM_notsup); }
Term bif_erlang_dist_ctrl_get_data_notification_1(Process *p, Term *args)
{
    return bif_error(p, AM_notsup);
}
Term bif_erlang_dist_ctrl_get_opt_2(Process *p, Term *args) { return bif_error(p, AM_notsup); }
Term bif_erlang_dist_ctrl_set_opt_3(Process *p, Term *args) { return bif_error(p, AM_notsup); }
Term bif_erlang_dist_ctrl_input_handler_2(Process *p, Term *args)
{
    return bif_error(p, AM_notsup);
}
Term bif_erlang_dist_ctrl_put_data_2(Process *p, Term *args) { return bif_badarg(p); }
Term bif_erlang_dist_get_stat_1(Process *p, Term *args) { return bif_badarg(p); }

// What a connection of OTP 25 could do, as numbers of its protocol.
Term bif_erts_internal_get_dflags_0(Process *p, Term *args)
{
    return BUILD_TUPLE(p, AM_erts_dflags, SMALL(55966662588), SMALL(17239956), SMALL(55966662588),
                       SMALL(8396866), SMALL(8192));
}

Term bif_erts_internal_get_creation_0(Process *p, Term *args) { return AM_undefined; }
Term bif_erts_internal_new_connection_1(Process *p, Term *args) { return bif_badarg(p); }
Term bif_erts_internal_abort_pending_connection_2(Process *p, Term *args) { return bif_badarg(p); }
Term bif_erts_internal_create_dist_channel_3(Process *p, Term *args) { return AM_badarg; }
Term bif_erts_debug_dist_ext_to_term_2(Process *p, Term *args) { return bif_badarg(p); }

Term bif_net_kernel_dflag_unicode_io_1(Process *p, Term *args)
{
    return is_pid(args[0]) ? AM_true : bif_badarg(p);
}
