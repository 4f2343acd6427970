// SPDX-License-Identifier: Apache-2.0
// beam/code_reader.c - see code_reader.h.

#include "beam/code_reader.h"

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "beam/compact.h"

#define MAX_ALLOC 0xffffffu  // heap words, floats or funs of one reservation

// Where a function's header is: label, (line,) func_info, label.
enum { IN_BODY, AFTER_LABEL, AFTER_INFO };

// Sorts of numbers by what bounds them. Nearly all operands are settled by their sort's bound;
// check_operand says what the rules are and which was broken.
typedef enum Sort {
    SORT_OTHER,  // check_operand decides
    SORT_ANY,
    SORT_ATOM,
    SORT_LABEL,
    SORT_REGISTER,
    SORT_IMPORT,
    SORT_LAMBDA,
    SORT_LINE,
    SORT_STRING,
    SORT_ARITY,
    SORT_LIVE,
    SORT_HEAP_NEED,
    SORT_UNIT,
    SORT_COUNT
} Sort;

static const uint8_t sort_of_letter[128] = {
    [OPERAND_IMPORT] = SORT_IMPORT,       [OPERAND_LAMBDA] = SORT_LAMBDA,
    [OPERAND_FUN_TAG] = SORT_LAMBDA,      [OPERAND_LINE] = SORT_LINE,
    [OPERAND_STRING] = SORT_STRING,       [OPERAND_ARITY] = SORT_ARITY,
    [OPERAND_LIVE] = SORT_LIVE,           [OPERAND_SLOTS] = SORT_REGISTER,
    [OPERAND_HEAP_NEED] = SORT_HEAP_NEED, [OPERAND_UNIT] = SORT_UNIT,
    [OPERAND_NUMBER] = SORT_ANY,
};

static void set_bounds(CodeReader *r)
{
    const BeamFile *f = r->file;
    _Static_assert(ARRAY_LEN(r->below) >= SORT_COUNT, "a bound for each sort");
    r->below[SORT_ANY] = UINT32_MAX;
    r->below[SORT_ATOM] = f->atom_count + 1;
    r->below[SORT_LABEL] = f->label_count;
    r->below[SORT_REGISTER] = BEAM_MAX_REG;
    r->below[SORT_IMPORT] = f->import_count;
    r->below[SORT_LAMBDA] = f->lambda_count;
    r->below[SORT_LINE] = f->line_count == 0 ? UINT32_MAX : f->line_count;
    r->below[SORT_STRING] = f->strings.size;
    r->below[SORT_ARITY] = BEAM_MAX_ARITY + 1;
    r->below[SORT_LIVE] = BEAM_MAX_REG + 1;
    r->below[SORT_HEAP_NEED] = MAX_ALLOC + 1;
    r->below[SORT_UNIT] = 257;
}

void code_reader_init(CodeReader *r, const BeamFile *f, Arena *arena)
{
    *r = (CodeReader){
        .file = f, .at = f->code.data, .end = f->code.data + f->code.size, .work = PACE_START};
    set_bounds(r);
    vec_init(&r->items, arena);
}

void code_reader_clear(CodeReader *r) { vec_clear(&r->items); }

void operand_magnitude(const Operand *o, uint8_t *out)
{
    uint8_t carry = o->negative;
    for (uint32_t i = o->count; i-- > 0;) {
        uint8_t b = o->negative ? (uint8_t)~o->bytes[i] : o->bytes[i];
        out[i] = (uint8_t)(b + carry);
        carry = carry && out[i] == 0;
    }
}

// "function name/2, instruction 3 (get_list), offset 120: …"
static COLD Status refuse(const CodeReader *r, const Instr *in, Diag *d, const char *fmt, ...)
    PRINTF_LIKE(4, 5);
static Status refuse(const CodeReader *r, const Instr *in, Diag *d, const char *fmt, ...)
{
    if (d == NULL) return ST_FORMAT;
    char why[192];
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(why, sizeof why, fmt, args);
    va_end(args);
    char function[160] = "before the first function";
    if (r->function != 0) {
        BeamSpan name = beam_file_atom(r->file, r->function);
        int cut = name.size < 128 ? (int)name.size : 128;
        (void)snprintf(function, sizeof function, "function %.*s/%u", cut, (const char *)name.data,
                       r->arity);
    }
    diag_set_at(d, in->offset, "%s, instruction %u (%s), offset %u: %s", function, r->in_function,
                in->info != NULL ? in->info->name : "?", in->offset, why);
    return ST_FORMAT;
}

