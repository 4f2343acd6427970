// SPDX-License-Identifier: Apache-2.0
// Match specifications as programs: nesting, variables, refused memory. What they
// mean is compared with OTP in tests/differential/ets.
#include "ets/match.h"

#include "fixture.h"
#include "term/compare.h"

static Term is_tuple_1(Process *q, Term *args) { return make_bool(is_tuple(args[0])); }

static MatchFn resolve(Term name, unsigned arity)
{
    return name == AM_is_tuple && arity == 1 ? is_tuple_1 : NULL;
}

static MatchProgram *compiled(Term spec)
{
    MatchProgram *m;
    uint64_t work = 0;
    assert_ok(match_compile(&iso, spec, MATCH_TABLE, resolve, NULL, &m, &work));
    return m;
}

static Term spec_of(Term head, Term guards, Term body) { return LIST(TUPLE(head, guards, body)); }

static Term run(Term spec, Term object)
{
    MatchProgram *m = compiled(spec);
    Term value = TERM_NONE;
    MatchResult r = match_run(m, p, object, true, &value);
    assert_true(r != MATCH_REFUSED);
    match_release(&iso.space, m);
    return r == MATCH_YES ? value : TERM_NONE;
}

static void variables_are_bound_once(void **state)
{
    fixture_open();
    Term a = atom("$1"), b = atom("$20");
    Term spec = spec_of(TUPLE(b, a, b), TERM_NIL, LIST(AM_dollar_dollar));
    Term object = TUPLE(make_small(1), AM_undefined, make_small(1));
    assert_true(equal_exact(run(spec, object), LIST(AM_undefined, make_small(1))));
    assert_int_equal(run(spec, TUPLE(make_small(1), AM_undefined, make_small(2))), TERM_NONE);
    assert_int_equal(match_variable(b), 20);
    assert_int_equal(match_variable(AM_dollar_dollar), -1);
    assert_int_equal(match_variable(atom("$01")), -1);
    assert_int_equal(match_variable(atom("$0")), 0);
    fixture_close();
}

static void guards_choose_the_clause(void **state)
{
    fixture_open();
    Term v = atom("$1");
    Term guard = LIST(TUPLE(AM_is_tuple, v));
    Term spec = LIST(TUPLE(TUPLE(v), guard, LIST(AM_tuple)),
                     TUPLE(AM_underscore, TERM_NIL, LIST(AM_undefined)));
    assert_int_equal(run(spec, TUPLE(TUPLE(AM_ok))), AM_tuple);
    assert_int_equal(run(spec, TUPLE(AM_ok)), AM_undefined);
    fixture_close();
}

static void nesting_has_no_depth(void **state)
{
    fixture_open();
    Term deep = TERM_NIL, pattern = atom("$1"), expr = atom("$1");
    for (int i = 0; i < 20000; i++) {
        deep = TUPLE(deep, AM_ok);
        pattern = TUPLE(pattern, AM_ok);
        expr = TUPLE(TUPLE(expr, AM_ok));
    }
    Term result = run(spec_of(TUPLE(pattern), TERM_NIL, LIST(expr)), TUPLE(deep));
    assert_true(equal_exact(result, deep));
    assert_false(match_has_variable(TUPLE(AM_ok, TERM_NIL), 100));
    assert_true(match_has_variable(pattern, 100000));
    fixture_close();
}

static void errors_say_what_is_wrong(void **state)
{
    fixture_open();
    MatchErrors errors;
    vec_init(&errors, &iso.space.arena);
    MatchProgram *m;
    uint64_t work = 0;
    Term body = LIST(TUPLE(AM_error, AM_ok), atom("$7"));
    Status st = match_compile(&iso, spec_of(TUPLE(atom("$1")), TERM_NIL, body), MATCH_TABLE,
                              resolve, &errors, &m, &work);
    assert_int_equal(st, ST_INVALID);
    assert_int_equal(errors.len, 2);
    assert_int_equal(errors.items[0].kind, MATCH_ERR_NO_FUNCTION);
    assert_int_equal(errors.items[0].term, AM_error);
    assert_int_equal(errors.items[1].kind, MATCH_ERR_UNBOUND);
    assert_int_equal(errors.items[1].n, 7);
    vec_clear(&errors);
    match_release(&iso.space, m);
    fixture_close();
}

static void refused_memory_ends_compiling(void **state)
{
    fixture_open();
    Term v = atom("$1");
    Term spec =
        spec_of(TUPLE(v, v, LIST(v)), LIST(TUPLE(AM_andalso, AM_true, TUPLE(AM_is_tuple, v))),
                LIST(TUPLE(TUPLE(v, AM_dollar_underscore))));
    uint64_t before = iso.space.arena.in_use;
#ifndef NDEBUG
    for (uint64_t n = 1;; n++) {
        MatchProgram *m;
        uint64_t work = 0;
        alloc_fail_after(n);
        Status st = match_compile(&iso, spec, MATCH_TABLE, resolve, NULL, &m, &work);
        alloc_fail_after(0);
        if (st == ST_OK) {
            match_release(&iso.space, m);
            break;
        }
        assert_int_equal(iso.space.arena.in_use, before);
    }
#else
    match_release(&iso.space, compiled(spec));
#endif
    assert_int_equal(iso.space.arena.in_use, before);
    fixture_close();
}

static void keys_of_patterns(void **state)
{
    fixture_open();
    Term key, v = atom("$1");
    assert_int_equal(match_key_of(v, 1, &key), MATCH_KEY_ANY);
    assert_int_equal(match_key_of(TUPLE(AM_underscore), 1, &key), MATCH_KEY_ANY);
    assert_int_equal(match_key_of(TUPLE(AM_ok), 2, &key), MATCH_KEY_NONE);
    assert_int_equal(match_key_of(AM_ok, 1, &key), MATCH_KEY_NONE);
    assert_int_equal(match_key_of(TUPLE(TUPLE(AM_ok, AM_true), v), 1, &key), MATCH_KEY_BOUND);
    assert_int_equal(match_key_of(TUPLE(TUPLE(AM_ok, v), v), 1, &key), MATCH_KEY_PART);
    assert_true(match_compare_part(key, TUPLE(AM_ok, AM_true)) == 0);
    assert_true(match_compare_part(key, TUPLE(AM_true, AM_true)) < 0);
    assert_true(match_compare_part(key, TUPLE(AM_ok)) > 0);
    fixture_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variables_are_bound_once),      cmocka_unit_test(guards_choose_the_clause),
        cmocka_unit_test(nesting_has_no_depth),          cmocka_unit_test(errors_say_what_is_wrong),
        cmocka_unit_test(refused_memory_ends_compiling), cmocka_unit_test(keys_of_patterns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
