// SPDX-License-Identifier: Apache-2.0
// Terms as erlang:display/1 writes them.

#include "term/print.h"

#include "heap/arith.h"
#include "heap/map.h"
#include "term/fun.h"
#include "terms.h"

static void expect_within(Term t, size_t max, const char *text)
{
    Buf b;
    buf_init_in(&b, &space.arena);
    assert_ok(term_print(&b, t, max));
    assert_int_equal(b.len, strlen(text));
    assert_memory_equal(b.data, text, b.len);
    buf_clear(&b);
}

static void expect(Term t, const char *text) { expect_within(t, 100000, text); }

static void atom(const char *name, const char *text)
{
    Term t = TERM_NONE;
    assert_ok(atom_intern(name, strlen(name), &t));
    expect(t, text);
    atom_release(t);
}

static void atoms_are_quoted_when_they_must(void **state)
{
    atom("ok", "ok");
    atom("Hello world", "'Hello world'");
    atom("", "''");
    atom("don't", "'don\\'t'");
    atom("aBc_1", "aBc_1");
    atom("a@b", "'a@b'");
    atom("\xc3\xa4", "\xc3\xa4");
    atom("\xc3\x96", "'\xc3\x96'");
    atom("a\xc3\x96", "a\xc3\x96");
    atom("\xce\xb1", "'\xce\xb1'");
    atom("a\nb\x1b\x01\\", "'a\\nb\\033\\001\\\\'");
    atom("\r\f\v\b\t", "'\\r\\f\\v\\b\\t'");
    atom("fun", "fun");
}

static void lists_and_binaries(void **state)
{
    expect(TERM_NIL, "[]");
    expect(str("abc"), "\"abc\"");
    expect(str("a\"b\n\\"), "\"a\\\"b\\n\\\"");
    expect(str("\xa0"), "\"\xa0\"");
    expect(str("\x7f"), "[127]");
    expect(cons(AM_ok, str("bc")), "[ok,98,99]");
    expect(cons(make_small('a'), AM_ok), "[97|ok]");
    expect(cons(str("a"), cons(make_small(98), TERM_NIL)), "[\"a\",98]");
    expect(bin(""), "<<>>");
    expect(bin("a\"\\b"), "<<\"a\\\"\\b\">>");
    expect(bin("ab\n"), "<<97,98,10>>");
    expect(bitstring_new(&heap, (const uint8_t *)"abc\xa0", 0, 27), "<<97,98,99,5:3>>");
    expect(bitstring_new(&heap, (const uint8_t *)"\x20", 0, 3), "<<1:3>>");
}

static void the_rest(void **state)
{
    static const FunEntry entry = {
        .module = AM_lists, .index = 1, .old_index = 1, .old_uniq = 38026124};
    Term *fun = room(3), *export = room(4), *ref = room(3), *empty = room(1);
    fun[0] = HEADER(BOX_FUN, 2), fun[1] = (Term)(uintptr_t)&entry, fun[2] = make_pid(1);
    export[0] = HEADER(BOX_EXPORT, 3), export[1] = AM_erlang, export[2] = AM_plus,
    export[3] = make_small(2);
    ref[0] = HEADER(BOX_REF, 2), ref[1] = (Term)2 << 32 | 3, ref[2] = 1;
    empty[0] = TUPLE_HEADER(0);
    expect(make_boxed(fun), "#Fun<lists.1.38026124>");
    expect(make_boxed(export), "fun erlang:'+'/2");
    expect(make_boxed(ref), "#Ref<0.1.2.3>");
    expect(make_pid((uint64_t)7 << 28 | 5), "<0.5.7>");
    expect(make_port(4), "#Port<0.4>");
    expect(make_boxed(empty), "{}");
    expect(tuple2(AM_ok, tuple2(TERM_NIL, make_small(-1))), "{ok,{[],-1}}");
    expect(flo(123456789.123), "1.234568e+08");
    ArithError e;
    expect(arith_bsl(&heap, make_small(-1), make_small(70), &e), "-1180591620717411303424");
    Term kv[80] = {AM_ok, make_small(1), str("b"), cons(AM_ok, TERM_NIL)};
    expect(map_empty(&heap), "#{}");
    expect(map_from_pairs(&heap, kv, 2), "#{ok=>1,\"b\"=>[ok]}");
    for (int i = 0; i < 33; i++) kv[2 * i] = kv[2 * i + 1] = make_small(1000 + i);
    Buf b;
    buf_init(&b);
    assert_ok(term_print(&b, map_from_pairs(&heap, kv, 33), 10000));
    assert_memory_equal(b.data, "#<", 2);
    assert_int_equal(b.data[b.len - 1], '}');
    buf_clear(&b);
}

static void what_is_too_long_is_cut(void **state)
{
    expect_within(str("abcdefghij"), 12, "\"abcdefghij\"");
    expect_within(str("abcdefghij"), 11, "\"abcdefg...");
    expect_within(AM_undefined, 3, "...");
    expect_within(AM_undefined, 0, "");
    Term deep = TERM_NIL, shared = AM_ok;
    for (int i = 0; i < 100000; i++) deep = cons(deep, TERM_NIL);
    for (int i = 0; i < 60; i++) shared = tuple2(shared, shared);
    expect_within(deep, 10, "[[[[[[[...");
    expect_within(shared, 10, "{{{{{{{...");
    Buf b;
    buf_init_in(&b, &space.arena);
    assert_ok(term_print(&b, deep, SIZE_MAX / 2));
    assert_int_equal(b.len, 200002);
    buf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(atoms_are_quoted_when_they_must),
        cmocka_unit_test(lists_and_binaries),
        cmocka_unit_test(the_rest),
        cmocka_unit_test(what_is_too_long_is_cut),
    };
    return cmocka_run_group_tests(tests, terms_set_up, terms_tear_down);
}
