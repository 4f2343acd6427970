// SPDX-License-Identifier: Apache-2.0
// tests/host/strangers.c DIR: two sandboxes live at once; one learns the bytes of the other's
// pids, references, funs and atoms through the host. Nothing of the other answers to them.
#include "check.h"

static char path[1024];

static ApexSandbox *open_sandbox(ApexEngine *engine)
{
    ApexSandbox *s = new_sandbox(engine, NULL);
    CHECK_OK(apex_sandbox_load_path(s, path, NULL));
    return s;
}

static void call_with(ApexSandbox *s, const char *function, const ApexBytes *bytes,
                      const char *expected)
{
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_list(&w, 1);
    apex_put_binary(&w, (const char *)bytes->data, bytes->len);
    apex_put_nil(&w);
    check_call(s, "strangers", function, &w, APEX_CALL_RETURNED, expected);
    apex_writer_clear(&w);
}

// strangers:hold(used, name): the bytes that it returns.
static void hold(ApexSandbox *s, uint64_t used, const char *name, ApexBytes *bytes)
{
    ApexWriter w;
    ApexResult r;
    ApexReader reader;
    const uint8_t *data;
    apex_writer_init(&w);
    apex_put_list(&w, 2);
    apex_put_uint(&w, used);
    apex_put_text(&w, name);
    apex_put_nil(&w);
    CHECK_OK(apex_sandbox_call(s, "strangers", "hold", w.data, w.len, NULL, &r));
    CHECK(r.outcome == APEX_CALL_RETURNED);
    CHECK_OK(apex_reader_init(&reader, r.term.data, r.term.len));
    CHECK_OK(apex_get_binary(&reader, &data, &bytes->len));
    bytes->data = (uint8_t *)malloc(bytes->len);
    memcpy(bytes->data, data, bytes->len);
    apex_result_clear(&r);
    apex_writer_clear(&w);
}

int main(int argc, char **argv)
{
    static const char name[] = "secret_atom_of_the_keeper";
    ApexBytes things, atom = {(uint8_t *)name, sizeof name - 1};
    CHECK(argc == 2);
    snprintf(path, sizeof path, "%s/strangers.beam", argv[1]);
    ApexEngine *engine = new_engine(2);
    ApexSandbox *keeper = open_sandbox(engine);
    hold(keeper, 3000, name, &things);
    for (int i = 0; i < 3; i++) {
        ApexSandbox *thief = open_sandbox(engine);
        call_with(thief, "hidden_atoms", &atom, "[badarg,badarg,badarg,badarg]");
        call_with(thief, "attack_safely", &things, "refused");
        call_with(thief, "hidden_atoms", &atom, "[badarg,badarg,badarg,badarg]");
        call_with(thief, "attack", &things, "[]");
        check_call(keeper, "strangers", "unharmed", NULL, APEX_CALL_RETURNED, "[]");
        apex_sandbox_release(thief);
        check_call(keeper, "strangers", "unharmed", NULL, APEX_CALL_RETURNED, "[]");
    }
    free(things.data);
    apex_sandbox_release(keeper);
    CHECK_OK(apex_engine_free(engine));
    return 0;
}
