// SPDX-License-Identifier: Apache-2.0
// code/translate_bits.c - rules of the instructions that match and build bit strings.
#include "code/bits_segment.h"
#include "code/translate_emit.h"
#include "term/atom.h"

#define RULE(name) static Status name(Translator *t, const Instr *in)
#define A(n)       (&in->args[n])

// ---- sizes and flags ------------------------------------------------------------
enum { FILE_LITTLE = 2, FILE_SIGNED = 4, FILE_NATIVE = 16 };  // as the file has them

static uint32_t flags_of_number(uint64_t file)
{
    uint32_t flags = (uint32_t)file & (BITS_LITTLE | BITS_SIGNED);
    if ((file & FILE_NATIVE) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) flags |= BITS_LITTLE;
    return flags;
}

// Flags given as nil or a literal list of atoms.
static uint32_t flags_of_list(Translator *t, const Operand *o)
{
    uint64_t file = 0;
    Term list = tr_is_reg(o) ? TERM_NIL : tr_constant(t, o);
    for (; is_cons(list); list = cons_tail(list)) {
        Term name = cons_head(list);
        file |= name == AM_little   ? FILE_LITTLE
                : name == AM_signed ? FILE_SIGNED
                : name == AM_native ? FILE_NATIVE
                                    : 0;
    }
    return flags_of_number(file);
}

// Is size * unit a constant number of bits that fits an operand?
static bool constant_bits(const Operand *size, uint64_t unit, uint64_t *bits)
{
    if (size->kind != K_U && !(size->kind == K_INT && size->i >= 0)) return false;
    return !__builtin_mul_overflow(size->u, unit, bits) && *bits <= UINT32_MAX;
}

static bool is_all(Translator *t, const Operand *size)
{
    return size->kind == K_ATOM && tr_constant(t, size) == AM_all;
}

// ---- looking ahead -----------------------------------------------------------------
// Is the next instruction `op`, and does it name these registers first (NULL: any)?
// Then it is read.
static bool take_next(Translator *t, uint32_t op, const Operand *fail, const Operand *reg,
                      Instr *next)
{
    CodeReader ahead = t->reader;
    vec_init(&ahead.items, t->file->arena);
    bool same = !ahead.done && code_reader_next(&ahead, next, NULL) == ST_OK && next->op == op;
    vec_clear(&ahead.items);
    const Operand *o = next->args;
    if (same && fail != NULL) same = o->kind == fail->kind && o->u == fail->u, o++;
    same = same && o->kind == reg->kind && o->u == reg->u;
    return same && code_reader_next(&t->reader, next, t->diag) == ST_OK;
}

static bool are_x(const Operand *a, const Operand *b) { return a->kind == K_X && b->kind == K_X; }

// ---- matching -------------------------------------------------------------------
RULE(rule_test_unit)
{
    if (A(2)->u == 0) return tr_refuse(t, in, "unit 0");
    return EMIT(t, bs_test_unit, OPD(A(0)), OPD(A(1)), OPD(A(2)));
}

// What all commands that take something from a context name.
typedef struct Get {
    const Operand *fail, *context, *live, *size, *unit, *destination;
    uint32_t flags;
    bool alone;  // an instruction, not a command of bs_match
} Get;

// The forms of one instruction that takes one, two or four bytes.
typedef struct Whole {
    uint64_t bits;
    uint32_t flags;
    InstrIndex any, x, bytes;
} Whole;
static const Whole whole[] = {
    {8, 0, INSTR_bs_get_u8, INSTR_bs_get_u8_x, INSTR_bs_get_u8_bytes},
    {8, BITS_LITTLE, INSTR_bs_get_u8, INSTR_bs_get_u8_x, INSTR_bs_get_u8_bytes},
    {16, 0, INSTR_bs_get_u16, INSTR_bs_get_u16_x, INSTR_bs_get_u16_bytes},
    {16, BITS_LITTLE, INSTR_bs_get_u16_little, INSTR_bs_get_u16_little_x,
     INSTR_bs_get_u16_little_bytes},
    {32, 0, INSTR_bs_get_u32, INSTR_bs_get_u32_x, INSTR_bs_get_u32_bytes},
    {32, BITS_LITTLE, INSTR_bs_get_u32_little, INSTR_bs_get_u32_little_x,
     INSTR_bs_get_u32_little_bytes},
};

