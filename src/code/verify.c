// SPDX-License-Identifier: Apache-2.0
// code/verify.c - the walk over a file: functions, labels, calls.
//
// The first walk reads the code as it comes, so nothing need be known of labels
// before they are met. Where the state of a label that was already passed
// changes, the walk begins again from there when the function ends. Arguments
// of a function are terms, and contexts too where a local call passes one; a
// function that turns out to get one it was not walked with is walked again.
#include "code/verify.h"
#include "base/fiber.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "code/verify_int.h"

// What compilers need is below a tenth of these.
enum { STATE_BYTES = 64, STATE_SPARE = 256 << 10, WORK = 512, WORK_SPARE = 4 << 20 };

// ---- refusing ----------------------------------------------------------------------
static Status refuse_at(Verifier *v, const VFunction *f, uint32_t number, const char *op,
                        uint32_t offset, const char *why)
{
    BeamSpan name =
        f != NULL ? beam_file_atom(v->file, f->name) : (BeamSpan){(const uint8_t *)"?", 1};
    diag_set_at(v->diag, offset, "function %.*s/%u, instruction %u (%s), offset %u: %s",
                name.size < 128 ? (int)name.size : 128, (const char *)name.data,
                f != NULL ? f->arity : 0, number, op, offset, why);
    return ST_FORMAT;
}

static VFunction *function_of(Verifier *v)
{
    return v->function == 0 ? NULL : &v->functions.items[v->function - 1];
}

Status verify_refuse(Verifier *v, const Instr *in, const char *fmt, ...)
{
    if (v->diag == NULL) return ST_FORMAT;
    char why[192];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(why, sizeof why, fmt, args);
    va_end(args);
    const VFunction *f = function_of(v);
    return refuse_at(v, f, f != NULL ? v->reader.instructions - f->index : 0, in->info->name,
                     in->offset, why);
}

Status verify_spend(Verifier *v, const Instr *in, uint64_t work)
{
    v->work += work;
    return LIKELY(v->work <= v->work_limit) ? ST_OK : verify_refuse(v, in, "too complex to verify");
}

// ---- states at labels ------------------------------------------------------------------
static Status save_state(Verifier *v, const Instr *in, VLabel *l)
{
    size_t words = v->states.len + state_words(&v->s);
    if (words > ((size_t)v->file->code.size * STATE_BYTES + STATE_SPARE) / 4)
        return verify_refuse(v, in, "too complex to verify");
    uint32_t at = (uint32_t)v->states.len;
    TRY(state_save(&v->s, &v->states));
    l->state = at + 1;
    l->dirty = true;
    return ST_OK;
}

Status verify_note_edge(Verifier *v, uint32_t label)
{
    if (!v->record || v->paid) return ST_OK;
    v->loops |= v->labels[label].at != NOWHERE;
    return vec_push(&v->edges, ((VEdge){v->block, label}));
}

Status verify_flow(Verifier *v, const Instr *in, uint32_t label)
{
    VLabel *l = &v->labels[label];
    TRY(verify_spend(v, in, 4 + v->s.num_x + v->s.slots));
    TRY(verify_note_edge(v, label));
    if (l->function == 0) {
        l->function = v->function;
        v->unmet++;
    } else if (l->function != v->function) {
        return verify_refuse(v, in, "label %u is in another function", label);
    }
    if (l->state == 0) TRY(save_state(v, in, l));
    else if (state_merge(v->states.items + l->state - 1, &v->s)) l->dirty = true;
    if (l->dirty && l->at != NOWHERE && l->place < v->cursor) v->cursor = l->place;
    return ST_OK;
}

Status verify_flow_to(Verifier *v, const Instr *in, const Operand *label)
{
    return label->kind == K_LABEL ? verify_flow(v, in, (uint32_t)label->u) : ST_OK;
}

// An exception enters the innermost handler with the slots as they are.
static Status flow_to_handler(Verifier *v, const Instr *in)
{
    VState *s = &v->s;
    if (s->num_handlers == 0 || s->frame == FRAME_MIXED) return ST_OK;
    uint32_t num_x = s->num_x, heap = s->heap, num_floats = s->num_floats;
    VType x0 = s->x[0];
    bool open = s->open, paid = v->paid;
    v->paid = true;  // catch and try have noted the edge
    regs_clobber(v, T_RAISED);
    Status st = verify_flow(v, in, s->handlers[s->num_handlers - 1].label);
    s->num_x = num_x, s->heap = heap, s->num_floats = num_floats, s->x[0] = x0, s->open = open,
    v->paid = paid;
    return st;
}

