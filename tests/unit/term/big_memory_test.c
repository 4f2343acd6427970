// SPDX-License-Identifier: Apache-2.0
// Integer arithmetic goes on when the system refuses all memory: GMP's scratch comes from the
// reserve, on several threads in turn.
#include "term/big_memory.h"

#include <gmp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "unit.h"

enum { DIVIDEND = 4096, DIVISOR = 3, THREADS = 4, ROUNDS = 200 };

static uint64_t expected[DIVIDEND], dividend[DIVIDEND];
static const uint64_t divisor[DIVISOR] = {7, 11, 13};

static void *divide(void *wrong)
{
    uint64_t *q = malloc(sizeof dividend), r[DIVISOR];
    for (int i = 0; i < ROUNDS; i++) {
        memset(q, 0, sizeof dividend);
        mpn_tdiv_qr(q, r, 0, dividend, DIVIDEND, divisor, DIVISOR);
        if (memcmp(q, expected, (DIVIDEND - DIVISOR + 1) * 8) != 0) return wrong;
    }
    free(q);
    return NULL;
}

static void arithmetic_needs_no_memory(void **state)
{
    uint64_t r[DIVISOR];
    for (size_t i = 0; i < DIVIDEND; i++) dividend[i] = i * 0x9E3779B97F4A7C15u + 1;
    big_memory_init();
    mpn_tdiv_qr(expected, r, 0, dividend, DIVIDEND, divisor, DIVISOR);
#ifndef NDEBUG
    alloc_fail_after(1);
#endif
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, divide, r), 0);
    for (int i = 0; i < THREADS; i++) {
        void *wrong;
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_null(wrong);
    }
#ifndef NDEBUG
    alloc_fail_after(0);
#endif
}

static void functions_of_the_host_stay(void **state)
{
    // big_memory_init does its work once: what is set now is not touched again.
    void *(*a)(size_t);
    mp_set_memory_functions(NULL, NULL, NULL);
    mp_get_memory_functions(&a, NULL, NULL);
    big_memory_init();
    void *(*b)(size_t);
    mp_get_memory_functions(&b, NULL, NULL);
    assert_ptr_equal((void *)(uintptr_t)a, (void *)(uintptr_t)b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(arithmetic_needs_no_memory),
                                       cmocka_unit_test(functions_of_the_host_stay)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