static const Whole *whole_of(uint64_t bits, uint32_t flags)
{
    for (size_t i = 0; i < ARRAY_LEN(whole); i++) {
        if (whole[i].bits == bits && whole[i].flags == flags) return &whole[i];
    }
    return NULL;
}

// With the test that the rest is bytes, which mostly follows.
static Status get_whole(Translator *t, const Get *g, const Whole *w)
{
    Instr next;
    Arg args[3] = {OPD(g->fail), OPD(g->context), OPD(g->destination)};
    if (!are_x(g->context, g->destination)) return tr_emit(t, w->any, 3, args);
    bool tested = g->alone && take_next(t, OP_bs_test_unit, g->fail, g->context, &next);
    bool fused = tested && next.args[2].u == 8;
    Status st = tr_emit(t, fused ? w->bytes : w->x, 3, args);
    return st != ST_OK || !tested || fused ? st : rule_test_unit(t, &next);
}

static Status get_integer(Translator *t, const Get *g)
{
    Arg f = OPD(g->fail), c = OPD(g->context), d = OPD(g->destination);
    uint64_t bits;
    if (!constant_bits(g->size, g->unit->u, &bits)) {
        return EMIT(t, bs_get_integer_var, f, c, d, OPD(g->live), OPD(g->unit), NUM(g->flags),
                    OPD(g->size));
    }
    const Whole *w = whole_of(bits, g->flags);
    if (w != NULL) return get_whole(t, g, w);
    if (bits > 0 && bits < SMALL_BITS && g->flags == 0)
        return EMIT(t, bs_get_bits, f, c, d, NUM(bits), NUM(0));
    if (bits < SMALL_BITS) return EMIT(t, bs_get_small, f, c, d, NUM(bits), NUM(g->flags));
    return EMIT(t, bs_get_integer, f, c, d, OPD(g->live), NUM(bits), NUM(g->flags));
}

static Status get_binary(Translator *t, const Get *g)
{
    Arg f = OPD(g->fail), c = OPD(g->context), d = OPD(g->destination);
    uint64_t bits;
    if (is_all(t, g->size)) return EMIT(t, bs_get_rest, f, c, d, OPD(g->live), OPD(g->unit));
    if (constant_bits(g->size, g->unit->u, &bits))
        return EMIT(t, bs_get_binary, f, c, d, OPD(g->live), NUM(bits));
    return EMIT(t, bs_get_binary_var, f, c, d, OPD(g->live), OPD(g->unit), OPD(g->size));
}

// bs_get_…2: fail, context, live, size, unit, flags, destination
static Get get_of(const Instr *in)
{
    return (Get){A(0), A(1), A(2), A(3), A(4), A(6), flags_of_number(A(5)->u), true};
}

RULE(rule_get_integer)
{
    Get g = get_of(in);
    return get_integer(t, &g);
}

RULE(rule_get_binary)
{
    Get g = get_of(in);
    return get_binary(t, &g);
}

RULE(rule_get_float)
{
    uint32_t flags = flags_of_number(A(5)->u);
    return EMIT(t, bs_get_float, OPD(A(0)), OPD(A(1)), OPD(A(6)), OPD(A(2)), OPD(A(4)), NUM(flags),
                OPD(A(3)));
}

// A context whose position is asked for at once comes with it.
static Status start_match(Translator *t, const Operand *fail, const Operand *source,
                          const Operand *context, const Operand *live)
{
    Instr next;
    if (!are_x(source, context) || !take_next(t, OP_bs_get_position, NULL, context, &next))
        return EMIT(t, bs_start_match, OPD(fail), OPD(source), OPD(context), OPD(live));
    const Operand *position = &next.args[1];
    if (position->kind == K_X)
        return EMIT(t, bs_start_match_at, OPD(fail), OPD(source), OPD(context), OPD(position),
                    OPD(live));
    Status st = EMIT(t, bs_start_match, OPD(fail), OPD(source), OPD(context), OPD(live));
    return st != ST_OK ? st : EMIT(t, bs_get_position, OPD(context), OPD(position));
}

RULE(rule_start_match3) { return start_match(t, A(0), A(1), A(3), A(2)); }

// An atom instead of the label promises a bitstring or a context: target 0.
RULE(rule_start_match4)
{
    if (A(0)->kind == K_ATOM && tr_constant(t, A(0)) != AM_no_fail &&
        tr_constant(t, A(0)) != AM_resume)
        return tr_refuse(t, in, "neither a label nor no_fail nor resume");
    return start_match(t, A(0), A(2), A(3), A(1));
}