static Status past_the_end(Verifier *v, const Instr *in)
{
    return verify_refuse(v, in, "a way leads past the end of the function");
}

// ---- blocks -------------------------------------------------------------------------------
static void begin_block(Verifier *v, uint32_t label)
{
    VLabel *l = &v->labels[label];
    v->block = label;
    v->block_index = v->reader.instructions;
    v->paid = false;
    v->record = !l->walked;
    if (v->record) l->edge = (uint32_t)v->edges.len;
    l->walked = true;
    l->dirty = false;
    v->live = true;
}

static Status walk_instr(Verifier *v, const Instr *in)
{
    v->y_changed = false;
    TRY(verify_step(v, in));
    return v->y_changed && v->live ? flow_to_handler(v, in) : ST_OK;
}

static Status define_label(Verifier *v, const Instr *in)
{
    uint32_t label = (uint32_t)in->args[0].u;
    VLabel *l = &v->labels[label];
    if (l->at != NOWHERE) return verify_refuse(v, in, "label %u stands in two places", label);
    if (l->function == 0) l->function = v->function;
    else if (l->function == v->function) v->unmet--;
    else return verify_refuse(v, in, "label %u is used in another function", label);
    l->at = (uint32_t)(v->reader.at - v->file->code.data);
    l->index = v->reader.instructions;
    l->header = v->reader.header;
    l->place = (uint32_t)v->order.len;
    return vec_push(&v->order, label);
}

// A label that the first walk meets.
static Status meet_label(Verifier *v, const Instr *in)
{
    uint32_t label = (uint32_t)in->args[0].u;
    bool known = v->labels[label].state != 0;
    if (v->live) TRY(verify_flow(v, in, label));
    TRY(define_label(v, in));
    if (known) state_load(&v->s, v->states.items + v->labels[label].state - 1);
    if (known || v->live) begin_block(v, label);
    return ST_OK;
}

void verify_move_reader(Verifier *v, const VLabel *l)
{
    CodeReader *r = &v->reader;
    r->at = v->file->code.data + l->at;
    r->instructions = l->index;
    r->header = l->header;
    r->done = false;
    r->trusted = true;  // a label that was met
}

// Walks from a label until the way ends or meets another label.
static Status walk_block(Verifier *v, uint32_t label)
{
    verify_move_reader(v, &v->labels[label]);
    state_load(&v->s, v->states.items + v->labels[label].state - 1);
    begin_block(v, label);
    Instr in;
    while (v->live) {
        TRY(code_reader_next(&v->reader, &in, v->diag));
        TRY(verify_spend(v, &in, 1));
        if (in.op == OP_label) return verify_flow(v, &in, (uint32_t)in.args[0].u);
        if (in.op == OP_int_code_end) return past_the_end(v, &in);
        TRY(walk_instr(v, &in));
    }
    return ST_OK;
}

// Walks until no label of the function is dirty. limit: the place behind its last.
static Status walk_dirty(Verifier *v, uint32_t limit)
{
    while (v->cursor < limit) {
        uint32_t label = v->order.items[v->cursor++];
        if (v->labels[label].dirty) TRY(walk_block(v, label));
    }
    return ST_OK;
}

// ---- functions --------------------------------------------------------------------------------
static void enter_function(Verifier *v, const VFunction *f)
{
    VState *s = &v->s;
    s->frame = FRAME_NONE;
    s->slots = s->heap = s->unset_y = s->num_handlers = s->num_floats = 0;
    s->open = s->fresh = false;
    s->num_x = f->arity;
    for (uint32_t i = 0; i < f->arity; i++)
        s->x[i] = T_ANY | (i < 64 && f->contexts >> i & 1 ? T_CONTEXT : 0);
}

