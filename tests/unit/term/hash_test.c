// SPDX-License-Identifier: Apache-2.0
// Hash values are those that erlang:phash2/2 and phash/2 of OTP 25 give.

#include "term/hash.h"

#include "heap/arith.h"
#include "heap/map.h"
#include "terms.h"

static void expect(Term t, uint32_t phash2, uint32_t phash)
{
    assert_int_equal(hash_phash2(t), phash2);
    assert_int_equal(hash_phash(t), phash);
    // Interrupted after each step.
    Hashing h;
    hashing_init(&h, &space.arena, t);
    Status st;
    do {
        uint64_t steps = 1;
        st = hashing_run(&h, &steps);
    } while (st == ST_BUSY);
    assert_int_equal(st, ST_OK);
    assert_int_equal(h.hash, phash2);
    hashing_clear(&h);
}

static Term power(int64_t base, int64_t shift)
{
    ArithError e;
    return arith_bsl(&heap, make_small(base), make_small(shift), &e);
}

static void numbers(void **state)
{
    expect(make_small(1), 539485162, 2788898427);
    expect(make_small(-1), 1117813597, 1680185269);
    expect(make_small(1 << 27), 2562491755, 2147483672);
    expect(make_small(-(1 << 27) - 1), 1418916782, 3827674397);
    expect(power(1, 59), 2442888721, 2147483672);
    expect(power(1, 100), 528873168, 1672701872);
    expect(power(-1, 100), 3614518472, 1113160528);
    expect(flo(1.5), 2023646235, 1073217536);
    expect(flo(-0.0), 423528920, 0);
}

static void lists_and_tuples(void **state)
{
    expect(TERM_NIL, 3468870702, 1);
    expect(AM_ok, 1883, 1883);
    expect(str("abc"), 519996486, 3654580165);
    expect(str("abcde"), 2487089008, 721934914);
    expect(cons(make_small(1), cons(make_small(2), cons(make_small(300), TERM_NIL))), 3014524901,
           3666791471);
    expect(cons(make_small(1), make_small(2)), 3844221178, 2402949551);
    Term *empty = room(1);
    empty[0] = TUPLE_HEADER(0);
    expect(make_boxed(empty), 221703996, 0);
    Term a = TERM_NONE;
    assert_ok(atom_intern("a", 1, &a));
    expect(tuple2(a, make_small(1)), 4098956996, 3187717804);
    atom_release(a);
}

static void bitstrings(void **state)
{
    expect(bin(""), 147926629, 0);
    expect(bin("hello world, hello"), 2718226442, 974715488);
    const uint8_t bytes[] = {'a', 'b', 'c', 5 << 5};
    expect(bitstring_new(&heap, bytes + 3, 0, 3), 3354768668, 3507216108);
    expect(bitstring_new(&heap, bytes, 0, 27), 2471843837, 2750886853);
    // The same bits at another offset.
    const uint8_t shifted[] = {'a' >> 1, (uint8_t)('a' << 7 | 'b' >> 1),
                               (uint8_t)('b' << 7 | 'c' >> 1), (uint8_t)('c' << 7 | 5 << 4)};
    Term whole = bitstring_new(&heap, shifted, 0, 32);
    expect(binary_part(&heap, whole, 1, 27), 2471843837, 2750886853);
}

static void maps(void **state)
{
    Term a = TERM_NONE, b = TERM_NONE;
    assert_ok(atom_intern("a", 1, &a));
    assert_ok(atom_intern("b", 1, &b));
    expect(map_empty(&heap), 844985373, 1113425984);
    Term kv[2 * 46] = {a, make_small(1), b, cons(make_small(2), TERM_NIL)};
    expect(map_from_pairs(&heap, kv, 2), 1579473383, 1847913994);
    static const int64_t far[] = {198773, 280384, 169647, 178740, 204923, 232672};
    for (int i = 0; i < 46; i++)
        kv[2 * i] = kv[2 * i + 1] = make_small(i < 40 ? i + 1 : far[i - 40]);
    expect(map_from_pairs(&heap, kv, 46), 3003745243, 3272185854);
    Term *fun = room(4);
    fun[0] = HEADER(BOX_EXPORT, 3), fun[1] = AM_lists, fun[2] = AM_map, fun[3] = make_small(2);
    expect(make_boxed(fun), 840287883, 904024395);
    atom_release(a);
    atom_release(b);
}

static void depth_is_no_matter(void **state)
{
    Term t = TERM_NIL;
    for (int i = 0; i < 200000; i++) t = cons(t, make_small(i));
    uint32_t h = hash_phash2(t);
    assert_int_equal(h, hash_phash2(t));
    (void)hash_phash(t);
    (void)hash_internal(t);
    (void)hash_keyed(t, 1);
    Hashing limited;
    Arena none;
    arena_init(&none, 4096);
    hashing_init(&limited, &none, t);
    uint64_t steps = UINT64_MAX;
    assert_int_equal(hashing_run(&limited, &steps), ST_NOMEM);
    hashing_clear(&limited);
    arena_clear(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(lists_and_tuples),
        cmocka_unit_test(bitstrings),
        cmocka_unit_test(maps),
        cmocka_unit_test(depth_is_no_matter),
    };
    return cmocka_run_group_tests(tests, terms_set_up, terms_tear_down);
}
