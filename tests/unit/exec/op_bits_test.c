// SPDX-License-Identifier: Apache-2.0
// tests/unit/exec/op_bits_test.c - the instructions that match and build bit strings,
// run one by one and compared with code that looks at one bit at a time.

#include "code/bits_segment.h"
#include "exec/bits_build.h"
#include "exec/handler.h"
#include "unit.h"

typedef struct Machine {
    Isolate iso;
    Exec *e;
    Process *p;
    Word code[64];
    size_t len;
    bool jumped;
} Machine;

// ---- running ------------------------------------------------------------------------
static PRESERVE_NONE void stop(STATE) { SAVE(); }

static NOINLINE void enter(const Word *ip, Exec *e, Process *p)
{
    ((Handler)(uintptr_t)ip[0])(ip, e->x, p->heap.sp, p, p->heap.hp, p->reds);
}

// Appends an instruction: its operands in the order of the layout.
static void emit(Machine *m, InstrIndex i, const Word *args)
{
    Word *at = m->code + m->len;
    unsigned halves = 0, words = 1;
    at[0] = instr_handler[i];
    for (const char *l = instr_layout[i]; *l != 0; l++)
        halves += *l == 'r' || *l == 'f' || *l == 'u';
    words += (halves + 1) / 2;
    memset(at + 1, 0, (words - 1) * sizeof *at);
    halves = 0;
    for (const char *l = instr_layout[i]; *l != 0 && *l != '*'; l++) {
        if (*l == 'r' || *l == 'f' || *l == 'u')
            ((uint32_t *)(at + 1))[halves++] = (uint32_t)*args++;
        else at[words++] = *args++;
    }
    m->len += words;
}
#define X(n)             ((n) * 8u)
#define SX(n)            ((Word)X(n) << 2)
#define DO(m, name, ...) (emit(m, INSTR_##name, (Word[]){__VA_ARGS__ __VA_OPT__(, ) 0}), run(m))

// Runs what was emitted. 'f' operands of 40 lead to the failure exit.
enum { FAIL = 40 };
static void run(Machine *m)
{
    m->code[m->len] = (Word)(uintptr_t)stop;
    m->code[FAIL] = (Word)(uintptr_t)stop;
    m->p->exc.class = EXC_NONE;
    m->p->ip = NULL;
    enter(m->code, m->e, m->p);
    m->jumped = m->p->ip == m->code + FAIL;
    m->len = 0;
}

static int setup(void **state)
{
    Machine *m = calloc(1, sizeof *m);
    Limits limits;
    limits_init(&limits);
    assert_ok(atom_table_init());
    assert_ok(isolate_init(&m->iso, &limits, 0));
    m->e = exec_new();
    m->p = process_new(&m->iso, HEAP_DEFAULT_WORDS, NULL);
    assert_non_null(m->p);
    for (unsigned i = 0; i < X_TOTAL; i++) m->e->x[i] = TERM_NIL;
    *state = m;
    return 0;
}

static int teardown(void **state)
{
    Machine *m = *state;
    exec_free(m->e);
    isolate_clear(&m->iso);
    free(m);
    return 0;
}

// ---- the model: one bit at a time ------------------------------------------------------
static bool bit_at(const uint8_t *b, uint64_t i) { return b[i / 8] >> (7 - i % 8) & 1; }

// Place in memory of bit k (0 = least significant) of an integer of n bits.
static uint64_t place(uint64_t k, uint64_t n, bool little)
{
    if (!little) return n - 1 - k;
    uint64_t byte = k / 8, width = n - byte * 8 < 8 ? n - byte * 8 : 8;
    return byte * 8 + width - 1 - k % 8;
}

static unsigned __int128 model(const uint8_t *b, uint64_t pos, unsigned n, bool little)
{
    unsigned __int128 v = 0;
    for (unsigned k = 0; k < n; k++)
        v |= (unsigned __int128)bit_at(b, pos + place(k, n, little)) << k;
    return v;
}

static uint8_t *fill(uint8_t *b, size_t n, unsigned seed)
{
    for (size_t i = 0; i < n; i++) b[i] = (uint8_t)((seed = seed * 1103515245 + 12345) >> 16);
    return b;
}

// The value of an integer term of up to 128 bits, in two's complement.
static unsigned __int128 value_of(Term t)
{
    if (is_small(t)) return (unsigned __int128)(__int128)small_value(t);
    unsigned __int128 v = big_digits(t)[0];
    if (big_limbs(t) > 1) v |= (unsigned __int128)big_digits(t)[1] << 64;
    return big_is_negative(t) ? -v : v;
}