static Status refuse_unmet(Verifier *v, const Instr *in)
{
    uint32_t label = 1;
    while (label + 1 < v->file->label_count &&
           !(v->labels[label].function == v->function && v->labels[label].at == NOWHERE))
        label++;
    return verify_refuse(v, in, "label %u is jumped to and stands nowhere in the function", label);
}

// The function ends before the instruction `in`, which has been read.
static Status end_function(Verifier *v, const Instr *in, uint32_t limit)
{
    if (v->function == 0) return ST_OK;
    if (v->live) return past_the_end(v, in);
    if (v->unmet != 0) return refuse_unmet(v, in);
    CodeReader here = v->reader;
    TRY(walk_dirty(v, limit));
    if (v->loops) TRY(verify_loops(v, in));
    here.items = v->reader.items;  // may have grown
    v->reader = here;
    function_of(v)->walked = function_of(v)->contexts;
    v->edges.len = v->states.len = 0;
    v->loops = false;
    return ST_OK;
}

// func_info: the label before it, the last one met, begins the function.
static Status begin_function(Verifier *v, const Instr *in)
{
    uint32_t first = vec_last(&v->order), place = (uint32_t)v->order.len - 1;
    TRY(end_function(v, in, place));
    if (v->labels[first].state != 0) return past_the_end(v, in);
    VFunction f = {.name = (uint32_t)in->args[1].u,
                   .arity = (uint32_t)in->args[2].u,
                   .first = place,
                   .index = v->reader.instructions};
    TRY(vec_push(&v->functions, f));
    v->function = (uint32_t)v->functions.len;
    v->labels[first].function = v->function;
    v->cursor = (uint32_t)v->order.len;
    v->live = false;
    return ST_OK;
}

static Status meet_entry(Verifier *v, const Instr *in)
{
    VFunction *f = function_of(v);
    uint32_t label = (uint32_t)in->args[0].u;
    TRY(define_label(v, in));
    f->entry = label;
    v->labels[label].entry = true;
    enter_function(v, f);
    v->paid = true;
    TRY(verify_flow(v, in, label));
    begin_block(v, label);
    return ST_OK;
}

static Status first_walk(Verifier *v)
{
    Instr in;
    bool at_entry = false;
    while (!v->reader.done) {
        TRY(code_reader_next(&v->reader, &in, v->diag));
        if (in.op == OP_label) {
            TRY(at_entry ? meet_entry(v, &in) : meet_label(v, &in));
            at_entry = false;
        } else if (in.op == OP_func_info) {
            TRY(begin_function(v, &in));
            at_entry = true;
        } else if (in.op == OP_int_code_end) {
            return end_function(v, &in, (uint32_t)v->order.len);
        } else if (v->live || in.op == OP_on_load) {
            TRY(walk_instr(v, &in));
        }
    }
    return ST_OK;
}

// ---- calls ------------------------------------------------------------------------------------
// NULL: the label, which has been met, is the entry of a function of this arity.
// *grew: it was not known to get all of these contexts.
static const char *check_callee(Verifier *v, uint32_t label, uint32_t arity, uint64_t contexts,
                                bool *grew)
{
    const VLabel *l = &v->labels[label];
    if (!l->entry) return "calls what is not the entry of a function";
    VFunction *f = &v->functions.items[l->function - 1];
    if (f->arity != arity) return "calls a function of another arity";
    *grew = (contexts & ~f->contexts) != 0;
    f->contexts |= contexts;
    return NULL;
}

Status verify_call(Verifier *v, const Instr *in, uint32_t label, uint32_t arity, uint64_t contexts)
{
    if (v->labels[label].at == NOWHERE) {
        VCall call = {.contexts = contexts,
                      .label = label,
                      .offset = in->offset,
                      .caller = v->function,
                      .number = v->reader.instructions - function_of(v)->index,
                      .arity = (uint16_t)arity,
                      .op = (uint8_t)in->op};
        return vec_push(&v->calls, call);
    }
    bool grew = false;
    const char *why = check_callee(v, label, arity, contexts, &grew);
    if (why != NULL) return verify_refuse(v, in, "%s", why);
    return grew ? vec_push(&v->again, v->labels[label].function - 1) : ST_OK;
}

