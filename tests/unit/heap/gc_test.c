// SPDX-License-Identifier: Apache-2.0
// Random graphs, random collections: nothing that lives is lost or changed, and
// what is dead is released.

#include "mirror.h"

#define SLOTS 48
#define STACK 200

static Space space;
static Heap heap;
static Pair slots[SLOTS];
static Term regs[SLOTS];
static Mirror *stack_mirrors[STACK * 64];
static size_t stack_len;
static Pair frozen_pair;

static RootSpan spans[2] = {{regs, SLOTS / 2}, {regs + SLOTS / 2, SLOTS - SLOTS / 2}};
static const Roots roots = {spans, 2};

static void setup(uint64_t limit)
{
    assert_ok(frozen_init());
    arena_init(&space.arena, limit);
    space.binary_bytes = 0;
    assert_ok(heap_init(&heap, &space, HEAP_DEFAULT_WORDS));
    stack_len = 0;
    for (size_t i = 0; i < SLOTS; i++) slots[i].m = mirror_immed(regs[i] = TERM_NIL);
}

static void teardown(void)
{
    heap_clear(&heap);
    assert_int_equal(space.binary_bytes, 0);
    assert_int_equal(space.arena.in_use, 0);
    assert_int_equal(natives_alive, 0);
    arena_clear(&space.arena);
    mirrors_free();
}

static Pair pick(void)
{
    uint64_t r = rng() % (SLOTS + 6);
    if (r < SLOTS) return (Pair){regs[r], slots[r].m};
    if (r == SLOTS) return frozen_pair;
    Term t = make_small((int64_t)r);
    return (Pair){t, mirror_immed(t)};
}

// A frozen {[1 | {}], <<64 bytes>>}.
static Pair make_frozen(void)
{
    Term *at = frozen_alloc(64 * 8);
    assert_non_null(at);
    at[0] = TUPLE_HEADER(2), at[1] = make_cons(at + 3), at[2] = make_boxed(at + 6);
    at[3] = SMALL(1), at[4] = make_boxed(at + 5), at[5] = TUPLE_HEADER(0);
    at[6] = HEADER(BOX_HEAP_BIN, 3), at[7] = 9, at[8] = at[9] = 0;
    return (Pair){make_boxed(at), mirror_immed(make_boxed(at))};
}

static void check_all(void)
{
    const char *broken = heap_check(&heap, &roots);
    if (broken != NULL) fail_msg("%s", broken);
    epoch++;
    for (size_t i = 0; i < SLOTS; i++) mirror_compare(slots[i].m, regs[i], true);
    assert_int_equal(heap.end - heap.sp, stack_len);
    for (size_t i = 0; i < stack_len; i++)
        mirror_compare(stack_mirrors[i], heap.end[-1 - (ptrdiff_t)i], true);
}

static void push(void)
{
    if (stack_len == ARRAY_LEN(stack_mirrors)) return;
    if (heap_reserve(&heap, 1, &roots) != ST_OK) return;
    Pair p = pick();
    uint64_t r = rng() % 10;
    if (r == 0) p.t = (Term)rng() & ~(Term)7;  // a return address
    if (r == 1) p.t = make_catch((void *)(rng() & 0xFFFFFFF));
    if (r < 2) p.m = mirror_immed(p.t);
    *--heap.sp = p.t;
    stack_mirrors[stack_len++] = p.m;
}

static void pop(size_t n)
{
    if (n > stack_len) n = stack_len;
    heap.sp += n;
    stack_len -= n;
}

static void assign(void)
{
    size_t i = rng() % SLOTS;
    Pair p = build(&heap, (MirrorKind)(rng() % M_KINDS), pick);
    if (p.t == TERM_NONE) return;
    regs[i] = p.t;
    slots[i].m = p.m;
}

static void forget(size_t n)
{
    for (; n > 0; n--) {
        size_t i = rng() % SLOTS;
        slots[i].m = mirror_immed(regs[i] = TERM_NIL);
    }
}