// x0 becomes the bits [from, from+n) of 64 random bytes, x1 a context of it.
static uint8_t source[64];
static void match(Machine *m, uint64_t from, uint64_t n)
{
    m->e->x[0] = bitstring_new(&m->p->heap, source + from / 8, from % 8, n);
    DO(m, bs_start_match, FAIL, X(0), X(1), 1);
    assert_false(m->jumped);
}

// ---- matching -----------------------------------------------------------------------------
static void check_integer(Machine *m, unsigned skip, unsigned n, uint32_t flags)
{
    unsigned __int128 want = model(source, skip, n, flags & BITS_LITTLE);
    if ((flags & BITS_SIGNED) && n > 0 && want >> (n - 1) & 1 && n < 128)
        want |= ~(unsigned __int128)0 << n;
    match(m, 0, 256);
    DO(m, bs_skip, FAIL, X(1), skip);
    if (n < 60) DO(m, bs_get_small, FAIL, X(1), X(2), n, flags);
    else DO(m, bs_get_integer, FAIL, X(1), X(2), 2, n, flags);
    assert_false(m->jumped);
    assert_true(value_of(m->e->x[2]) == want);
    match(m, 0, skip + n);
    DO(m, bs_skip, FAIL, X(1), skip);
    DO(m, bs_get_integer_var, FAIL, X(1), X(2), 2, 1, flags, make_small(n));
    assert_true(value_of(m->e->x[2]) == want);
    DO(m, bs_test_tail, FAIL, X(1), 0);
    assert_false(m->jumped);
    if (n == 0) return;
    match(m, 0, skip + n - 1);
    DO(m, bs_skip, FAIL, X(1), skip);
    DO(m, bs_get_integer_var, FAIL, X(1), X(2), 2, 1, flags, make_small(n));
    assert_true(m->jumped);
}

static void integers_are_matched(void **state)
{
    Machine *m = *state;
    for (unsigned n = 0; n < 128; n++) {
        for (unsigned skip = 0; skip < 10; skip++) {
            for (uint32_t flags = 0; flags < 8; flags += 2) {
                fill(source, sizeof source, n * 131 + skip * 7 + flags);
                check_integer(m, skip, n, flags);
            }
        }
    }
}

static void whole_bytes_are_matched(void **state)
{
    Machine *m = *state;
    fill(source, sizeof source, 9);
    for (unsigned skip = 0; skip < 20; skip++) {
        match(m, 0, 256);
        DO(m, bs_skip, FAIL, X(1), skip);
        DO(m, bs_get_u8, FAIL, X(1), X(2));
        assert_true(value_of(m->e->x[2]) == model(source, skip, 8, false));
        DO(m, bs_get_u16, FAIL, X(1), X(2));
        assert_true(value_of(m->e->x[2]) == model(source, skip + 8, 16, false));
        DO(m, bs_get_u32, FAIL, X(1), X(2));
        assert_true(value_of(m->e->x[2]) == model(source, skip + 24, 32, false));
        DO(m, bs_match_bits, FAIL, X(1), 7, (Word)model(source, skip + 56, 7, false));
        assert_false(m->jumped);
        DO(m, bs_match_bits, FAIL, X(1), 64, (Word)model(source, skip + 63, 64, false));
        assert_false(m->jumped);
        DO(m, bs_match_bits, FAIL, X(1), 3, (Word)model(source, skip + 127, 3, false) ^ 1);
        assert_true(m->jumped);
        DO(m, bs_get_position, X(1), X(2));
        assert_true(m->e->x[2] == make_small(skip + 127));
    }
}

static void positions_are_gone_back_to(void **state)
{
    Machine *m = *state;
    fill(source, sizeof source, 11);
    match(m, 5, 300);
    for (unsigned at = 0; at < 290; at += 7) {
        m->e->x[3] = make_small(at);
        DO(m, bs_set_position, X(1), X(3));
        DO(m, bs_get_small, FAIL, X(1), X(2), 9, 0);
        assert_true(value_of(m->e->x[2]) == model(source, 5 + at, 9, false));
    }
}

