// SPDX-License-Identifier: Apache-2.0
// code/translate_emit.c - emitting instructions and resolving labels.
#include "code/translate_emit.h"

#include <stdlib.h>

#include "base/diag.h"
#include "base/fiber.h"
#include "code/image_term.h"
#include "term/atom.h"

bool tr_is_reg(const Operand *o) { return (o->kind & K_REG) != 0; }

uint32_t tr_reg(const Operand *o)
{
    return o->kind == K_Y ? (uint32_t)(o->u + 1) * 8 + 1 : (uint32_t)o->u * 8;
}

Status tr_refuse(Translator *t, const Instr *in, const char *why)
{
    AtomText f = t->function != TERM_NONE ? atom_text(t->function) : (AtomText){"?", 1, 1};
    diag_set_at(t->diag, in->offset, "function %.*s, instruction %s: %s", (int)f.len, f.bytes,
                in->info->name, why);
    return ST_FORMAT;
}

Term tr_constant(Translator *t, const Operand *o)
{
    switch (o->kind) {
    case K_ATOM: return t->image->atoms[o->u - 1];
    case K_NIL: return TERM_NIL;
    case K_LITERAL: return t->image->literals[o->u];
    case K_INT: return fits_small(o->i) ? make_small(o->i) : image_big_literal(t->image, o);
    case K_BIG: return image_big_literal(t->image, o);
    case K_U: return o->u <= (uint64_t)SMALL_MAX ? make_small((int64_t)o->u) : TERM_NONE;
    default: return TERM_NONE;
    }
}

Status tr_word(Translator *t, Word w) { return vec_push(&t->code, w); }

Status tr_source(Translator *t, const Operand *o)
{
    if (tr_is_reg(o)) return tr_word(t, (Word)tr_reg(o) << 2);
    Term c = tr_constant(t, o);
    return c == TERM_NONE ? ST_NOMEM : tr_word(t, c);
}

Status tr_register(Translator *t, const Operand *o) { return tr_word(t, tr_reg(o)); }

Status tr_target(Translator *t, const Operand *o)
{
    LabelPatch p = {t->start, t->code.len * 2, o->kind == K_LABEL ? (uint32_t)o->u : 0};
    Status st = tr_word(t, 0);
    return st == ST_OK && p.label != 0 ? vec_push(&t->patches, p) : st;
}

// Constants where a register is needed go to scratch registers first.
static Status settle_registers(Translator *t, const char *layout, unsigned n, Arg *args)
{
    unsigned scratch = X_SCRATCH;
    for (unsigned i = 0; i < n; i++) {
        if (layout[i] != 'r' || args[i].kind != ARG_OPERAND || tr_is_reg(args[i].operand)) continue;
        Term c = tr_constant(t, args[i].operand);
        if (c == TERM_NONE) return ST_NOMEM;
        Status st = tr_emit(t, INSTR_move_cx, 2, (Arg[]){XR(scratch), WORD(c)});
        if (st != ST_OK) return st;
        args[i] = XR(scratch++);
    }
    return ST_OK;
}

// What OTP packs into 32 bits; larger locations are unknown, there as here.
enum { LINE_END = (1 << 24) - 1, LINE_FILE_END = 255 };

static Status note_line(Translator *t)
{
    if (!t->has_line) return ST_OK;
    t->has_line = false;
    BeamLine l = beam_file_line(t->file, t->line_index);
    if (l.line >= LINE_END || l.file >= LINE_FILE_END) l = (BeamLine){0};
    return vec_push(&t->lines, ((ImageLine){(uint32_t)t->code.len, l.line, l.file}));
}

// What the operands of one instruction come to.
typedef struct Shape {
    unsigned halves, words;
    bool all_x;      // no register is a y register
    bool unsettled;  // there is a constant where a register is needed
} Shape;

static Shape shape_of(const char *layout, unsigned n, const Arg *args)
{
    Shape s = {.all_x = true};
    for (unsigned k = 0; k < n; k++) {
        const Arg *a = &args[k];
        if (layout[k] == 'r') {
            s.halves++;
            if (a->kind == ARG_OPERAND) {
                s.unsettled |= !tr_is_reg(a->operand);
                s.all_x &= a->operand->kind != K_Y;
            } else if (a->kind == ARG_REGISTER) {
                s.all_x &= (a->value & 1) == 0;
            }
        } else if (layout[k] == 'f' || layout[k] == 'u') {
            s.halves++;
        } else {
            s.words++;
        }
    }
    return s;
}

