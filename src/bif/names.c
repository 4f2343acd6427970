// SPDX-License-Identifier: Apache-2.0
// bif/names.c - pids, references, ports and funs to text and back.
#include "bif/args.h"
#include "code/image.h"
#include "term/print.h"

// ---- to text -----------------------------------------------------------------------
static Term printed(Process *p, Term t)
{
    Buf buf;
    buf_init_in(&buf, &p->heap.space->arena);
    Term result;
    if (term_print(&buf, t, 4096) != ST_OK) {
        result = bif_no_memory(p);
    } else {
        // The text is UTF-8 (names of modules), the list has code points.
        Term list = TERM_NIL, *cell = &list, *hp = bif_alloc(p, 2 * buf.len);
        for (size_t i = 0; hp != NULL && i < buf.len; hp += 2) {
            uint32_t ch = buf.data[i];
            size_t step = utf8_get(buf.data + i, buf.len - i, &ch);
            i += step != 0 ? step : 1;
            hp[0] = make_small(ch);
            hp[1] = TERM_NIL;
            *cell = make_cons(hp);
            cell = hp + 1;
        }
        result = hp != NULL ? list : TERM_NONE;
        // Characters of several bytes left words unused: they must be values.
        if (hp != NULL && is_cons(list))
            for (Term *end = cons_ptr(list) + 2 * buf.len; hp < end; hp++) *hp = TERM_NIL;
    }
    buf_clear(&buf);
    return result;
}

Term bif_erlang_pid_to_list_1(Process *p, Term *args)
{
    return is_pid(args[0]) ? printed(p, args[0]) : bif_badarg(p);
}

Term bif_erlang_ref_to_list_1(Process *p, Term *args)
{
    return is_ref(args[0]) ? printed(p, args[0]) : bif_badarg(p);
}

Term bif_erlang_port_to_list_1(Process *p, Term *args)
{
    return is_port(args[0]) ? printed(p, args[0]) : bif_badarg(p);
}

Term bif_erlang_fun_to_list_1(Process *p, Term *args)
{
    return is_fun(args[0]) ? printed(p, args[0]) : bif_badarg(p);
}

// ---- from text ---------------------------------------------------------------------
// Numbers of a text like "#Ref<0.1.2.3>": what is before the first and the dots
// and > after each. False: another form, or a number over 2^32 - 1.
static bool parse_numbers(Term list, const char *head, uint64_t *numbers, size_t count)
{
    for (; *head != 0; head++, list = cons_tail(list))
        if (!is_cons(list) || cons_head(list) != make_small(*head)) return false;
    for (size_t i = 0; i < count; i++) {
        size_t digits = 0;
        uint64_t v = 0;
        for (Pace rate = PACE_START; is_cons(list) && is_small(cons_head(list));
             list = list_next(list, &rate), digits++) {
            int64_t c = small_value(cons_head(list));
            if (c < '0' || c > '9') break;
            v = v * 10 + (uint64_t)(c - '0');
            if (v > UINT32_MAX) return false;
        }
        Term after = i + 1 < count ? SMALL('.') : SMALL('>');
        if (digits == 0 || !is_cons(list) || cons_head(list) != after) return false;
        list = cons_tail(list);
        numbers[i] = v;
    }
    return is_nil(list);
}

Term bif_erlang_list_to_pid_1(Process *p, Term *args)
{
    uint64_t n[3];
    if (!parse_numbers(args[0], "<", n, 3) || n[0] != 0 || n[1] >= (uint64_t)1 << 28)
        return bif_badarg(p);
    return make_pid(n[2] << 28 | n[1]);
}

Term bif_erlang_list_to_ref_1(Process *p, Term *args)
{
    uint64_t n[4];
    if (!parse_numbers(args[0], "#Ref<", n, 4) || n[0] != 0 || n[3] >= (uint64_t)1 << 18)
        return bif_badarg(p);
    LocalRef *ref = (LocalRef *)bif_alloc(p, REF_WORDS);
    if (ref == NULL) return TERM_NONE;
    *ref = (LocalRef){HEADER(BOX_REF, REF_WORDS - 1), n[2] << 32 | n[3], n[1]};
    return make_boxed((Term *)ref);
}

