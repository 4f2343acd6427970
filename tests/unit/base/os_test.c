// SPDX-License-Identifier: Apache-2.0
// Files, walks, clocks, diagnostics.

#include "base/os.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "unit.h"

static void files_are_read_and_written(void **state)
{
    char path[] = "/tmp/apex_os_test_XXXXXX";
    cleanup_close int fd = mkstemp(path);
    assert_true(fd >= 0);
    cleanup_with(buf_clear) Buf b;
    buf_init(&b);
    Diag d;
    diag_init(&d);
    assert_ok(os_write_file(path, "hello", 5, &d));
    assert_ok(os_read_file(path, 5, &b, &d));
    assert_int_equal(b.len, 5);
    assert_memory_equal(b.data, "hello", 5);
    assert_int_equal(os_read_file(path, 4, &b, &d), ST_LIMIT);
    assert_int_equal(b.len, 5);
    OsMapping m;
    assert_ok(os_map_file(path, &m, &d));
    assert_int_equal(m.len, 5);
    os_unmap(&m);
    unlink(path);
    assert_int_equal(os_read_file(path, 4, &b, &d), ST_NOT_FOUND);
    assert_int_equal(d.os_errno, ENOENT);
    assert_non_null(strstr(d.text, path));
    assert_int_equal(os_read_file("/tmp", 4, &b, NULL), ST_IO);
}

static Status note(void *ctx, const char *path) { return buf_printf(ctx, "%s\n", path); }

static void a_walk_is_in_order(void **state)
{
    char root[] = "/tmp/apex_walk_XXXXXX";
    assert_non_null(mkdtemp(root));
    static const char *const files[] = {"b", "a/z", "a/y/x", "c"};
    char path[256];
    snprintf(path, sizeof path, "%s/a", root);
    assert_ok(mkdir(path, 0700));
    snprintf(path, sizeof path, "%s/a/y", root);
    assert_ok(mkdir(path, 0700));
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        snprintf(path, sizeof path, "%s/%s", root, files[i]);
        assert_ok(os_write_file(path, "", 0, NULL));
    }
    cleanup_with(buf_clear) Buf seen, wanted;
    buf_init(&seen);
    buf_init(&wanted);
    assert_ok(os_walk(root, note, &seen, NULL));
    assert_ok(buf_printf(&wanted, "%s/a/y/x\n%s/a/z\n%s/b\n%s/c\n", root, root, root, root));
    assert_int_equal(seen.len, wanted.len);
    assert_memory_equal(seen.data, wanted.data, seen.len);
    assert_int_equal(os_walk("/nonexistent/x", note, &seen, NULL), ST_NOT_FOUND);
    snprintf(path, sizeof path, "rm -r %s", root);
    assert_ok(system(path));
}

static void clocks_advance(void **state)
{
    int64_t a = clock_monotonic_ns(), b = clock_monotonic_ns();
    assert_true(b >= a);
    assert_true(clock_system_ns() > INT64_C(1600000000) * NS_PER_S);
    assert_true(clock_process_cpu_ns() > 0);
    assert_true(clock_thread_cpu_ns() > 0);
}

static void diagnostics_say_what_and_where(void **state)
{
    Diag d;
    diag_set_at(&d, 17, "bad chunk %s", "ImpT");
    assert_string_equal(d.text, "bad chunk ImpT");
    assert_int_equal(d.offset, 17);
    diag_prefix(&d, "%s: ", "m.beam");
    assert_string_equal(d.text, "m.beam: bad chunk ImpT");
    diag_set_errno(&d, ENOENT, "cannot open %s", "x");
    assert_string_equal(d.text, "cannot open x: No such file or directory");
    diag_set(NULL, "nobody %d", 1);
    diag_set(&d, "%0600d", 1);
    assert_int_equal(strlen(d.text), DIAG_TEXT_MAX - 1);
    assert_string_equal(status_text(ST_OK), "done");
    assert_string_equal(status_name(ST_LIMIT), "ST_LIMIT");
    assert_non_null(status_text((Status)999));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_read_and_written),
        cmocka_unit_test(a_walk_is_in_order),
        cmocka_unit_test(clocks_advance),
        cmocka_unit_test(diagnostics_say_what_and_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