static void run(size_t steps, uint64_t seed)
{
    rng_state = seed * 0x9E3779B97F4A7C15u + 1;
    frozen_pair = make_frozen();
    for (size_t i = 0; i < steps; i++) {
        uint64_t r = rng() % 1000;
        if (r < 700) assign();
        else if (r < 800) push();
        else if (r < 860) pop(1 + rng() % 3);
        else if (r < 865) pop(rng() % 400);
        else if (r < 900) forget(1);
        else if (r < 904) forget(SLOTS);
        else if (r < 925) (void)!heap_reserve(&heap, rng() % 300, &roots);
        else if (r < 960) (void)!heap_collect(&heap, rng() % 100, false, &roots);
        else if (r < 970) (void)!heap_collect(&heap, rng() % 5000, true, &roots);
        else if (r < 975) (void)!heap_compact(&heap, &roots);
        else if (heap_wants_gc(&heap)) (void)!heap_collect(&heap, 0, false, &roots);
        if (rng() % 20 == 0) check_all();
    }
    check_all();
    frozen_free(boxed_ptr(frozen_pair.t), 64 * 8);
}

static void random_graphs_survive(void **state)
{
    for (uint64_t seed = 1; seed <= 12; seed++) {
        setup(ARENA_NO_LIMIT);
        heap.fullsweep_after = seed % 3 == 0 ? 4 : HEAP_FULLSWEEP_AFTER;
        run(6000, seed);
        teardown();
    }
}

static void refused_memory_leaves_the_heap_intact(void **state)
{
    for (uint64_t seed = 100; seed < 108; seed++) {
        setup(200000);
        run(6000, seed);
        assert_true(space.arena.used <= 200000);
        space.arena.limit = space.arena.used;
        assert_int_equal(heap_collect(&heap, 1 << 20, true, &roots), ST_LIMIT);
        check_all();
        teardown();
    }
}

static void a_long_list_is_collected_without_recursion(void **state)
{
    setup(ARENA_NO_LIMIT);
    Term list = TERM_NIL;
    for (int64_t i = 0; i < 1000000; i++) {
        if (heap.sp - heap.hp < 2) {
            regs[0] = list;
            assert_ok(heap_reserve(&heap, 2, &roots));
            list = regs[0];
        }
        list = cons_at(&heap.hp, make_small(i), list);
    }
    regs[0] = list;
    assert_ok(heap_collect(&heap, 0, true, &roots));
    assert_null(heap_check(&heap, &roots));
    list = regs[0];
    for (int64_t i = 999999; i >= 0; i--, list = cons_tail(list))
        assert_true(cons_head(list) == make_small(i));
    assert_true(is_nil(list));
    // Copied a bounded number of times on the way.
    assert_true(heap.collections < 600);
    regs[0] = TERM_NIL;
    assert_ok(heap_compact(&heap, &roots));
    assert_true(space.arena.in_use < 4096);
    teardown();
}

static void blocks_grow_as_the_sequence_says(void **state)
{
    assert_int_equal(heap_block_size(0), 12);
    assert_int_equal(heap_block_size(13), 38);
    assert_int_equal(heap_block_size(39), 51);
    assert_int_equal(heap_block_size(200), 233);
    assert_int_equal(heap_block_size(234), 376);
    assert_int_equal(heap_block_size(377), 610);
    assert_int_equal(heap_block_size(SIZE_MAX), SIZE_MAX);
}

static void max_heap_size_is_noticed(void **state)
{
    setup(ARENA_NO_LIMIT);
    heap.max_words = 2000;
    assert_ok(heap_reserve(&heap, 300, &roots));
    assert_false(heap.over_max);
    assert_ok(heap_reserve(&heap, 5000, &roots));
    assert_true(heap.over_max);
    teardown();
}

static void large_binaries_make_a_collection_due(void **state)
{
    setup(ARENA_NO_LIMIT);
    uint8_t *bytes;
    for (int i = 0; i < 3; i++) {
        assert_false(heap_wants_gc(&heap));
        assert_true(binary_new_empty(&heap, 100000, &bytes) != TERM_NONE);
        memset(bytes, 1, 100000);
    }
    assert_true(heap_wants_gc(&heap) || APEX_STRESS);
    assert_ok(heap_collect(&heap, 0, false, &roots));
    assert_int_equal(space.binary_bytes, 0);
    teardown();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_grow_as_the_sequence_says),
        cmocka_unit_test(random_graphs_survive),
        cmocka_unit_test(refused_memory_leaves_the_heap_intact),
        cmocka_unit_test(a_long_list_is_collected_without_recursion),
        cmocka_unit_test(max_heap_size_is_noticed),
        cmocka_unit_test(large_binaries_make_a_collection_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
