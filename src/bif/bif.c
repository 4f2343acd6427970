// SPDX-License-Identifier: Apache-2.0
// bif/bif.c - the table of builtins and what they share.
#include "bif/bif.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>

#include "base/fiber.h"
#include "code/builtin.h"
#include "code/instr.h"
#include "exec/work.h"
#include "heap/arith.h"
#include "proc/isolate.h"

Bif bif_table[BIF_COUNT] = {
#define BIF(mod, fun, ar, cname, knd, capability, what) \
    [BIF_##cname] = {.module = AM_##mod,                \
                     .arity = ar,                       \
                     .kind = BIF_KIND_##knd,            \
                     .cap = CAP_##capability,           \
                     .fn = bif_##cname,                 \
                     .cost = what,                      \
                     .name = fun},
#include "bif/bif.def"
#undef BIF
};

// Open addressing from M:F/A to the row; written once by bif_init.
enum { INDEX_SLOTS = 2048 };
static uint16_t bif_index[INDEX_SLOTS];  // position + 1
_Static_assert(BIF_COUNT < INDEX_SLOTS / 2, "the index of builtins is too small");

static unsigned slot_of(Term module, Term function, unsigned arity)
{
    uint64_t h = (module * 31 + function) * 0x9E3779B97F4A7C15u + arity * 0xC2B2AE3D27D4EB4Fu;
    return (unsigned)(h >> 53) % INDEX_SLOTS;
}

static Status fill_row(Bif *b)
{
    Status st = atom_intern(b->name, strlen(b->name), &b->function);
    if (st != ST_OK) return st;
    b->stub[0] = instr_handler[INSTR_func_info];
    b->stub[1] = b->module, b->stub[2] = b->function, b->stub[3] = b->arity;
    b->stub[4] = instr_handler[INSTR_bif_stub];
    b->stub[5] = (uint64_t)(uintptr_t)b;
    return ST_OK;
}

static Status init_status = ST_OK;
static void init_once(void)
{
    for (unsigned i = 0; i < BIF_COUNT; i++) {
        Bif *b = &bif_table[i];
        init_status = fill_row(b);
        if (init_status != ST_OK) return;
        if (b->kind == BIF_KIND_HIDDEN) continue;
        unsigned s = slot_of(b->module, b->function, b->arity);
        while (bif_index[s] != 0) s = (s + 1) % INDEX_SLOTS;
        bif_index[s] = (uint16_t)(i + 1);
    }
}

Status bif_init(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, init_once);
    return init_status;
}

const Bif *bif_find(Term module, Term function, unsigned arity)
{
    for (unsigned s = slot_of(module, function, arity); bif_index[s] != 0;
         s = (s + 1) % INDEX_SLOTS) {
        const Bif *b = &bif_table[bif_index[s] - 1];
        if (b->module == module && b->function == function && b->arity == arity) return b;
    }
    return NULL;
}

const Bif *builtin_find(Term module, Term function, unsigned arity)
{
    return bif_find(module, function, arity);
}

// ---- memory -------------------------------------------------------------------
void *bif_scratch(Process *p, size_t bytes)
{
    void *at = arena_alloc(&p->iso->space.arena, bytes);
    if (at == NULL) (void)bif_no_memory(p);
    return at;
}

void bif_scratch_free(Process *p, void *at, size_t bytes)
{
    arena_free(&p->iso->space.arena, at, bytes);
}

// ---- capabilities ---------------------------------------------------------------
bool bif_may(Process *p)
{
    Cap cap = (Cap)p->current_bif->cap;
    if (LIKELY(cap_allowed(p->iso->caps, cap))) return true;
    // Instead of these a sandbox has something of its own, to be used as often as it likes.
    CapSet once = (CAP_BIT(CAP_ENV) | CAP_BIT(CAP_CLOCK)) & CAP_BIT(cap);
    if ((p->iso->denied & once) == 0) isolate_deny(p->iso, cap);
    p->iso->denied |= once;
    return false;
}

// ---- ends of a builtin ----------------------------------------------------------
static Term raise(Process *p, ExcClass class, Term reason)
{
    exec_set_error(p, reason);
    p->exc.class = class;
    return TERM_NONE;
}

Term bif_error(Process *p, Term reason) { return raise(p, EXC_ERROR, reason); }
Term bif_exit(Process *p, Term reason) { return raise(p, EXC_EXIT, reason); }
Term bif_throw(Process *p, Term reason) { return raise(p, EXC_THROW, reason); }

Term bif_error_cause(Process *p, Term reason, Term cause)
{
    (void)raise(p, EXC_ERROR, reason);
    p->exc.info = cause;
    return TERM_NONE;
}

Term bif_error_tagged(Process *p, Term tag, Term value)
{
    exec_set_error_tagged(p, tag, value);
    return TERM_NONE;
}

Term bif_no_memory(Process *p)
{
    exec_set_no_memory(p);
    return TERM_NONE;
}