RULE(rule_get_tail) { return EMIT(t, bs_get_tail, OPD(A(0)), OPD(A(1)), OPD(A(2))); }
RULE(rule_get_position) { return EMIT(t, bs_get_position, OPD(A(0)), OPD(A(1))); }
RULE(rule_set_position) { return EMIT(t, bs_set_position, OPD(A(0)), OPD(A(1))); }

RULE(rule_skip_bits)
{
    uint64_t bits;
    if (constant_bits(A(2), A(3)->u, &bits))
        return EMIT(t, bs_skip, OPD(A(0)), OPD(A(1)), WORD(bits));
    return EMIT(t, bs_skip_var, OPD(A(0)), OPD(A(1)), OPD(A(3)), OPD(A(2)));
}

RULE(rule_test_tail) { return EMIT(t, bs_test_tail, OPD(A(0)), OPD(A(1)), WORD(A(2)->u)); }

// Bytes as words, for instructions that carry a string.
static Status string_words(Translator *t, uint64_t offset, uint64_t bytes)
{
    const uint8_t *at = t->file->strings.data + offset;
    Status st = ST_OK;
    for (uint64_t i = 0; st == ST_OK && i < bytes; i += 8) {
        Word w = 0;
        memcpy(&w, at + i, bytes - i < 8 ? bytes - i : 8);
        st = tr_word(t, w);
    }
    return st;
}

RULE(rule_match_string)  // fail, context, bits, offset
{
    uint64_t bits = A(2)->u, value = 0;
    if (bits == 0) return ST_OK;
    if (bits > UINT32_MAX) return tr_refuse(t, in, "string too long");
    if (bits > 64) {
        Status st = EMIT(t, bs_match_string, OPD(A(0)), OPD(A(1)), NUM(bits));
        return st != ST_OK ? st : string_words(t, A(3)->u, (bits + 7) / 8);
    }
    for (uint64_t i = 0; i < (bits + 7) / 8; i++)
        value = value << 8 | t->file->strings.data[A(3)->u + i];
    value >>= (8 - bits % 8) % 8;
    return EMIT(t, bs_match_bits, OPD(A(0)), OPD(A(1)), NUM(bits), WORD(value));
}

RULE(rule_get_utf8) { return EMIT(t, bs_get_utf8, OPD(A(0)), OPD(A(1)), OPD(A(4))); }
RULE(rule_skip_utf8) { return EMIT(t, bs_skip_utf8, OPD(A(0)), OPD(A(1))); }
RULE(rule_get_utf16)
{
    return EMIT(t, bs_get_utf16, OPD(A(0)), OPD(A(1)), OPD(A(4)), NUM(flags_of_number(A(3)->u)));
}
RULE(rule_skip_utf16)
{
    return EMIT(t, bs_skip_utf16, OPD(A(0)), OPD(A(1)), NUM(flags_of_number(A(3)->u)));
}
RULE(rule_get_utf32)
{
    return EMIT(t, bs_get_utf32, OPD(A(0)), OPD(A(1)), OPD(A(4)), NUM(flags_of_number(A(3)->u)));
}
RULE(rule_skip_utf32)
{
    return EMIT(t, bs_skip_utf32, OPD(A(0)), OPD(A(1)), NUM(flags_of_number(A(3)->u)));
}

// ---- bs_match: a list of commands ---------------------------------------------------
// The number of a =:= command; of 2^63 and more it is in bytes.
static uint64_t match_value(const Operand *o)
{
    if (o->u != UINT64_MAX || o->count == 0) return o->u;
    uint64_t v = 0;
    for (uint32_t i = 0; i < o->count; i++) v = v << 8 | o->bytes[i];
    return v;
}

// One command whose arguments are c[0], c[1], …. Where the context stands after a
// command has failed does not matter: compilers set the position again.
static Status match_command(Translator *t, const Instr *in, Term name, const Operand *c)
{
    const Operand *fail = A(0), *context = A(1);
    if (name == AM_ensure_at_least) {
        if (c[1].u == 0) return tr_refuse(t, in, "unit 0");
        return EMIT(t, bs_ensure, OPD(fail), OPD(context), OPD(&c[1]), WORD(c[0].u));
    }
    if (name == AM_ensure_exactly)
        return EMIT(t, bs_test_tail, OPD(fail), OPD(context), WORD(c[0].u));
    if (name == AM_get_tail) return EMIT(t, bs_get_tail, OPD(context), OPD(&c[2]), OPD(&c[0]));
    if (name == AM_skip) return EMIT(t, bs_skip, OPD(fail), OPD(context), WORD(c[0].u));
    if (name == AM_Eq) {
        if (c[1].u == 0 || c[1].u > 64) return tr_refuse(t, in, "width of a constant");
        return EMIT(t, bs_match_bits, OPD(fail), OPD(context), OPD(&c[1]),
                    WORD(match_value(&c[2])));
    }
    Get g = {fail, context, &c[0], &c[2], &c[3], &c[4], flags_of_list(t, &c[1]), false};
    return name == AM_integer ? get_integer(t, &g) : get_binary(t, &g);
}