// --- Decoding: bytes to operands, kinds as the file has them ---

static const char *read_float(CodeReader *r, Operand *o)
{
    if (r->end - r->at < 8) return "truncated";
    uint64_t bits = get_u64be(r->at);
    memcpy(&o->f, &bits, sizeof o->f);
    r->at += 8;
    o->kind = K_FLOAT;
    return isfinite(o->f) ? NULL : "float that is not a number";
}

// An unsigned number of at most max.
static const char *read_u(CodeReader *r, uint64_t max, uint64_t *out)
{
    CompactNumber n;
    if (!compact_read(&r->at, r->end, &n)) return "truncated";
    if (n.tag != TAG_U || n.value > max) return "malformed extended operand";
    *out = n.value;
    return NULL;
}

static const char *read_alloc(CodeReader *r, Operand *o)
{
    uint64_t pairs, kind, count;
    o->kind = K_ALLOC;
    o->alloc.words = o->alloc.floats = o->alloc.funs = 0;
    const char *err = read_u(r, 3, &pairs);
    for (uint64_t i = 0; err == NULL && i < pairs; i++) {
        if ((err = read_u(r, 2, &kind)) != NULL) break;
        if ((err = read_u(r, MAX_ALLOC, &count)) != NULL) break;
        uint32_t *slot = kind == 0   ? &o->alloc.words
                         : kind == 1 ? &o->alloc.floats
                                     : &o->alloc.funs;
        if (*slot > MAX_ALLOC - count) return "reservation too large";
        *slot += (uint32_t)count;
    }
    return err;
}

static const char *read_typed(CodeReader *r, Operand *o)
{
    CompactNumber n;
    uint64_t type;
    if (!compact_read(&r->at, r->end, &n)) return "truncated";
    if (n.tag != TAG_X && n.tag != TAG_Y) return "type of something that is no register";
    const char *err = read_u(r, INT32_MAX, &type);
    if (err != NULL) return err;
    o->kind = n.tag == TAG_X ? K_X : K_Y;
    o->u = n.value;
    // The table may have been stripped or be of a version that we cannot read.
    if (type >= r->file->type_count && r->file->type_count != 0) return "no such type";
    o->hint = (uint32_t)type + 1;
    return NULL;
}

static const char *read_extended(CodeReader *r, uint64_t ext, Operand *o)
{
    switch (ext) {
    case EXT_FLOAT: return read_float(r, o);
    case EXT_LIST: o->kind = K_LIST; return read_u(r, UINT32_MAX, &o->u);
    case EXT_FR: o->kind = K_FR; return read_u(r, UINT32_MAX, &o->u);
    case EXT_ALLOC: return read_alloc(r, o);
    case EXT_LITERAL: o->kind = K_LITERAL; return read_u(r, UINT32_MAX, &o->u);
    case EXT_TYPED: return read_typed(r, o);
    default: return "unknown extended operand";
    }
}

static const char *read_long(CodeReader *r, Operand *o)
{
    CompactNumber n;
    if (!compact_read(&r->at, r->end, &n)) return "truncated";
    if (n.big && n.tag != TAG_I && n.tag != TAG_U) return "index too large";
    o->u = n.value;
    o->bytes = n.bytes;
    o->count = n.size;
    switch (n.tag) {
    case TAG_U: o->kind = K_U; return n.big && n.bytes[0] & 0x80 ? "negative number" : NULL;
    case TAG_I:
        o->kind = n.big ? K_BIG : K_INT;
        o->negative = n.big && n.bytes[0] & 0x80;
        return NULL;
    case TAG_A: o->kind = n.value == 0 ? K_NIL : K_ATOM; return NULL;
    case TAG_X: o->kind = K_X; return NULL;
    case TAG_Y: o->kind = K_Y; return NULL;
    case TAG_F: o->kind = n.value == 0 ? K_RAISE : K_LABEL; return NULL;
    case TAG_H: o->kind = K_CHAR; return NULL;
    default: return read_extended(r, n.value, o);
    }
}

