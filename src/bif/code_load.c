// SPDX-License-Identifier: Apache-2.0
// bif/code_load.c - loading and deleting modules of the caller's sandbox.
//
// As in OTP, loading has two steps: prepare_loading verifies and translates a file and
// returns a reference that holds the image; finish_loading links prepared images and
// uses the references up. A module with an on_load function is staged: its process
// calls the function, then finish_after_on_load links or forgets it.
#include <string.h>

#include "base/diag.h"
#include "bif/bif.h"
#include "bif/build.h"
#include "bif/code.h"
#include "bif/file_name.h"
#include "code/code_table.h"
#include "code/image_store.h"
#include "code/instr.h"
#include "proc/isolate.h"
#include "term/print.h"

// All of a sandbox are on a list: when it ends, terms are not looked at any more.
typedef struct PreparedCode {
    NativeObject object;
    Image *image;  // NULL: used up
    struct PreparedCode *next, *prev;
} PreparedCode;

// A module that is not loaded yet: its atoms are not in the books yet.
static uint64_t prepared_bytes(const Image *image)
{
    return image->memory_bytes + image->atom_bytes;
}

static void use_up(Isolate *iso, PreparedCode *c)
{
    if (c->image == NULL) return;
    arena_uncharge(&iso->space.arena, prepared_bytes(c->image));
    image_release(c->image);
    c->image = NULL;
}

static void destroy_prepared(Space *s, NativeObject *o)
{
    Isolate *iso = container_of(s, Isolate, space);
    PreparedCode *c = container_of(o, PreparedCode, object);
    use_up(iso, c);
    if (c->next != NULL) c->next->prev = c->prev;
    if (c->prev != NULL) c->prev->next = c->next;
    else iso->tables[ISO_PREPARED] = c->next;
    arena_free(&s->arena, c, sizeof *c);
}

void code_clear_prepared(Isolate *iso)
{
    for (PreparedCode *c = iso->tables[ISO_PREPARED]; c != NULL; c = c->next) use_up(iso, c);
}

static const NativeClass prepared_class = {"prepared code", destroy_prepared};

static PreparedCode *prepared_code(Term t)
{
    NativeObject *o = magic_object(t, &prepared_class);
    if (o == NULL) return NULL;
    PreparedCode *c = container_of(o, PreparedCode, object);
    return c->image == NULL ? NULL : c;
}

// A reference that takes over the image.
static Term make_prepared(Process *p, Image *image)
{
    Space *s = &p->iso->space;
    PreparedCode *c = arena_alloc(&s->arena, sizeof *c);
    bool charged = c != NULL && arena_charge(&s->arena, prepared_bytes(image));
    Term *hp = charged ? heap_alloc(&p->heap, MAGIC_WORDS) : NULL;
    if (hp == NULL) {
        if (charged) arena_uncharge(&s->arena, prepared_bytes(image));
        arena_free(&s->arena, c, sizeof *c);
        image_release(image);
        return bif_no_memory(p);
    }
    *c = (PreparedCode){.object = {&prepared_class, 1, space_next_ref(s)},
                        .image = image,
                        .next = p->iso->tables[ISO_PREPARED]};
    if (c->next != NULL) c->next->prev = c;
    p->iso->tables[ISO_PREPARED] = c;
    return magic_ref_at(hp, &p->heap.off, &c->object);
}

static Term error_pair(Process *p, Term reason) { return BUILD_TUPLE(p, AM_error, reason); }

void code_tell_loaded(Isolate *iso, Term module, bool replaced)
{
    if (iso->host.event == NULL) return;
    AtomText t = atom_text(module);
    char name[4 * 255 + 1];
    size_t len = t.len < sizeof name ? t.len : sizeof name - 1;
    memcpy(name, t.bytes, len);
    name[len] = '\0';
    isolate_tell(iso, replaced ? "replaced" : "loaded", name);
}

static bool has_code(const Isolate *iso, Term module)
{
    const Module *m = code_table_find(iso->code, module);
    return m != NULL && m->current != NULL;
}