RULE(rule_match)  // fail, context, commands
{
    const Operand *list = A(2);
    for (uint32_t i = 0; i < list->count;) {
        const Operand *c = &list->items[i];
        BeamSpan text = beam_file_atom(t->file, (uint32_t)c->u);
        Status st = match_command(t, in, tr_constant(t, c), c + 1);
        if (st != ST_OK) return st;
        i += 1 + (uint32_t)strlen(bs_command_operands(text.data, text.size));
    }
    return ST_OK;
}

// ---- building step by step ------------------------------------------------------------
static Status init(Translator *t, const Instr *in,
                   uint32_t unit)  // fail, size, words, live, flags, destination
{
    uint64_t words = tr_heap_words(A(2));
    Status st = tr_check_words(t, in, words);
    if (st == ST_OK && A(1)->kind == K_U && A(1)->u > SMALL_MAX) st = tr_refuse(t, in, "size");
    return st != ST_OK ? st
                       : EMIT(t, bs_init, OPD(A(0)), NUM(words), OPD(A(3)), NUM(unit), OPD(A(5)),
                              OPD(A(1)));
}

RULE(rule_init2) { return init(t, in, 8); }
RULE(rule_init_bits) { return init(t, in, 1); }

RULE(rule_append)  // fail, size, words, live, unit, binary, flags, destination
{
    uint64_t words = tr_heap_words(A(2));
    Status st = tr_check_words(t, in, words);
    if (st != ST_OK) return st;
    return EMIT(t, bs_append, OPD(A(0)), NUM(words), OPD(A(3)), OPD(A(4)), OPD(A(7)), OPD(A(1)),
                OPD(A(5)));
}

RULE(rule_private_append)  // fail, size, unit, binary, flags, destination
{
    return EMIT(t, bs_private_append, OPD(A(0)), OPD(A(2)), OPD(A(5)), OPD(A(1)), OPD(A(3)));
}

RULE(rule_init_writable) { return EMIT0(t, bs_init_writable); }

RULE(rule_put_integer)  // fail, size, unit, flags, value
{
    return EMIT(t, bs_put_integer, OPD(A(0)), OPD(A(2)), NUM(flags_of_number(A(3)->u)), OPD(A(1)),
                OPD(A(4)));
}

RULE(rule_put_float)
{
    return EMIT(t, bs_put_float, OPD(A(0)), OPD(A(2)), NUM(flags_of_number(A(3)->u)), OPD(A(1)),
                OPD(A(4)));
}

RULE(rule_put_binary)
{
    if (is_all(t, A(1))) return EMIT(t, bs_put_binary_all, OPD(A(0)), OPD(A(2)), OPD(A(4)));
    return EMIT(t, bs_put_binary, OPD(A(0)), OPD(A(2)), OPD(A(1)), OPD(A(4)));
}

RULE(rule_put_string)  // bytes, offset
{
    if (A(0)->u == 0) return ST_OK;
    if (A(0)->u > UINT32_MAX) return tr_refuse(t, in, "string too long");
    Status st = EMIT(t, bs_put_string, OPD(A(0)));
    return st != ST_OK ? st : string_words(t, A(1)->u, A(0)->u);
}

RULE(rule_put_utf8) { return EMIT(t, bs_put_utf8, OPD(A(0)), OPD(A(2))); }
RULE(rule_put_utf16)
{
    return EMIT(t, bs_put_utf16, OPD(A(0)), NUM(flags_of_number(A(1)->u)), OPD(A(2)));
}
RULE(rule_put_utf32)
{
    return EMIT(t, bs_put_utf32, OPD(A(0)), NUM(flags_of_number(A(1)->u)), OPD(A(2)));
}
RULE(rule_utf8_size) { return EMIT(t, bs_utf8_size, OPD(A(2)), OPD(A(1))); }
RULE(rule_utf16_size) { return EMIT(t, bs_utf16_size, OPD(A(2)), OPD(A(1))); }
RULE(rule_add) { return EMIT(t, bs_add, OPD(A(0)), OPD(A(4)), OPD(A(3)), OPD(A(1)), OPD(A(2))); }