// By tag, for 0 and for other values. Sort OTHER of a K_U: its letter's.
static const struct {
    uint32_t kind, sort;
} short_kinds[2][8] = {
    {{K_U, SORT_OTHER},
     {K_INT, SORT_ANY},
     {K_NIL, SORT_ANY},
     {K_X, SORT_REGISTER},
     {K_Y, SORT_REGISTER},
     {K_RAISE, SORT_ANY},
     {K_CHAR, SORT_OTHER},
     {0, SORT_OTHER}},
    {{K_U, SORT_OTHER},
     {K_INT, SORT_ANY},
     {K_ATOM, SORT_ATOM},
     {K_X, SORT_REGISTER},
     {K_Y, SORT_REGISTER},
     {K_LABEL, SORT_LABEL},
     {K_CHAR, SORT_OTHER},
     {0, SORT_OTHER}},
};

// Nearly all operands are of one or two bytes: these are read in place. The bytes that it took,
// 0: it is another one.
static ALWAYS_INLINE size_t read_short(const uint8_t *at, const uint8_t *end, Operand *o,
                                       uint32_t *sort)
{
    if (UNLIKELY(end - at < 2)) return 0;
    uint32_t head = at[0], value = head >> 4;
    size_t size = 1;
    if ((head & 8) != 0) {
        value = head >> 5 << 8 | at[1];
        size = 2;
        if (UNLIKELY((head & 0x10) != 0 || value == 0)) return 0;
    }
    uint32_t tag = head & 7, kind = short_kinds[value != 0][tag].kind;
    *sort = short_kinds[value != 0][tag].sort;
    if (UNLIKELY(kind == 0)) return 0;
    o->kind = kind;
    o->hint = 0;
    o->u = value;
    memset((char *)o + offsetof(Operand, bytes), 0, sizeof *o - offsetof(Operand, bytes));
    return size;
}

// A list is only its length here. NULL, or what is wrong.
static const char *read_operand(CodeReader *r, Operand *o)
{
    uint32_t sort;
    size_t size = read_short(r->at, r->end, o, &sort);
    r->at += size;
    if (LIKELY(size != 0)) return NULL;
    *o = (Operand){0};
    return read_long(r, o);
}

// --- Checking: an operand against its letter ---

static const char *check_index(const BeamFile *f, const Operand *o)
{
    switch (o->kind) {
    case K_ATOM: return o->u <= f->atom_count ? NULL : "no such atom";
    case K_X:
    case K_Y:
    case K_FR: return o->u < BEAM_MAX_REG ? NULL : "no such register";
    case K_LABEL: return o->u < f->label_count ? NULL : "no such label";
    case K_LITERAL: return o->u < f->literal_count ? NULL : "no such literal";
    default: return NULL;
    }
}

// What a number means depends on its letter.
static const char *check_number(const BeamFile *f, char letter, uint64_t v)
{
    switch (letter) {
    case OPERAND_NEW_LABEL: return v >= 1 && v < f->label_count ? NULL : "no such label";
    case OPERAND_IMPORT: return v < f->import_count ? NULL : "no such import";
    case OPERAND_LAMBDA:
    case OPERAND_FUN_TAG: return v < f->lambda_count ? NULL : "no such fun";
    case OPERAND_LINE: return f->line_count == 0 || v < f->line_count ? NULL : "no such line";
    case OPERAND_STRING: return v <= f->strings.size ? NULL : "outside of the strings";
    case OPERAND_ARITY: return v <= BEAM_MAX_ARITY ? NULL : "arity larger than 255";
    case OPERAND_LIVE: return v <= BEAM_MAX_REG ? NULL : "more live registers than there are";
    case OPERAND_SLOTS: return v < BEAM_MAX_REG ? NULL : "frame too large";
    case OPERAND_HEAP_NEED: return v <= MAX_ALLOC ? NULL : "reservation too large";
    case OPERAND_UNIT: return v <= 256 ? NULL : "unit larger than 256";
    default: return NULL;
    }
}