Term bif_erts_internal_prepare_loading_2(Process *p, Term *args)
{
    if (!is_atom(args[0]) || !is_binary(args[1])) return bif_badarg(p);
    if (!bif_may(p)) return error_pair(p, AM_not_allowed);
    CodeBytes bytes;
    if (code_bytes_open(p, args[1], &bytes) != ST_OK) return bif_no_memory(p);
    bif_charge(p, bytes.len / 4);
    Diag d;
    diag_init(&d);
    Image *image;
    LimitKind which;
    Limits *limits = &p->iso->limits;
    Arena scratch, *arena = &p->iso->space.arena;
    arena_begin_scratch(&scratch, arena);
    Status st = image_store_get_within(bytes.data, bytes.len, limits, &scratch, &which, &image, &d);
    arena_end_scratch(&scratch, arena);
    code_bytes_close(&bytes);
    if (st == ST_LIMIT && which == LIMIT_MEMORY) return bif_no_memory(p);
    if (st == ST_LIMIT && which != LIMIT_COUNT) limit_refuse(limits, which);
    if (st == ST_NOMEM || st == ST_LIMIT) return bif_system_limit(p);
    if (st != ST_OK) {
        isolate_tell(p->iso, "badfile", d.text);
        return error_pair(p, AM_badfile);
    }
    if (image->module != args[0]) {
        image_release(image);
        isolate_tell(p->iso, "badfile", "the file holds a module of another name");
        return error_pair(p, AM_badfile);
    }
    return make_prepared(p, image);
}

Term bif_erlang_has_prepared_code_on_load_1(Process *p, Term *args)
{
    PreparedCode *c = prepared_code(args[0]);
    return c == NULL ? bif_badarg(p) : make_bool(c->image->on_load != NULL);
}

// ---- finish_loading --------------------------------------------------------------------
static bool is_prepared_list(Term list)
{
    for (Pace rate = PACE_START; is_cons(list); list = list_next(list, &rate)) {
        if (prepared_code(cons_head(list)) == NULL) return false;
    }
    return is_nil(list);
}

static Image *image_of(Term cell) { return prepared_code(cons_head(cell))->image; }

static bool is_repeated(const CodeTable *t, Term list, Term cell)
{
    for (Term c = list; c != cell; c = cons_tail(c)) {
        if (image_of(c)->module == image_of(cell)->module) return true;
    }
    return false;
}

static bool has_on_load(const CodeTable *t, Term list, Term cell)
{
    return image_of(cell)->on_load != NULL;
}

// Loading would push out old code.
static bool is_not_purged(const CodeTable *t, Term list, Term cell)
{
    const Module *m = code_table_find(t, image_of(cell)->module);
    return m != NULL && m->current != NULL && m->old != NULL;
}

// {tag, [Module]} for the members of list that `wrong` says yes to; AM_ok: none.
static Term complaint(Process *p, Term list, Term tag,
                      bool (*wrong)(const CodeTable *, Term list, Term cell))
{
    Term modules = TERM_NIL;
    for (Term c = list; is_cons(c); c = cons_tail(c)) {
        bif_charge(p, 1);
        if (!wrong(p->iso->code, list, c)) continue;
        modules = build_cons(p, image_of(c)->module, modules);
        if (modules == TERM_NONE) return TERM_NONE;
    }
    return is_nil(modules) ? AM_ok : BUILD_TUPLE(p, tag, modules);
}

static Term stage(Process *p, Term list)
{
    PreparedCode *c = prepared_code(cons_head(list));
    Term answer = complaint(p, list, AM_on_load, has_on_load);
    if (answer == TERM_NONE) return TERM_NONE;
    Status st = code_table_stage(p->iso->code, c->image);
    if (st == ST_EXISTS) return bif_badarg(p);  // another load of the module waits
    if (st != ST_OK) return bif_system_limit(p);
    use_up(p->iso, c);
    return answer;
}

Term bif_erlang_finish_loading_1(Process *p, Term *args)
{
    Term list = args[0], answer;
    int64_t n = bif_list_length(p, list);
    if (n < 0 || !is_prepared_list(list) || !bif_may(p)) return bif_badarg(p);
    if (n > 1 && n * n / 16 < INT32_MAX) bif_charge(p, (uint64_t)(n * n / 16));
    if (n > 1 && complaint(p, list, AM_on_load, has_on_load) != AM_ok)
        return bif_system_limit(p);  // such a module is loaded alone
    answer = complaint(p, list, AM_duplicated, is_repeated);
    if (answer == AM_ok) answer = complaint(p, list, AM_not_purged, is_not_purged);
    if (answer != AM_ok) return answer;
    code_sweep(p);
    if (n == 1 && image_of(list)->on_load != NULL) return stage(p, list);
    for (Pace rate = PACE_START; is_cons(list); list = list_next(list, &rate)) {
        PreparedCode *c = prepared_code(cons_head(list));
        bool replaced = has_code(p->iso, c->image->module);
        Status st = code_table_load(p->iso->code, c->image, false);
        if (st != ST_OK) return bif_system_limit(p);
        code_tell_loaded(p->iso, c->image->module, replaced);
        bif_charge(p, 1 + (c->image->num_exports + c->image->num_imports) / 16);
        use_up(p->iso, c);
    }
    return AM_ok;
}