// ---- bs_create_bin ----------------------------------------------------------------------
// One segment of the file, taken apart: type, number, unit, flags, value, size.
typedef struct Segment {
    SegmentKind kind;
    uint32_t flags, unit, number;
    const Operand *value, *size;
    uint64_t bits;  // when constant
} Segment;

static bool sized_kind(Term type, SegmentKind *fixed)
{
    if (type == AM_integer) *fixed = SEGMENT_INTEGER_FIXED;
    else if (type == AM_float) *fixed = SEGMENT_FLOAT_FIXED;
    else if (type == AM_binary) *fixed = SEGMENT_BINARY_FIXED;
    else return false;
    return true;
}

static Status read_segment(Translator *t, const Instr *in, const Operand *o, Segment *s)
{
    Term type = tr_constant(t, &o[0]);
    *s = (Segment){.flags = flags_of_list(t, &o[3]),
                   .unit = (uint32_t)o[2].u,
                   .number = (uint32_t)o[1].u,
                   .value = &o[4],
                   .size = &o[5]};
    if (type == AM_binary && is_all(t, s->size)) {
        if (s->unit == 0) return tr_refuse(t, in, "unit 0");
        s->kind = SEGMENT_BINARY_ALL;
    } else if (sized_kind(type, &s->kind)) {
        // Each kind with a variable size stands behind the one with a constant size.
        if (!constant_bits(s->size, s->unit, &s->bits)) s->kind++;
    } else if (type == AM_string) {
        s->kind = SEGMENT_STRING;
        s->bits = s->size->u * 8;
    } else if (type == AM_utf8) {
        s->kind = SEGMENT_UTF8;
    } else if (type == AM_utf16) {
        s->kind = SEGMENT_UTF16;
    } else if (type == AM_utf32) {
        s->kind = SEGMENT_UTF32;
        s->bits = 32;
    } else {
        return tr_refuse(t, in, "segment type");
    }
    return ST_OK;
}

static Status emit_segment(Translator *t, const Segment *s)
{
    Status st = tr_word(t, segment_pack(s->kind, s->flags, s->unit, s->number));
    if (st != ST_OK) return st;
    if (s->kind == SEGMENT_STRING) {
        st = tr_word(t, s->size->u);
        if (st == ST_OK) st = tr_word(t, 0);
        return st != ST_OK ? st : string_words(t, s->value->u, s->size->u);
    }
    st = tr_source(t, s->value);
    if (st != ST_OK) return st;
    bool variable = s->kind == SEGMENT_INTEGER_VAR || s->kind == SEGMENT_BINARY_VAR ||
                    s->kind == SEGMENT_FLOAT_VAR;
    return variable ? tr_source(t, s->size) : tr_word(t, s->bits);
}

static uint64_t segment_words(const Segment *s)
{
    return SEGMENT_WORDS + (s->kind == SEGMENT_STRING ? BYTES_TO_WORDS(s->size->u) : 0);
}

enum { SEGMENT_OPERANDS = 6 };

// What is known of the segments behind an append, or of all of them.
typedef struct Segments {
    uint64_t words;  // that they take in the code
    uint64_t bits;   // of those whose size is constant
    bool known;      // SEGMENTS_KNOWN
    bool small;      // there is one: an integer of one to eight bytes
} Segments;

static bool is_known(const Segment *s)
{
    return s->kind == SEGMENT_INTEGER_FIXED || s->kind == SEGMENT_FLOAT_FIXED ||
           s->kind == SEGMENT_STRING;
}