static void parts_are_matched(void **state)
{
    Machine *m = *state;
    fill(source, sizeof source, 3);
    for (unsigned n = 0; n < 400; n++) {
        unsigned skip = n % 11;
        match(m, n % 3, 500);
        DO(m, bs_skip, FAIL, X(1), skip);
        DO(m, bs_get_binary, FAIL, X(1), X(2), 2, n);
        // Every register below the live count holds a term of this round.
        DO(m, bs_get_tail, X(1), X(3), 3);
        DO(m, bs_get_rest, FAIL, X(1), X(4), 4, 1);
        Bits part = bits_of(m->e->x[2]), tail = bits_of(m->e->x[3]), rest = bits_of(m->e->x[4]);
        assert_true(part.size == n && rest.size == 500 - skip - n && tail.size == rest.size);
        assert_int_equal(bits_compare(part.byte, part.bit, source, n % 3 + skip, n), 0);
        assert_int_equal(bits_compare(rest.byte, rest.bit, source, n % 3 + skip + n, rest.size), 0);
        assert_int_equal(bits_compare(tail.byte, tail.bit, rest.byte, rest.bit, rest.size), 0);
    }
}

// ---- building ---------------------------------------------------------------------------
// Makes a binary of these segments in x5.
static void create(Machine *m, const Word *segments, size_t n, uint64_t known)
{
    emit(m, INSTR_bs_create_bin, (Word[]){FAIL, 0, 4, X(5), n, known});
    memcpy(m->code + m->len, segments, n * sizeof *segments);
    m->len += n;
    run(m);
}

static void check_built(Machine *m, unsigned lead, unsigned n, uint32_t flags, Term v)
{
    m->e->x[2] = v;
    m->e->x[3] = make_small(n);
    const Word segments[] = {
        segment_pack(SEGMENT_INTEGER_FIXED, 0, 1, 1),   make_small(1),  lead,
        segment_pack(SEGMENT_INTEGER_VAR, flags, 1, 2), SX(2),          SX(3),
        segment_pack(SEGMENT_INTEGER_FIXED, 0, 1, 3),   make_small(-1), 5,
    };
    create(m, segments, ARRAY_LEN(segments), lead + 5);
    assert_false(m->jumped);
    Bits b = bits_of(m->e->x[5]);
    unsigned __int128 value = value_of(m->e->x[2]),
                      mask = n == 0 ? 0 : ~(unsigned __int128)0 >> (128 - n);
    assert_true(b.size == lead + n + 5);
    assert_true(model(b.byte, b.bit + lead, n, flags & BITS_LITTLE) == (value & mask));
    assert_true(model(b.byte, b.bit + lead + n, 5, false) == 31);
    assert_true(lead == 0 || model(b.byte, b.bit, lead, false) == 1);
}

static void integers_are_built(void **state)
{
    Machine *m = *state;
    static const uint64_t limbs[] = {5, UINT64_C(0x8123456789abcdef)};
    Term *big = heap_alloc(&m->p->heap, 3);
    for (unsigned n = 0; n < 128; n++) {
        for (unsigned lead = 0; lead < 9; lead++) {
            for (uint32_t flags = 0; flags < 4; flags += 2) {
                big = heap_alloc(&m->p->heap, 3);
                big[0] = HEADER(BOX_NEG_BIG, 2), big[1] = limbs[0], big[2] = limbs[1] & INT64_MAX;
                check_built(m, lead, n, flags, make_boxed(big));
                check_built(m, lead, n, flags, make_small(INT64_C(0x123456789abcdef)));
                check_built(m, lead, n, flags, make_small(-77));
            }
        }
    }
}

static void faults_are_told(void **state)
{
    Machine *m = *state;
    const Word bad[] = {segment_pack(SEGMENT_INTEGER_FIXED, 0, 1, 7), AM_undefined, 8};
    emit(m, INSTR_bs_create_bin, (Word[]){FAIL, 0, 0, X(5), 3, 8});
    memcpy(m->code + m->len, bad, sizeof bad);
    m->len += 3;
    run(m);
    assert_true(m->jumped);
    BuildFault f = {AM_badarg, 7, AM_integer, AM_type, AM_undefined};
    build_set_fault(m->p, &f);
    assert_true(m->p->exc.value == AM_badarg && is_flat_map(m->p->exc.info));
    Term cause = flat_map_values(m->p->exc.info)[0];
    assert_true(is_tuple_arity(cause, 4) && tuple_elements(cause)[0] == make_small(7));
}

