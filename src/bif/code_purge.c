// SPDX-License-Identifier: Apache-2.0
// bif/code_purge.c - who uses old code, and the end of it.
//
// Purging asks which processes would go on in old code: their instruction pointer or
// a return address lies in it. Funs do not keep old code from being purged (they are
// badfun afterwards), and literals cannot: both refer to the image, which lives on as
// a zombie of the code table until a sweep finds no word in the sandbox's memory that
// looks like an address of it. A word that only looks like one delays its end, no more.
#include "bif/address_search.h"
#include "bif/bif.h"
#include "bif/code.h"
#include "code/code_table.h"
#include "proc/isolate.h"
#include "proc/signal.h"

// ---- processes that run code ----------------------------------------------------------
static bool is_within(const Image *m, const uint64_t *at)
{
    return at != NULL && image_contains(m, at);
}

// A return address may be the end of the code when a call is its last word.
static bool is_return_into(const Image *m, Term word)
{
    if (!is_header(word) || word == 0) return false;
    const Word *at = (const Word *)(uintptr_t)word;
    return at > m->code && at <= m->code + m->code_words;
}

bool code_is_run_by(const Process *p, const Image *m, uint64_t *words)
{
    if (is_within(m, p->ip)) return true;
    if (p->exc.class >= EXC_TRAP && p->exc.class <= EXC_YIELD && is_within(m, p->trap_code))
        return true;
    *words += (uint64_t)(p->heap.end - p->heap.sp);
    for (const Term *at = p->heap.sp; at < p->heap.end; at++) {
        if (is_return_into(m, *at) || (is_catch(*at) && is_within(m, catch_handler(*at))))
            return true;
    }
    return false;
}

static const Image *old_image(const Isolate *iso, Term module)
{
    const Module *m = code_table_find(iso->code, module);
    return m == NULL ? NULL : m->old;
}

Status code_soft_purge(Isolate *iso, Term module)
{
    const Image *old = old_image(iso, module);
    if (old == NULL) return ST_NOT_FOUND;
    uint64_t words = 0;
    Process *q;
    for (uint64_t i = 0; (q = proc_next(iso, &i)) != NULL;) {
        if (code_is_run_by(q, old, &words)) return ST_EXISTS;
    }
    return code_table_purge(iso->code, module);
}

// purge(Module, soft | hard): none, there is no old code. Else soft: whether it is gone now,
// which it is unless a process runs it. hard: whether processes that ran it were killed.
Term bif_apex_host_purge_2(Process *p, Term *args)
{
    Isolate *iso = p->iso;
    Term module = args[0];
    bool hard = args[1] == AM_hard;
    if (!is_atom(module) || (!hard && args[1] != AM_soft)) return bif_badarg(p);
    const Image *old = old_image(iso, module);
    if (old == NULL) return AM_none;
    uint64_t words = 0, count = 0;
    bool found = false;
    Process *q;
    for (uint64_t i = 0; (q = proc_next(iso, &i)) != NULL; count++) {
        if (!code_is_run_by(q, old, &words)) continue;
        found = true;
        if (!hard) break;
        proc_exit_signal(iso, p->pid, q, AM_kill, false);
    }
    bif_charge(p, 1 + count / 8 + words / 64);
    if (found && !hard) return AM_false;
    if (code_table_purge(iso->code, module) != ST_OK) return bif_system_limit(p);
    code_sweep(p);
    return proc_result(p, hard ? make_bool(found) : AM_true);
}

// ---- unloading -------------------------------------------------------------------------
// The next process from *iterator on that runs current or old code of m, or NULL.
static Process *next_user(Isolate *iso, const Module *m, uint64_t *iterator)
{
    uint64_t words = 0;
    Process *q;
    while ((q = proc_next(iso, iterator)) != NULL) {
        if (m->old != NULL && code_is_run_by(q, m->old, &words)) return q;
        if (m->current != NULL && code_is_run_by(q, m->current, &words)) return q;
    }
    return NULL;
}

Status code_unload(Isolate *iso, Term module, bool kill)
{
    const Module *m = code_table_find(iso->code, module);
    if (m == NULL || (m->current == NULL && m->old == NULL)) return ST_NOT_FOUND;
    uint64_t i = 0;
    for (Process *q; (q = next_user(iso, m, &i)) != NULL;) {
        if (!kill) return ST_EXISTS;
        proc_kill(iso, q, AM_killed);
    }
    if (m->old != NULL) TRY(code_table_purge(iso->code, module));
    m = code_table_find(iso->code, module);
    if (m == NULL || m->current == NULL) return ST_OK;
    TRY(code_table_delete(iso->code, module));
    return code_table_purge(iso->code, module);
}

// ---- the sweep ---------------------------------------------------------------------------
enum { SWEEP_ZOMBIES = 16 };

static void add_ranges(AddressSearch *s, uint32_t zombie, const Image *m)
{
    // One past the end counts: the return address behind a last call.
    address_search_add(s, zombie, m->code, m->code_words * sizeof *m->code + 1);
    address_search_add(s, zombie, m->funs, m->num_funs * sizeof *m->funs);
    address_search_add(s, zombie, m->literal_area, m->literal_bytes);
    for (size_t i = 0; i < m->num_extra; i++)
        address_search_add(s, zombie, m->extra[i].block, m->extra[i].bytes);
}

typedef struct Sweep {
    const AddressSearch *search;
    size_t asked;  // zombies that is_used has been asked about
} Sweep;

// The table asks about each zombie once, in their order.
static bool is_used(void *context, const Image *m)
{
    Sweep *s = context;
    return s->search->is_found[s->asked++];
}

// The list of zombies itself, and the image pointers that funs and tables hold, are not addresses
// within these ranges: they point to the Image, not to what it owns.
void code_sweep(Process *p)
{
    CodeTable *t = p->iso->code;
    size_t n = t->zombies.len, ranges = 0;
    if (n < SWEEP_ZOMBIES || n < t->sweep_at) return;
    for (size_t i = 0; i < n; i++) ranges += 3 + t->zombies.items[i]->num_extra;
    AddressSearch s;
    if (!address_search_init(&s, &p->iso->space.arena, n, ranges)) return;
    for (uint32_t i = 0; i < n; i++) add_ranges(&s, i, t->zombies.items[i]);
    address_search_sort(&s);
    bif_charge(p, address_search_isolate(&s, p->iso) / 64);
    code_table_sweep_zombies(t, is_used, &(Sweep){.search = &s});
    t->sweep_at = 2 * t->zombies.len;
    address_search_clear(&s);
}

// ---- OTP's purger and literal collector: for their own processes only ----------------------
Term bif_erts_internal_purge_module_2(Process *p, Term *args) { return bif_error(p, AM_notsup); }
Term bif_literal_release_area_switch_0(Process *p, Term *args) { return bif_error(p, AM_notsup); }
Term bif_literal_send_copy_request_3(Process *p, Term *args) { return bif_error(p, AM_notsup); }