Term bif_erlang_list_to_port_1(Process *p, Term *args)
{
    uint64_t n[2];
    if (!parse_numbers(args[0], "#Port<", n, 2) || n[0] != 0 || n[1] >= (uint64_t)1 << 28)
        return bif_badarg(p);
    return make_port(n[1]);
}

// ---- funs ----------------------------------------------------------------------------
static Term env_list(Process *p, const Fun *f, uint32_t n)
{
    Term *hp = bif_alloc(p, 2 * (size_t)n);
    if (hp == NULL) return TERM_NONE;
    Term list = TERM_NIL;
    while (n > 0) list = cons_at(&hp, f->env[--n], list);
    return list;
}

static Term local_item(Process *p, Term t, Term item)
{
    const Fun *f = (Fun *)boxed_ptr(t);
    const FunEntry *e = f->entry;
    uint8_t uniq[16];
    switch (item) {
    case AM_type: return AM_local;
    case AM_module: return e->module;
    case AM_name: return e->name;
    case AM_arity: return make_small(e->arity);
    case AM_new_index: return make_small(e->index);
    case AM_new_uniq: fun_uniq(e, uniq); return bif_make_binary(p, uniq, sizeof uniq);
    case AM_index: return make_small(e->old_index);
    case AM_uniq: return bif_make_uint64(p, e->old_uniq);
    case AM_env: return env_list(p, f, e->num_free);
    case AM_pid: return f->creator;
    case AM_refc: return make_small(1);
    default: return bif_badarg(p);
    }
}

static Term external_item(Process *p, Term t, Term item)
{
    const Term *e = boxed_ptr(t) + 1;
    switch (item) {
    case AM_type: return AM_external;
    case AM_module: return e[0];
    case AM_name: return e[1];
    case AM_arity: return e[2];
    case AM_env: return TERM_NIL;
    case AM_new_index:
    case AM_new_uniq:
    case AM_index:
    case AM_uniq:
    case AM_pid:
    case AM_refc: return AM_undefined;
    default: return bif_badarg(p);
    }
}

Term bif_erlang_fun_info_2(Process *p, Term *args)
{
    if (!is_fun(args[0])) return bif_badarg(p);
    Term value = (is_local_fun(args[0]) ? local_item : external_item)(p, args[0], args[1]);
    Term *hp = value != TERM_NONE ? bif_alloc(p, 3) : NULL;
    return hp != NULL ? tuple2_at(&hp, args[1], value) : TERM_NONE;
}

Term bif_erlang_fun_info_mfa_1(Process *p, Term *args)
{
    if (!is_fun(args[0])) return bif_badarg(p);
    Term *hp = bif_alloc(p, 4);
    if (hp == NULL) return TERM_NONE;
    if (is_export_fun(args[0])) {
        const Term *e = boxed_ptr(args[0]) + 1;
        return tuple3_at(&hp, e[0], e[1], e[2]);
    }
    const FunEntry *e = ((Fun *)boxed_ptr(args[0]))->entry;
    return tuple3_at(&hp, e->module, e->name, make_small(e->arity));
}

Term bif_erlang_make_fun_3(Process *p, Term *args)
{
    if (!is_atom(args[0]) || !is_atom(args[1]) || !is_small(args[2]) || small_value(args[2]) < 0 ||
        small_value(args[2]) > 255)
        return bif_badarg(p);
    Term *hp = bif_alloc(p, 4);
    if (hp == NULL) return TERM_NONE;
    hp[0] = HEADER(BOX_EXPORT, 3);
    memcpy(hp + 1, args, 3 * sizeof(Term));
    return make_boxed(hp);
}