static uint32_t label_of(const Arg *a)
{
    if (a->kind == ARG_LABEL) return (uint32_t)a->value;
    return a->operand->kind == K_LABEL ? (uint32_t)a->operand->u : 0;
}

static uint32_t half_of(char letter, const Arg *a)
{
    if (a->kind == ARG_REGISTER) return (uint32_t)a->value;
    if (letter == 'r') return a->kind == ARG_XREG ? (uint32_t)a->value * 8 : tr_reg(a->operand);
    return (uint32_t)(a->kind == ARG_OPERAND ? a->operand->u : a->value);
}

// False: no memory for it.
static bool put_word(Translator *t, const Arg *a, Word *at)
{
    if (a->kind != ARG_OPERAND) {
        *at = a->kind == ARG_XREG ? (Word)(a->value * 8) << 2 : a->value;
    } else if (tr_is_reg(a->operand)) {
        *at = (Word)tr_reg(a->operand) << 2;
    } else {
        *at = tr_constant(t, a->operand);
        return *at != TERM_NONE;
    }
    return true;
}

// The operands behind the handler's address, into room that there is.
static Status put_operands(Translator *t, const char *layout, unsigned n, const Arg *args,
                           unsigned halves)
{
    Word *half = &t->code.items[t->start + 1], *word = half + (halves + 1) / 2;
    size_t at = (t->start + 1) * 2;
    if (halves % 2 != 0) half[halves / 2] = 0;
    for (unsigned k = 0, h = 0; k < n; k++) {
        char letter = layout[k];
        if (letter == 'r' || letter == 'f' || letter == 'u') {
            uint32_t label = letter == 'f' ? label_of(&args[k]) : 0;
            uint32_t value = letter == 'f' ? 0 : half_of(letter, &args[k]);
            if (h % 2 == 0) half[h / 2] = value;
            else half[h / 2] |= (Word)value << 32;
            if (label != 0) TRY(vec_push(&t->patches, ((LabelPatch){t->start, at + h, label})));
            h++;
        } else {
            if (!put_word(t, &args[k], word++)) return ST_NOMEM;
        }
    }
    return ST_OK;
}

Status tr_emit(Translator *t, InstrIndex i, unsigned n, const Arg *args)
{
    const char *layout = instr_layout[i];
    ASSERT(n <= OP_MAX_ARITY && n <= strlen(layout));
    // The line belongs to what was asked for, moves of constants included.
    TRY(note_line(t));
    Shape s = shape_of(layout, n, args);
    Arg settled[OP_MAX_ARITY];
    if (UNLIKELY(s.unsettled)) {
        memcpy(settled, args, n * sizeof *settled);
        TRY(settle_registers(t, layout, n, settled));
        args = settled;
        s = shape_of(layout, n, args);
    }
    t->start = t->code.len;
    size_t words = 1 + (s.halves + 1) / 2 + s.words;
    TRY(vec_reserve(&t->code, words));
    t->code.items[t->start] = instr_handler[instr_has_x[i] && s.all_x ? i + 1 : i];
    TRY(put_operands(t, layout, n, args, s.halves));
    t->code.len += words;
    t->before = t->last, t->before_start = t->last_start;
    t->last = i;
    t->last_start = t->start;
    return ST_OK;
}

bool tr_last_test_is(const Translator *t, const Operand *target, uint32_t reg)
{
    if (t->patches.len == 0 || target->kind != K_LABEL) return false;
    const LabelPatch *p = &vec_last(&t->patches);
    return p->start == t->last_start && p->label == target->u &&
           (uint32_t)(t->code.items[t->last_start + 1] >> 32) == reg;
}

bool tr_last_target(const Translator *t, Arg *target)
{
    if (t->patches.len == 0 || vec_last(&t->patches).start != t->last_start) return false;
    *target = LBL(vec_last(&t->patches).label);
    return true;
}

void tr_drop_last(Translator *t)
{
    while (t->patches.len > 0 && vec_last(&t->patches).start == t->last_start) t->patches.len--;
    t->code.len = t->last_start;
    size_t end = t->last_start;
    t->last = t->before, t->last_start = t->before_start;
    t->before = INSTR_COUNT;
    // A line that began behind it begins where its successor does.
    if (t->lines.len > 0 && vec_last(&t->lines).code_offset > end)
        vec_last(&t->lines).code_offset = (uint32_t)end;
}

void tr_overlay_last(Translator *t, InstrIndex overlay)
{
    t->code.items[t->last_start] = instr_handler[overlay];
}

uint32_t tr_last_half(const Translator *t, unsigned n)
{
    return (uint32_t)(t->code.items[t->last_start + 1 + n / 2] >> (n % 2 * 32));
}