static const char *check_operand(const BeamFile *f, char letter, const Operand *o)
{
    if (!(operand_table[(uint8_t)letter].kinds & o->kind)) return "wrong kind of operand";
    return o->kind == K_U ? check_number(f, letter, o->u) : check_index(f, o);
}

static bool is_atom(const BeamFile *f, const Operand *o, const char *text)
{
    return o->kind == K_ATOM && beam_file_atom_is(f, (uint32_t)o->u, text);
}

// The bytes that two operands name lie within the string table.
static const char *check_string(const BeamFile *f, uint64_t offset, uint64_t bytes)
{
    bool inside = offset <= f->strings.size && bytes <= f->strings.size - offset;
    return inside ? NULL : "outside of the strings";
}

// type, number, unit, flags, value, size: a value that is a number is the
// offset of a string, its size is in bytes.
static const char *check_segment(const BeamFile *f, const Operand *s)
{
    bool string = is_atom(f, &s[0], "string");
    if (string != (s[4].kind == K_U)) return "segment whose value does not fit its type";
    if (!string) return NULL;
    if (s[5].kind != K_INT || s[5].i < 0) return "string segment without a size";
    return check_string(f, s[4].u, (uint64_t)s[5].i);
}

static const char *check_group(const BeamFile *f, char list, const char *letters, const Operand *o)
{
    for (uint32_t i = 0; letters[i] != 0; i++) {
        const char *err = check_operand(f, letters[i], &o[i]);
        if (err != NULL) return err;
    }
    return list == OPERAND_SEGMENTS ? check_segment(f, o) : NULL;
}

static const char *check_commands(const BeamFile *f, const Operand *o, uint32_t count)
{
    for (uint32_t i = 0; i < count;) {
        if (o[i].kind != K_ATOM) return "match command without a name";
        const char *err = check_index(f, &o[i]);
        if (err != NULL) return err;
        BeamSpan name = beam_file_atom(f, (uint32_t)o[i].u);
        const char *letters = bs_command_operands(name.data, name.size);
        if (letters == NULL) return "unknown match command";
        i++;
        if (strlen(letters) > count - i) return "match command without its arguments";
        if ((err = check_group(f, OPERAND_COMMANDS, letters, o + i)) != NULL) return err;
        i += (uint32_t)strlen(letters);
    }
    return NULL;
}

static const char *check_list(const BeamFile *f, char letter, const Operand *o, uint32_t count)
{
    if (letter == OPERAND_COMMANDS) return check_commands(f, o, count);
    const char *letters = operand_table[(uint8_t)letter].elements;
    uint32_t group = (uint32_t)strlen(letters);
    if (count % group != 0) return "its length is not a multiple of its groups";
    for (uint32_t i = 0; i < count; i += group) {
        const char *err = check_group(f, letter, letters, o + i);
        if (err != NULL) return err;
    }
    return NULL;
}

static Status read_list(CodeReader *r, const Instr *in, char letter, Operand *o, Diag *d)
{
    uint64_t count = o->u;
    if (count > (size_t)(r->end - r->at))
        return refuse(r, in, d, "list of %llu elements reaches over the end",
                      (unsigned long long)count);
    r->items.len = 0;
    TRY(vec_reserve(&r->items, (size_t)count));
    for (uint64_t i = 0; i < count; i++) {
        Operand *item = &r->items.items[i];
        const char *err = read_operand(r, item);
        if (err == NULL && item->kind == K_LIST) err = "list in a list";
        if (err != NULL)
            return refuse(r, in, d, "list element %llu: %s", (unsigned long long)i + 1, err);
    }
    r->items.len = (size_t)count;
    o->items = r->items.items;
    o->count = (uint32_t)count;
    if (r->trusted) return ST_OK;
    const char *err = check_list(r->file, letter, o->items, o->count);
    return err == NULL ? ST_OK : refuse(r, in, d, "list: %s", err);
}

static COLD Status refuse_operand(const CodeReader *r, const Instr *in, uint32_t i, Diag *d,
                                  const char *why)
{
    const OperandInfo *want = &operand_table[(uint8_t)in->info->operands[i]];
    return refuse(r, in, d, "operand %u (%s): %s", i + 1, want->meaning, why);
}