Term bif_refused(Process *p, Status st)
{
    return st == ST_LIMIT ? bif_system_limit(p) : bif_no_memory(p);
}

static Term go_on(Process *p, ExcClass class, const uint64_t *code, unsigned arity, va_list args)
{
    for (unsigned i = 0; i < arity; i++) p->trap_args[i] = va_arg(args, Term);
    p->exc.class = class;
    p->trap_code = code;
    p->trap_arity = (uint8_t)arity;
    return TERM_NONE;
}

Term bif_trap(Process *p, BifIndex index, unsigned arity, ...)
{
    va_list args;
    va_start(args, arity);
    Term none = go_on(p, EXC_TRAP, &bif_table[index].stub[4], arity, args);
    va_end(args);
    return none;
}

Term bif_yield(Process *p, BifIndex index, unsigned arity, ...)
{
    va_list args;
    va_start(args, arity);
    Term none = go_on(p, EXC_YIELD, &bif_table[index].stub[4], arity, args);
    va_end(args);
    return none;
}

Term bif_wait(Process *p, BifIndex index, unsigned arity, ...)
{
    va_list args;
    va_start(args, arity);
    Term none = go_on(p, EXC_WAIT, &bif_table[index].stub[4], arity, args);
    va_end(args);
    return none;
}

Term bif_tail_call(Process *p, Term module, Term function, unsigned arity, ...)
{
    const uint64_t *code = exec_resolve(p->iso, module, function, arity);
    if (code == NULL) return bif_error(p, AM_undef);
    va_list args;
    va_start(args, arity);
    Term none = go_on(p, EXC_TRAP, code, arity, args);
    va_end(args);
    return none;
}

// ---- arguments --------------------------------------------------------------------
int64_t bif_list_length(Process *p, Term list)
{
    int64_t n = 0;
    Pace work = PACE_START;
    for (; is_cons(list); list = cons_tail(list), (void)pace(&work, 1)) n++;
    bif_charge(p, (uint64_t)n / 64);
    return is_nil(list) ? n : -1;
}

bool bif_get_uint64(Term t, uint64_t *out)
{
    if (is_small(t)) {
        if (small_value(t) < 0) return false;
        *out = (uint64_t)small_value(t);
        return true;
    }
    if (!is_big(t) || big_is_negative(t) || big_limbs(t) != 1) return false;
    *out = big_digits(t)[0];
    return true;
}

bool bif_get_int64(Term t, int64_t *out)
{
    if (is_small(t)) {
        *out = small_value(t);
        return true;
    }
    if (!is_big(t) || big_limbs(t) != 1) return false;
    uint64_t v = big_digits(t)[0];
    if (v > (uint64_t)INT64_MAX + big_is_negative(t)) return false;
    *out = big_is_negative(t) ? (int64_t)(0 - v) : (int64_t)v;
    return true;
}

bool bif_get_size(Term t, size_t *out)
{
    uint64_t v;
    if (!bif_get_uint64(t, &v)) return false;
    *out = v;
    return true;
}

static Term make_limb(Process *p, uint64_t magnitude, BoxKind kind)
{
    Term *hp = bif_alloc(p, 2);
    if (hp == NULL) return TERM_NONE;
    hp[0] = HEADER(kind, 1);
    hp[1] = magnitude;
    return make_boxed(hp);
}

Term bif_make_uint64(Process *p, uint64_t v)
{
    return v <= (uint64_t)SMALL_MAX ? make_small((int64_t)v) : make_limb(p, v, BOX_POS_BIG);
}

Term bif_make_int64(Process *p, int64_t v)
{
    if (fits_small(v)) return make_small(v);
    return v < 0 ? make_limb(p, 0 - (uint64_t)v, BOX_NEG_BIG)
                 : make_limb(p, (uint64_t)v, BOX_POS_BIG);
}

Term bif_make_byte_list(Process *p, const uint8_t *bytes, size_t n, Term tail)
{
    Term *hp = bif_alloc(p, 2 * n);
    if (hp == NULL) return TERM_NONE;
    bif_charge(p, n / 64);
    Pace work = PACE_START;
    for (size_t i = n; i-- > 0; (void)pace(&work, 2))
        tail = cons_at(&hp, make_small(bytes[i]), tail);
    return tail;
}

Term bif_make_binary(Process *p, const void *bytes, size_t n)
{
    Term t = binary_new(&p->heap, bytes, n);
    if (t == TERM_NONE) return bif_no_memory(p);
    bif_charge(p, n / 1024);
    return t;
}

Term bif_make_atom(Process *p, const char *utf8, size_t n)
{
    Term out;
    Status st = atom_book_intern(&p->iso->space.atoms, utf8, n, &out);
    if (st == ST_OK) return out;
    if (st == ST_INVALID) return bif_system_limit(p);
    return st == ST_LIMIT ? bif_system_limit(p) : bif_no_memory(p);
}
