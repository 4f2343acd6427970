// SPDX-License-Identifier: Apache-2.0
// tests/host/places.c DIR PLACE: a guest does not learn where PLACE is, though the host runs in it,
// has its library below it and loads modules from it; nor the name of the machine or what is in
// the environment.
#include <unistd.h>

#include "check.h"

int main(int argc, char **argv)
{
    static const char secret[] = "known-to-the-host-alone";
    char path[1024], name[256] = "";
    CHECK(argc == 3);
    CHECK(chdir(argv[2]) == 0 && setenv("APEX_TEST_SECRET", secret, 1) == 0);
    CHECK(gethostname(name, sizeof name - 1) == 0);
    ApexEngine *engine = new_engine(1);
    ApexSandbox *s = new_sandbox(engine, NULL);
    snprintf(path, sizeof path, "%s/places.beam", argv[1]);
    CHECK_OK(apex_sandbox_load_path(s, path, NULL));

    ApexWriter w;
    apex_writer_init(&w);
    apex_put_list(&w, 1);
    apex_put_list(&w, 3);
    apex_put_text(&w, argv[2]);
    apex_put_text(&w, secret);
    apex_put_text(&w, strlen(name) < 12 ? secret : name);  // a short one may occur by chance
    apex_put_nil(&w);
    apex_put_nil(&w);
    check_call(s, "places", "learnt", &w, APEX_CALL_RETURNED, "[]");
    apex_writer_clear(&w);
    apex_sandbox_release(s);
    CHECK_OK(apex_engine_free(engine));
    return 0;
}
