// SPDX-License-Identifier: Apache-2.0
// Sandboxes whose memory limit is too small: creating one is refused at each point where it can
// be, and nothing is left of the attempt.
#include "heap/frozen.h"
#include "sandbox/sandbox.h"
#include "term/atom.h"
#include "unit.h"

enum { STEP = 400, MOST = 4 << 20 };

static Engine *engine;

static bool create(uint64_t memory)
{
    SandboxConfig c;
    sandbox_config_init(&c);
    c.limits.of[LIMIT_MEMORY].allowed = memory;
    Sandbox *s = NULL;
    Diag d;
    diag_init(&d);
    Status st = sandbox_new(engine, &c, &s, &d);
    if (st != ST_OK) assert_int_equal(st, ST_LIMIT);
    sandbox_free(s);
    return st == ST_OK;
}

static void creation_is_refused_cleanly(void **state)
{
    Diag d;
    diag_init(&d);
    EngineOptions o = {.threads = 1};
    assert_ok(engine_new(&o, &engine, &d));
    assert_true(create(MOST));
    size_t atoms = atom_count(), frozen = frozen_bytes_used();
    uint64_t memory = STEP;
    while (memory < MOST && !create(memory)) memory += STEP;
    assert_true(memory < MOST);
    assert_int_equal(engine_num_sandboxes(engine), 0);
    assert_int_equal(atom_count(), atoms);
    assert_int_equal(frozen_bytes_used(), frozen);
    engine_free(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(creation_is_refused_cleanly)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