// The first segment decides how the binary begins.
static Status emit_create(Translator *t, const Instr *in, const Segments *s)
{
    const Operand *first = A(5)->items;
    uint64_t words = tr_heap_words(A(1));
    Status st = tr_check_words(t, in, words);
    if (st != ST_OK) return st;
    if (s->words > UINT32_MAX) return tr_refuse(t, in, "segments too long");
    Term type = A(5)->count > 0 ? tr_constant(t, &first[0]) : TERM_NONE;
    Arg f = OPD(A(0)), w = NUM(words), l = OPD(A(2)), d = OPD(A(4));
    if (type != AM_append && type != AM_private_append)
        return EMIT(t, bs_create_bin, f, w, l, d, NUM(s->words), WORD(s->bits));
    if (first[2].u == 0 || first[1].u > 0x7FFF)
        return tr_refuse(t, in, "unit or number of a segment");
    uint32_t begin = APPEND_BEGIN(first[2].u, first[1].u) | (s->known ? SEGMENTS_KNOWN : 0);
    bool small = s->small && words == 0 && 8 % first[2].u == 0;
    InstrIndex i = small ? INSTR_bs_append_small : INSTR_bs_create_append;
    if (type == AM_private_append) i = small ? INSTR_bs_private_small : INSTR_bs_create_private;
    const Arg args[] = {f, w, l, d, NUM(s->words), NUM(begin), WORD(s->bits), OPD(&first[4])};
    return tr_emit(t, i, ARRAY_LEN(args), args);
}

RULE(rule_create_bin)  // fail, words, live, unit, destination, segments
{
    const Operand *list = A(5);
    uint32_t n = list->count / SEGMENT_OPERANDS;
    Status st = ST_OK;
    Term type = n > 0 ? tr_constant(t, &list->items[0]) : TERM_NONE;
    uint32_t skip = type == AM_append || type == AM_private_append;
    Segment s = {.bits = 0};
    Segments all = {.known = true};
    // A constant size is below 2^32 bits and there are fewer than 2^26 segments in
    // a file, so the sum of them cannot overflow.
    for (uint32_t i = skip; st == ST_OK && i < n; i++) {
        st = read_segment(t, in, &list->items[i * SEGMENT_OPERANDS], &s);
        all.bits += s.bits;
        all.words += segment_words(&s);
        all.known = all.known && is_known(&s);
    }
    all.small = n - skip == 1 && s.kind == SEGMENT_INTEGER_FIXED && s.bits % 8 == 0 &&
                s.bits >= 8 && s.bits <= 64;
    if (st == ST_OK) st = emit_create(t, in, &all);
    for (uint32_t i = skip; st == ST_OK && i < n; i++) {
        st = read_segment(t, in, &list->items[i * SEGMENT_OPERANDS], &s);
        if (st == ST_OK) st = emit_segment(t, &s);
    }
    return st;
}

// ---- the table ----------------------------------------------------------------------------
static const TranslateRule rules[OP_COUNT] = {
    [OP_bs_start_match3] = rule_start_match3,
    [OP_bs_start_match4] = rule_start_match4,
    [OP_bs_get_integer2] = rule_get_integer,
    [OP_bs_get_float2] = rule_get_float,
    [OP_bs_get_binary2] = rule_get_binary,
    [OP_bs_skip_bits2] = rule_skip_bits,
    [OP_bs_test_tail2] = rule_test_tail,
    [OP_bs_test_unit] = rule_test_unit,
    [OP_bs_match_string] = rule_match_string,
    [OP_bs_get_tail] = rule_get_tail,
    [OP_bs_get_position] = rule_get_position,
    [OP_bs_set_position] = rule_set_position,
    [OP_bs_get_utf8] = rule_get_utf8,
    [OP_bs_skip_utf8] = rule_skip_utf8,
    [OP_bs_get_utf16] = rule_get_utf16,
    [OP_bs_skip_utf16] = rule_skip_utf16,
    [OP_bs_get_utf32] = rule_get_utf32,
    [OP_bs_skip_utf32] = rule_skip_utf32,
    [OP_bs_match] = rule_match,
    [OP_bs_init2] = rule_init2,
    [OP_bs_init_bits] = rule_init_bits,
    [OP_bs_append] = rule_append,
    [OP_bs_private_append] = rule_private_append,
    [OP_bs_init_writable] = rule_init_writable,
    [OP_bs_put_integer] = rule_put_integer,
    [OP_bs_put_float] = rule_put_float,
    [OP_bs_put_binary] = rule_put_binary,
    [OP_bs_put_string] = rule_put_string,
    [OP_bs_put_utf8] = rule_put_utf8,
    [OP_bs_put_utf16] = rule_put_utf16,
    [OP_bs_put_utf32] = rule_put_utf32,
    [OP_bs_utf8_size] = rule_utf8_size,
    [OP_bs_utf16_size] = rule_utf16_size,
    [OP_bs_add] = rule_add,
    [OP_bs_create_bin] = rule_create_bin,
};

TranslateRule tr_bits_rule(uint32_t op) { return rules[op]; }