// ---- select_val -------------------------------------------------------------------
typedef struct Choice {
    Term value;
    const Operand *target;
} Choice;

static int by_word(const void *a, const void *b)
{
    Term x = ((const Choice *)a)->value, y = ((const Choice *)b)->value;
    return x < y ? -1 : x > y;
}

static int by_small(const void *a, const void *b)
{
    int64_t x = small_value(((const Choice *)a)->value),
            y = small_value(((const Choice *)b)->value);
    return x < y ? -1 : x > y;
}

// Small integers that fill at least half of their range become a jump table.
static bool is_dense(Choice *c, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!is_small(c[i].value)) return false;
    }
    qsort(c, n, sizeof *c, by_small);
    uint64_t range = (uint64_t)small_value(c[n - 1].value) - (uint64_t)small_value(c[0].value);
    return n >= 4 && range < 2 * n;
}

static Status jump_table(Translator *t, const Instr *in, const Choice *c, size_t n)
{
    int64_t low = small_value(c[0].value);
    size_t slots = (size_t)(small_value(c[n - 1].value) - low) + 1;
    Status st =
        EMIT(t, jump_table, OPD(&in->args[1]), OPD(&in->args[0]), NUM(slots), WORD((uint64_t)low));
    for (size_t i = 0, at = 0; st == ST_OK && i < slots; i++) {
        while (at + 1 < n && small_value(c[at].value) < low + (int64_t)i) at++;
        bool here = small_value(c[at].value) == low + (int64_t)i;
        st = tr_target(t, here ? c[at].target : &in->args[1]);
    }
    return st;
}

static Status select_list(Translator *t, InstrIndex i, const Instr *in, const Choice *c, size_t n)
{
    Status st = tr_emit(t, i, 3, (Arg[]){OPD(&in->args[1]), OPD(&in->args[0]), NUM(n)});
    for (size_t k = 0; st == ST_OK && k < n; k++) st = tr_word(t, c[k].value);
    for (size_t k = 0; st == ST_OK && k < n; k++) st = tr_target(t, c[k].target);
    return st;
}

static Status select_choices(Translator *t, const Instr *in, Choice *c, size_t n, bool immediate)
{
    if (!immediate) return select_list(t, INSTR_select_val_any, in, c, n);
    if (n >= 4 && is_dense(c, n)) return jump_table(t, in, c, n);
    if (n < 8) return select_list(t, INSTR_select_val, in, c, n);
    qsort(c, n, sizeof *c, by_word);
    return select_list(t, INSTR_select_val_small, in, c, n);
}

static Status select_val(Translator *t, const Instr *in, Choice *c, size_t n)
{
    const Operand *list = &in->args[2];
    bool immediate = true;
    for (size_t i = 0; i < n; i++) {
        if (tr_is_reg(&list->items[2 * i])) return tr_refuse(t, in, "a choice is a register");
        c[i] = (Choice){tr_constant(t, &list->items[2 * i]), &list->items[2 * i + 1]};
        if (c[i].value == TERM_NONE) return ST_NOMEM;
        immediate &= is_immed(c[i].value);
    }
    return select_choices(t, in, c, n, immediate);
}

static Status select_tuple_arity(Translator *t, const Instr *in, Choice *c, size_t n)
{
    const Operand *list = &in->args[2];
    for (size_t i = 0; i < n; i++) {
        if (list->items[2 * i].u > TUPLE_MAX_ARITY) return tr_refuse(t, in, "tuple size");
        c[i] = (Choice){TUPLE_HEADER(list->items[2 * i].u), &list->items[2 * i + 1]};
    }
    return select_list(t, INSTR_select_tuple_arity, in, c, n);
}

// Runs select with room for its choices.
static Status with_choices(Translator *t, const Instr *in,
                           Status (*select)(Translator *, const Instr *, Choice *, size_t))
{
    size_t n = in->args[2].count / 2;
    if (n == 0) return EMIT(t, jump, OPD(&in->args[1]));
    Choice *c = arena_alloc(t->file->arena, n * sizeof *c);
    if (c == NULL) return ST_NOMEM;
    Status st = select(t, in, c, n);
    arena_free(t->file->arena, c, n * sizeof *c);
    return st;
}

Status tr_select_val(Translator *t, const Instr *in) { return with_choices(t, in, select_val); }

Status tr_select_tuple_arity(Translator *t, const Instr *in)
{
    return with_choices(t, in, select_tuple_arity);
}

