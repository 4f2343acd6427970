// SPDX-License-Identifier: Apache-2.0
// tests/unit/apex/terminal_test.c - control characters of guests do not reach a terminal.
#include "terminal.c"

#include "unit.h"

static void check(const char *bytes, const char *expected)
{
    uint8_t out[64];
    unsigned state = 0;
    size_t n = terminal_filter(out, (const uint8_t *)bytes, strlen(bytes), &state);
    assert_int_equal(n, strlen(expected));
    assert_memory_equal(out, expected, n);
}

static void text_passes(void **arg)
{
    check("plain text\tand\r\nlines\n", "plain text\tand\r\nlines\n");
    check("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xc2\xb5",
          "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\xc2\xb5");
}

static void controls_do_not(void **arg)
{
    check("\x1b[2J\x1b]0;title\a", "?[2J?]0;title?");
    check("over\rwritten\b\x7f", "over?written??");
    check("\xc2\x9b"
          "2J",
          "??2J");           // CSI as UTF-8
    check("\x9b"
          "2J\x90",
          "?2J?");           // and as a byte
    check("\xe2\x1b[2J", "\xe2?[2J");         // behind a character that is cut
    check("\xff\xc0\x9b", "???");
}

static void cut_characters_go_on(void **arg)
{
    uint8_t out[8];
    unsigned state = 0;
    assert_int_equal(terminal_filter(out, (const uint8_t *)"\xe2\x82", 2, &state), 2);
    assert_int_equal(state, 1);
    assert_int_equal(terminal_filter(out, (const uint8_t *)"\xac\x9b", 2, &state), 2);
    assert_memory_equal(out, "\xac?", 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_passes),
        cmocka_unit_test(controls_do_not),
        cmocka_unit_test(cut_characters_go_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