// x5 = <<x[from]/bits, byte>>
static void append_byte(Machine *m, unsigned from, unsigned byte)
{
    const Word segment[] = {segment_pack(SEGMENT_INTEGER_FIXED, 0, 1, 2), make_small(byte), 8};
    emit(m, INSTR_bs_create_append, (Word[]){FAIL, 0, 10, X(5), 3, 1 | 1 << 16, 8, SX(from)});
    memcpy(m->code + m->len, segment, sizeof segment);
    m->len += 3;
    run(m);
    assert_false(m->jumped);
}

static void appending_keeps_what_was(void **state)
{
    Machine *m = *state;
    m->e->x[5] = bitstring_new(&m->p->heap, source, 0, 3);
    uint64_t size = 3;
    for (unsigned i = 0; i < 3000; i++, size += 8) {
        if (i == 1000) m->e->x[6] = m->e->x[5];
        append_byte(m, 5, i & 0xFF);
    }
    assert_true(bitstring_bits(m->e->x[5]) == size && bitstring_bits(m->e->x[6]) == 3 + 8000);
    m->e->x[7] = m->e->x[5];
    // Another continuation of an old end is a copy.
    append_byte(m, 6, 0xEE);
    Bits whole = bits_of(m->e->x[7]), fork = bits_of(m->e->x[5]);
    assert_true(fork.size == 8011 && whole.size == size);
    assert_int_equal(bits_compare(whole.byte, whole.bit, fork.byte, fork.bit, 8003), 0);
    assert_true(model(fork.byte, 8003, 8, false) == 0xEE);
    assert_true(model(whole.byte, 8003, 8, false) == (1000 & 0xFF));
    for (unsigned i = 0; i < 3000; i++)
        assert_true(model(whole.byte, 3 + 8 * i, 8, false) == (i & 0xFF));
}

static void matching_pins_what_grows(void **state)
{
    Machine *m = *state;
    m->e->x[5] = bitstring_new(&m->p->heap, source, 0, 80);
    append_byte(m, 5, 1);
    m->e->x[4] = m->e->x[5];
    DO(m, bs_start_match, FAIL, X(5), X(1), 10);
    MatchContext *c = (MatchContext *)boxed_ptr(m->e->x[1]);
    RefcBin *b = (RefcBin *)boxed_ptr(c->orig);
    assert_true(b->flags == 0 && b->data->capacity == 11 && c->base == b->data->bytes);
    for (unsigned i = 0; i < 1000; i++) append_byte(m, 5, i & 0xFF);
    assert_true(bitstring_bits(m->e->x[4]) == 88);
    DO(m, bs_get_u32, FAIL, X(1), X(2));
    assert_true(value_of(m->e->x[2]) == model(source, 0, 32, false));
}

// bs_init, then puts; what there is no room for is refused.
static void putting_needs_room(void **state)
{
    Machine *m = *state;
    DO(m, bs_init, 0, 0, 0, 8, X(5), make_small(3));
    DO(m, bs_put_integer, FAIL, 8, 0, make_small(2), make_small(0x1234));
    assert_false(m->jumped);
    DO(m, bs_put_integer, FAIL, 8, 0, make_small(2), make_small(0x1234));
    assert_true(m->jumped);
    Bits b = bits_of(m->e->x[5]);
    assert_true(b.size == 24 && model(b.byte, 0, 24, false) == 0x123400);
    // A collection ends the construction.
    DO(m, bs_init, 0, 0, 6, 8, X(5), make_small(3));
    assert_true(exec_reserve(m->p, m->e->x, 6, 100000, NULL, 0));
    DO(m, bs_put_integer, FAIL, 8, 0, make_small(1), make_small(1));
    assert_true(m->jumped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(integers_are_matched, setup, teardown),
        cmocka_unit_test_setup_teardown(whole_bytes_are_matched, setup, teardown),
        cmocka_unit_test_setup_teardown(positions_are_gone_back_to, setup, teardown),
        cmocka_unit_test_setup_teardown(parts_are_matched, setup, teardown),
        cmocka_unit_test_setup_teardown(integers_are_built, setup, teardown),
        cmocka_unit_test_setup_teardown(faults_are_told, setup, teardown),
        cmocka_unit_test_setup_teardown(appending_keeps_what_was, setup, teardown),
        cmocka_unit_test_setup_teardown(matching_pins_what_grows, setup, teardown),
        cmocka_unit_test_setup_teardown(putting_needs_room, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