// ---- the end ------------------------------------------------------------------------
static Status resolve_labels(Translator *t)
{
    Pace work = PACE_START;
    for (size_t i = 0; i < t->patches.len; i++, (void)pace(&work, 4)) {
        const LabelPatch *p = &t->patches.items[i];
        uint32_t at = t->labels[p->label];
        if (at == UINT32_MAX) {
            diag_set(t->diag, "label %u is named but not defined", p->label);
            return ST_FORMAT;
        }
        uint32_t distance = (uint32_t)((int64_t)at - (int64_t)p->start);
        Word *w = &t->code.items[p->half / 2];
        *w |= (Word)distance << (p->half % 2 == 0 ? 0 : 32);
    }
    return ST_OK;
}

static size_t jump_target(const Translator *t, size_t start)
{
    return (size_t)((int64_t)start + (int32_t)t->code.items[start + 1]);
}

// A receive without clauses sleeps on whatever comes, which a wait that goes back to itself does;
// code that is not optimised goes back over a jump.
static void shorten_wait(Translator *t, size_t start)
{
    Word *wait = &t->code.items[start];
    size_t at = jump_target(t, start);
    if (at + 1 < t->code.len && t->code.items[at] == instr_handler[INSTR_jump] &&
        jump_target(t, at) == start)
        wait[1] -= (uint32_t)wait[1];
}

static void shorten_waits(Translator *t)
{
    Pace work = PACE_START;
    for (size_t i = 0; i < t->patches.len; i++, (void)pace(&work, 4)) {
        size_t start = t->patches.items[i].start;
        if (t->code.items[start] == instr_handler[INSTR_wait_timeout]) shorten_wait(t, start);
    }
}

// Functions are sorted by address (I2): binary search by entry.
static bool find_entry(const Image *m, const Word *entry, uint32_t *index)
{
    size_t low = 0, high = m->num_functions;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (m->functions[mid].code < entry) low = mid + 1;
        else high = mid;
    }
    *index = (uint32_t)low;
    return low < m->num_functions && m->functions[low].code == entry;
}

static Status refuse_entry(Translator *t, const char *table, BeamSpan name, uint32_t arity)
{
    diag_set(t->diag, "%s names %.*s/%u, but its label is not an entry of it", table,
             (int)name.size, name.data, arity);
    return ST_FORMAT;
}

// An exported function and a lambda must begin where a function of their arity does.
static Status resolve_entries(Translator *t)
{
    Image *m = t->image;
    Pace work = PACE_START;
    for (size_t i = 0; i < m->num_exports; i++, (void)pace(&work, 32)) {
        BeamFunction f = beam_file_export(t->file, (uint32_t)i);
        uint32_t at = t->labels[f.label], index = 0;
        if (at == UINT32_MAX || !find_entry(m, m->code + at, &index) ||
            m->functions[index].arity != f.arity) {
            return refuse_entry(t, "the export table", beam_file_atom(t->file, f.name), f.arity);
        }
        m->exports[i].function = index;
    }
    for (size_t i = 0; i < m->num_funs; i++, (void)pace(&work, 32)) {
        BeamLambda l = beam_file_lambda(t->file, (uint32_t)i);
        uint32_t at = t->labels[l.label], index = 0;
        if (at == UINT32_MAX || !find_entry(m, m->code + at, &index) ||
            m->functions[index].arity != l.arity) {
            return refuse_entry(t, "the fun table", beam_file_atom(t->file, l.name), l.arity);
        }
        m->funs[i].code = m->code + at;
    }
    return ST_OK;
}

Status tr_finish(Translator *t)
{
    Status st = resolve_labels(t);
    if (st == ST_OK) shorten_waits(t);
    if (st != ST_OK) return st;
    Image *m = t->image;
    m->code_words = t->code.len;
    m->code = image_take(m, t->code.len * sizeof(Word));
    m->functions = image_alloc(m, t->functions.len, sizeof *m->functions);
    m->lines = image_alloc(m, t->lines.len + 1, sizeof *m->lines);
    if (m->code == NULL || m->functions == NULL || m->lines == NULL) return ST_NOMEM;
    paced_copy(m->code, t->code.items, t->code.len * sizeof(Word));
    paced_copy(m->lines, t->lines.items, t->lines.len * sizeof *m->lines);
    m->num_lines = t->lines.len;
    m->num_functions = t->functions.len;
    Pace work = PACE_START;
    for (size_t i = 0; i < t->functions.len; i++, (void)pace(&work, 4)) {
        m->functions[i] = t->functions.items[i];
        m->functions[i].code = m->code + (uintptr_t)t->functions.items[i].code;
    }
    if (m->on_load != NULL) m->on_load = m->code + (uintptr_t)m->on_load;
    return resolve_entries(t);
}
