// SPDX-License-Identifier: Apache-2.0
// What GMP takes from the system while guests compute: nobody is charged for it, and the reserve
// for times without memory is small. So it must be next to nothing, whatever the operands.
#include <gmp.h>
#include <stdlib.h>

#include "sandbox/sandbox.h"
#include "term/big.h"
#include "unit.h"

enum { ENOUGH = 65536 };

static size_t held, peak;

static void *counted_alloc(size_t n)
{
    held += n;
    if (held > peak) peak = held;
    return malloc(n);
}

static void *counted_realloc(void *p, size_t old, size_t n)
{
    held += n - old;
    if (held > peak) peak = held;
    return realloc(p, n);
}

static void counted_free(void *p, size_t n)
{
    held -= n;
    free(p);
}

static Engine *engine;
static Sandbox *sandbox;
static uint64_t state = 1;

static uint8_t random_byte(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint8_t)(state >> 56);
}

// An integer of so many limbs. The bytes follow a pattern that is dense, sparse or random.
static void put_integer(Buf *b, size_t limbs, unsigned pattern)
{
    uint8_t head[6] = {111};
    uint32_t n = (uint32_t)limbs * 8;
    head[1] = (uint8_t)(n >> 24), head[2] = (uint8_t)(n >> 16), head[3] = (uint8_t)(n >> 8);
    head[4] = (uint8_t)n;
    assert_ok(buf_append(b, head, sizeof head));
    for (uint32_t i = 0; i < n; i++) {
        uint8_t byte = pattern == 0 ? random_byte() : pattern == 1 ? 0xFF : 0;
        assert_ok(buf_append_u8(b, i + 1 == n ? 0x80 : i == 0 ? 1 : byte));
    }
}

static void call(const char *function, size_t a, size_t b, unsigned pattern)
{
    Buf args;
    buf_init(&args);
    const uint8_t head[] = {131, 108, 0, 0, 0, b == 0 ? 1 : 2};
    assert_ok(buf_append(&args, head, sizeof head));
    put_integer(&args, a, pattern);
    if (b != 0) put_integer(&args, b, pattern);
    assert_ok(buf_append_u8(&args, 106));
    CallResult r;
    assert_ok(sandbox_call(sandbox, "erlang", function, args.data, args.len, &r));
    assert_int_equal(r.outcome, CALL_RETURNED);
    call_result_clear(&r);
    buf_clear(&args);
}

static void try_sizes(size_t a, size_t b, unsigned pattern)
{
    static const char *const functions[] = {"*", "div", "rem", "+", "-", "bxor"};
    for (size_t i = 0; i < ARRAY_LEN(functions); i++) {
        if (i == 0 && a + b > BIG_MAX_LIMBS) continue;
        size_t before = peak;
        call(functions[i], a, b, pattern);
        if (peak > before && peak > ENOUGH)
            print_message("%s of %zu and %zu limbs: %zu bytes\n", functions[i], a, b, peak);
    }
}

static void gmp_takes_next_to_nothing(void **unused)
{
    static const size_t sizes[] = {1,    2,    3,    21,   63,   300,  512,   1024,  1400,  1448,
                                   2048, 4095, 4096, 4097, 5100, 8192, 16384, 60000, 300000};
    mp_set_memory_functions(counted_alloc, counted_realloc, counted_free);
    Diag d;
    diag_init(&d);
    EngineOptions o = {.threads = 1};
    assert_ok(engine_new(&o, &engine, &d));
    SandboxConfig c;
    sandbox_config_init(&c);
    assert_ok(sandbox_new(engine, &c, &sandbox, &d));
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        // The slow ones with one pattern each.
        for (size_t j = 0; j <= i; j++) try_sizes(sizes[i], sizes[j], (unsigned)(i + j) % 3);
        if (sizes[i] < 20000) call("integer_to_binary", sizes[i], 0, 0);
    }
    assert_true(peak <= ENOUGH);
    assert_int_equal(held, 0);
    sandbox_free(sandbox);
    engine_free(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(gmp_takes_next_to_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