static Status read_other(CodeReader *r, Instr *in, uint32_t i, Diag *d)
{
    char letter = in->info->operands[i];
    Operand *o = &in->args[i];
    const char *err = read_operand(r, o);
    if (err == NULL && !r->trusted) err = check_operand(r->file, letter, o);
    if (err != NULL) return refuse_operand(r, in, i, d, err);
    return o->kind == K_LIST ? read_list(r, in, letter, o, d) : ST_OK;
}

static ALWAYS_INLINE Status read_operands(CodeReader *r, Instr *in, bool trusted, Diag *d)
{
    const uint8_t *letters = (const uint8_t *)in->info->operands;
    uint32_t argc = in->argc;
    for (uint32_t i = 0; i < argc; i++) {
        Operand *o = &in->args[i];
        uint32_t sort;
        size_t size = read_short(r->at, r->end, o, &sort);
        bool plain = size != 0;
        if (!trusted && plain) {
            if (o->kind == K_U) sort = sort_of_letter[letters[i]];
            plain = (operand_table[letters[i]].kinds & o->kind) != 0 && o->u < r->below[sort];
        }
        if (LIKELY(plain)) r->at += size;
        else TRY(read_other(r, in, i, d));
    }
    return ST_OK;
}

// --- Rules between operands and instructions ---

static const char *check_strings(const BeamFile *f, const Instr *in)
{
    if (in->op == OP_bs_put_string) return check_string(f, in->args[1].u, in->args[0].u);
    if (in->op != OP_bs_match_string) return NULL;
    uint64_t bits = in->args[2].u;
    return check_string(f, in->args[3].u, bits / 8 + (bits % 8 != 0));
}

// C5. A label may turn out to be a function's first; only func_info tells.
static const char *follow_header(CodeReader *r, const Instr *in)
{
    uint8_t before = r->header;
    r->header = IN_BODY;
    switch (in->op) {
    case OP_label:
        if (before != AFTER_INFO) r->header = AFTER_LABEL;
        return NULL;
    case OP_line:
        r->header = before;
        return before == AFTER_INFO ? "func_info without its entry label" : NULL;
    case OP_func_info:
        if (before != AFTER_LABEL) return "func_info that no label precedes";
        r->header = AFTER_INFO;
        r->function = (uint32_t)in->args[1].u;
        r->arity = (uint32_t)in->args[2].u;
        r->functions++;
        r->in_function = 0;
        return NULL;
    case OP_int_code_end:
        if (before == AFTER_INFO) return "function without code";
        if (r->functions != r->file->function_count) return "not as many functions as promised";
        if (r->at != r->end) return "bytes behind the end of the code";
        r->done = true;
        return NULL;
    default:
        if (before == AFTER_INFO) return "func_info without its entry label";
        return r->functions == 0 ? "code outside of a function" : NULL;
    }
}

Status code_reader_next(CodeReader *r, Instr *out, Diag *d)
{
    if (r->done) return ST_INVALID;
    out->info = NULL;
    out->argc = out->size = 0;
    out->offset = r->file->code_offset + (uint32_t)(r->at - r->file->code.data);
    r->instructions++;
    r->in_function++;
    if (UNLIKELY(!pace(&r->work, 32))) return ST_NOMEM;  // nobody wants the rest
    if (r->at == r->end) return refuse(r, out, d, "code ends without int_code_end");
    const uint8_t *start = r->at;
    out->op = *r->at++;
    out->info = op_info(out->op);
    if (out->info == NULL) {
        (void)refuse(r, out, d, "no such instruction: %u", out->op);
        return ST_UNSUPPORTED;
    }
    if (out->info->state == OP_OBSOLETE) {
        (void)refuse(r, out, d, "instruction %s/%u is obsolete: compile the module again",
                     out->info->name, out->info->arity);
        return ST_UNSUPPORTED;
    }
    out->argc = out->info->arity;
    if (r->trusted) TRY(read_operands(r, out, true, d));
    else TRY(read_operands(r, out, false, d));
    out->size = (uint32_t)(r->at - start);
    const char *err = r->trusted ? NULL : check_strings(r->file, out);
    if (err == NULL) err = follow_header(r, out);
    return err == NULL ? ST_OK : refuse(r, out, d, "%s", err);
}
