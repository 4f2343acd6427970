// SPDX-License-Identifier: Apache-2.0
// The atom table and the books of sandboxes.

#include "term/atom.h"

#include <pthread.h>
#include <stdio.h>

#include "unit.h"

static Term intern(const char *text)
{
    Term t = TERM_NONE;
    assert_ok(atom_intern(text, strlen(text), &t));
    return t;
}

static void well_known_atoms_have_their_numbers(void **state)
{
    assert_int_equal(intern("ok"), AM_ok);
    assert_int_equal(intern("=:="), AM_Eq);
    assert_int_equal(intern(""), AM_empty);
    assert_true(atom_is(AM_nonode_at_nohost, "nonode@nohost"));
    assert_true(atom_is(AM_true, "true"));
    assert_int_equal(make_bool(false), AM_false);
}

static void atoms_go_away_with_their_last_reference(void **state)
{
    size_t before = atom_count();
    Term a = intern("an atom of this test");
    assert_int_equal(intern("an atom of this test"), a);
    assert_int_equal(atom_count(), before + 1);
    atom_release(a);
    assert_true(atom_is(a, "an atom of this test"));
    atom_release(a);
    assert_int_equal(atom_count(), before);
    Term none;
    assert_int_equal(atom_find("an atom of this test", 20, &none), ST_NOT_FOUND);
}

static void texts_are_checked(void **state)
{
    char text[1100];
    Term t;
    memset(text, 'x', sizeof text);
    assert_ok(atom_intern(text, 255, &t));
    atom_release(t);
    assert_int_equal(atom_intern(text, 256, &t), ST_INVALID);
    assert_int_equal(atom_intern("\xff", 1, &t), ST_INVALID);
    for (size_t i = 0; i < 255; i++) memcpy(text + 4 * i, "\xf0\x9f\x98\x80", 4);
    assert_ok(atom_intern(text, 1020, &t));
    assert_int_equal(atom_text(t).chars, 255);
    atom_release(t);
}

static void hash_and_order_are_erlangs(void **state)
{
    // erlang:phash2/1 of an atom is its hash value, less the top bit.
    assert_int_equal(atom_hash_value(AM_ok), 1883);
    assert_int_equal(atom_hash_value(AM_undefined) & 0x7FFFFFF, 45914356);
    Term umlaut = intern("\xc3\xa4\xc3\xb6"), far = intern("\xce\xb1\xce\xb2");
    assert_int_equal(atom_hash_value(umlaut), 3894);
    assert_int_equal(atom_hash_value(far), 892562);
    assert_true(atom_compare(AM_ok, AM_error) > 0);
    assert_true(atom_compare(AM_empty, AM_error) < 0);
    assert_true(atom_compare(umlaut, far) < 0);
    atom_release(umlaut);
    atom_release(far);
}

static void books_know_their_own_atoms_only(void **state)
{
    size_t before = atom_count();
    AtomBook base, one, two;
    Term t, u;
    atom_book_init(&base, 0, NULL);
    assert_ok(atom_book_intern(&base, "in the library", 14, &t));
    atom_book_init(&one, 2, &base);
    atom_book_init(&two, 2, &base);
    assert_ok(atom_book_intern(&one, "first", 5, &u));
    assert_ok(atom_book_intern(&one, "secret 1", 8, &t));
    assert_ok(atom_book_intern(&one, "secret 1", 8, &u));
    assert_int_equal(t, u);
    assert_ok(atom_book_intern(&one, "secret 2", 8, &u));
    assert_int_equal(atom_book_intern(&one, "secret 3", 8, &u), ST_LIMIT);
    assert_ok(atom_book_intern(&one, "in the library", 14, &u));
    assert_int_equal(atom_book_find(&two, "secret 1", 8, &u), ST_NOT_FOUND);
    assert_ok(atom_book_find(&one, "secret 1", 8, &u));
    assert_ok(atom_book_find(&two, "in the library", 14, &u));
    assert_ok(atom_book_find(&two, "ok", 2, &u));
    assert_int_equal(u, AM_ok);
    atom_book_clear(&one);
    atom_book_clear(&two);
    atom_book_clear(&base);
    assert_int_equal(atom_count(), before);
}

static void *hammer(void *arg)
{
    char text[32];
    for (int i = 0; i < 20000; i++) {
        Term t;
        int n = snprintf(text, sizeof text, "shared %d", i % 100);
        if (atom_intern(text, (size_t)n, &t) != ST_OK || !atom_is(t, text)) return arg;
        atom_release(t);
    }
    return NULL;
}

static void threads_intern_side_by_side(void **state)
{
    size_t before = atom_count();
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, hammer, &before), 0);
    for (size_t i = 0; i < 4; i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
    assert_int_equal(atom_count(), before);
}

static int set_up(void **state) { return atom_table_init(); }

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_known_atoms_have_their_numbers),
        cmocka_unit_test(atoms_go_away_with_their_last_reference),
        cmocka_unit_test(texts_are_checked),
        cmocka_unit_test(hash_and_order_are_erlangs),
        cmocka_unit_test(books_know_their_own_atoms_only),
        cmocka_unit_test(threads_intern_side_by_side),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