// ---- on_load ------------------------------------------------------------------------------
static const Module *pending_module(Process *p, Term name)
{
    const Module *m = is_atom(name) ? code_table_find(p->iso->code, name) : NULL;
    return m == NULL || m->pending == NULL ? NULL : m;
}

Term bif_erlang_call_on_load_function_1(Process *p, Term *args)
{
    const Module *m = pending_module(p, args[0]);
    if (m == NULL) return bif_badarg(p);
    code_table_set_runner(p->iso->code, args[0], p->pid);
    p->exc.class = EXC_TRAP;
    p->trap_code = m->pending->on_load;
    p->trap_arity = 0;
    return TERM_NONE;
}

Term bif_erlang_finish_after_on_load_2(Process *p, Term *args)
{
    if ((args[1] != AM_true && args[1] != AM_false) || pending_module(p, args[0]) == NULL)
        return bif_badarg(p);
    bool replaced = has_code(p->iso, args[0]);
    Status st = code_table_settle(p->iso->code, args[0], args[1] == AM_true);
    if (st == ST_EXISTS) return bif_badarg(p);
    if (st == ST_OK && args[1] == AM_true) code_tell_loaded(p->iso, args[0], replaced);
    return st == ST_OK ? AM_true : bif_system_limit(p);
}

// ---- delete, native libraries ---------------------------------------------------------------
Term bif_erlang_delete_module_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return bif_badarg(p);
    (void)code_current(p->iso, args[0]);
    switch (code_table_delete(p->iso->code, args[0])) {
    case ST_OK: return AM_true;
    // True also for a module that has no code any more.
    case ST_NOT_FOUND:
        return code_table_find(p->iso->code, args[0]) == NULL ? AM_undefined : AM_true;
    case ST_EXISTS: return bif_badarg(p);
    default: return bif_system_limit(p);
    }
}

// {error, {Why, Text}} of what has been printed; its bytes are the characters.
static Term nif_error(Process *p, Term why, const Buf *text, Status printed)
{
    if (printed != ST_OK) return bif_no_memory(p);
    Term list = bif_make_byte_list(p, text->data, text->len, TERM_NIL);
    return error_pair(p, BUILD_TUPLE(p, why, list));
}

// The module of the code that is at `at`, when that is not its present code any more; else
// TERM_NONE.
static Term old_module_at(CodeTable *t, const Word *at)
{
    const Image *image = code_table_image_at(t, at);
    const Module *m = image == NULL ? NULL : code_table_find(t, image->module);
    return m != NULL && m->old == image ? m->name : TERM_NONE;
}

// No sandbox may have one; it looks as if the file were not there. In OTP this is an instruction
// that knows whose code it is: called in any other way it fails before it looks at its arguments.
Term bif_erlang_load_nif_2(Process *p, Term *args)
{
    (void)bif_may(p);  // never; the host is told of it
    cleanup_with(buf_clear) Buf text;
    buf_init_in(&text, &p->heap.space->arena);
    if (p->ip[0] != instr_handler[INSTR_call_bif]) {
        Status st = buf_printf(&text, "load_nif/2 must be explicitly called from the NIF module. "
                                      "It cannot be called through apply/3.");
        return nif_error(p, AM_bad_lib, &text, st);
    }
    cleanup_with(buf_clear) Buf name;
    buf_init_in(&name, &p->heap.space->arena);
    if (!file_name_append(p, &name, args[0])) return TERM_NONE;
    if (buf_append_u8(&name, 0) != ST_OK) return bif_no_memory(p);

    Term old = old_module_at(p->iso->code, p->ip);
    if (old != TERM_NONE) {
        Status st = buf_printf(&text, "Calling load_nif from old module '");
        if (st == ST_OK) st = term_print(&text, old, SIZE_MAX);
        if (st == ST_OK) st = buf_printf(&text, "' not allowed");
        return nif_error(p, AM_old_code, &text, st);
    }
    Status st = buf_printf(&text,
                           "Failed to load NIF library: '%s.so: cannot open shared object "
                           "file: No such file or directory'",
                           (const char *)name.data);
    return nif_error(p, AM_load_failed, &text, st);
}