static Status check_calls(Verifier *v)
{
    for (size_t i = 0; i < v->calls.len; i++) {
        const VCall *c = &v->calls.items[i];
        bool grew = false;
        const char *why = v->labels[c->label].at == NOWHERE
                              ? "calls a label that stands nowhere"
                              : check_callee(v, c->label, c->arity, c->contexts, &grew);
        if (why != NULL)
            return refuse_at(v, &v->functions.items[c->caller - 1], c->number, op_table[c->op].name,
                             c->offset, why);
        if (grew) TRY(vec_push(&v->again, v->labels[c->label].function - 1));
    }
    return ST_OK;
}

static Status walk_again(Verifier *v, uint32_t function)
{
    VFunction *f = &v->functions.items[function];
    uint32_t limit = function + 1 < v->functions.len ? f[1].first : (uint32_t)v->order.len;
    for (uint32_t i = f->first; i < limit; i++) {
        VLabel *l = &v->labels[v->order.items[i]];
        l->state = 0, l->dirty = false;
    }
    v->function = function + 1;
    v->cursor = limit;
    v->states.len = 0;
    f->walked = f->contexts;
    enter_function(v, f);
    v->paid = true;
    Instr entry = {.op = OP_label,
                   .info = op_info(OP_label),
                   .offset = v->file->code_offset + v->labels[f->entry].at};
    TRY(verify_flow(v, &entry, f->entry));
    return walk_dirty(v, limit);
}

// Until no function gets a context that it was not walked with. A function is listed
// once for each of at most 64 arguments that become known to be one.
static Status walk_contexts(Verifier *v)
{
    while (v->again.len > 0) {
        uint32_t i = vec_pop(&v->again);
        if (v->functions.items[i].contexts != v->functions.items[i].walked) TRY(walk_again(v, i));
    }
    return ST_OK;
}

// ---- all of it ----------------------------------------------------------------------------------
static size_t labels_size(const BeamFile *f)
{
    return ((size_t)f->label_count + 1) * sizeof(VLabel);
}

static Status run(Verifier *v)
{
    const BeamFile *f = v->file;
    v->labels = arena_alloc(f->arena, labels_size(f));
    if (v->labels == NULL) return ST_NOMEM;
    Pace work = PACE_START;
    for (uint32_t i = 0; i < f->label_count; i++, (void)pace(&work, 1))
        v->labels[i] = (VLabel){.at = NOWHERE};
    v->work_limit = (uint64_t)f->code.size * WORK + WORK_SPARE;
    TRY(bitset_init(v->checks, f->arena, (size_t)f->code.size + 2));
    TRY(verify_imports(v));
    TRY(first_walk(v));
    TRY(check_calls(v));
    return walk_contexts(v);
}

// One walk over the file. *retry: a refusal may be owed to a register that only a failing
// guard builtin leaves unset (V10).
static Status verify_once(const BeamFile *f, const Image *image, Bitset *checks, bool preset,
                          bool *retry, Diag *d)
{
    *checks = (Bitset){0};
    Arena *a = f->arena;
    Verifier *v = arena_calloc(a, 1, sizeof *v);
    if (v == NULL) return ST_NOMEM;
    v->file = f, v->image = image, v->checks = checks, v->diag = d, v->preset = preset;
    code_reader_init(&v->reader, f, a);
    vec_init(&v->states, a);
    vec_init(&v->order, a);
    vec_init(&v->functions, a);
    vec_init(&v->calls, a);
    vec_init(&v->edges, a);
    vec_init(&v->again, a);
    Status st = run(v);
    *retry = st == ST_FORMAT && v->leaves_unset && !preset;
    code_reader_clear(&v->reader);
    vec_clear(&v->states);
    vec_clear(&v->order);
    vec_clear(&v->functions);
    vec_clear(&v->calls);
    vec_clear(&v->edges);
    vec_clear(&v->again);
    arena_free(a, v->labels, labels_size(f));
    arena_free(a, v->imports, verify_imports_size(f));
    arena_free(a, v, sizeof *v);
    if (st != ST_OK) bitset_clear(checks);
    return st;
}

Status verify_code(const BeamFile *f, const Image *image, Bitset *checks, Diag *d)
{
    bool retry = false;
    Status st = verify_once(f, image, checks, false, &retry, d);
    return retry ? verify_once(f, image, checks, true, &retry, d) : st;
}
