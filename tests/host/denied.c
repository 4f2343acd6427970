// SPDX-License-Identifier: Apache-2.0
// tests/host/denied.c DIR BUILTINS: in a sandbox that may do nothing, every builtin that names a
// capability in its row is refused with that capability and told to the host, in whatever way it
// is called. BUILTINS has the rows as "apex builtins" prints them; DIR has denied.beam and
// direct.beam, which was made from the same rows.
#include <pthread.h>
#include <time.h>

#include "check.h"

#define ALL_CAPS                                                                             \
    (APEX_CAP_FILE_READ | APEX_CAP_FILE_WRITE | APEX_CAP_NET_CONNECT | APEX_CAP_NET_LISTEN | \
     APEX_CAP_ENV | APEX_CAP_OS | APEX_CAP_CLOCK | APEX_CAP_LOAD_CODE | APEX_CAP_STDIO)

static const char *dir;
static ApexEngine *engine;

// What a sandbox has been refused: lines of events.
typedef struct Refusals {
    pthread_mutex_t lock;
    char text[1 << 14];
    size_t len;
} Refusals;

static void on_event(void *context, ApexSandbox *s, ApexEventKind kind, const char *detail)
{
    Refusals *r = (Refusals *)context;
    (void)s;
    if (kind != APEX_EVENT_DENIED) return;
    pthread_mutex_lock(&r->lock);
    if (r->len + strlen(detail) + 2 < sizeof r->text)
        r->len += (size_t)sprintf(r->text + r->len, "%s\n", detail);
    pthread_mutex_unlock(&r->lock);
}

static bool is_told(Refusals *r, const char *line)
{
    pthread_mutex_lock(&r->lock);
    bool found = strstr(r->text, line) != NULL;
    pthread_mutex_unlock(&r->lock);
    return found;
}

static ApexSandbox *open_sandbox(Refusals *r)
{
    static const char *const modules[] = {"denied", "direct"};
    ApexSandboxOptions o = {0};
    char path[1024];
    pthread_mutex_init(&r->lock, NULL);
    r->len = 0, r->text[0] = '\0';
    o.deny = ALL_CAPS, o.event = on_event, o.context = r;
    ApexSandbox *s = new_sandbox(engine, &o);
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s.beam", dir, modules[i]);
        CHECK_OK(apex_sandbox_load_path(s, path, NULL));
    }
    return s;
}

// Calls denied:call(builtin, way) and waits until the refusal has been told.
static void check_way(const char *builtin, const char *capability, const char *way)
{
    static Refusals r;
    char line[128];
    snprintf(line, sizeof line, "%s: %s\n", capability, builtin);
    ApexSandbox *s = open_sandbox(&r);
    ApexWriter w;
    apex_writer_init(&w);
    apex_put_list(&w, 2);
    apex_put_binary(&w, builtin, strlen(builtin));
    apex_put_atom(&w, way);
    apex_put_nil(&w);
    ApexResult result;
    CHECK_OK(apex_sandbox_call(s, "denied", "call", w.data, w.len, NULL, &result));
    for (int ms = 0; !is_told(&r, line); ms++) {
        if (ms == 20000) {
            fprintf(stderr, "%s by %s: not told \"%s\" but\n%s", builtin, way, line, r.text);
            exit(1);
        }
        struct timespec one = {0, 1000000};
        nanosleep(&one, NULL);
    }
    apex_result_clear(&result);
    apex_writer_clear(&w);
    apex_sandbox_release(s);
    pthread_mutex_destroy(&r.lock);
}

static void check_builtin(const char *builtin, const char *capability)
{
    static const char *const ways[] = {
        "imported", "apply",     "apply_fun",     "external_fun", "fun_of_bytes", "fun_in_message",
        "spawn",    "spawn_opt", "spawn_request", "spawn_of_fun", "proc_lib",     "hibernate",
        "timer",    "map"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) check_way(builtin, capability, ways[i]);
}

int main(int argc, char **argv)
{
    CHECK(argc == 3);
    dir = argv[1];
    FILE *rows = fopen(argv[2], "r");
    CHECK(rows != NULL);
    engine = new_engine(1);
    char line[256], builtin[64], state[16], capability[16];
    unsigned needy = 0;
    while (fgets(line, sizeof line, rows) != NULL) {
        if (sscanf(line, "%63s %15s %15s", builtin, state, capability) != 3 ||
            strchr(builtin, ':') == NULL || strcmp(capability, "none") == 0)
            continue;
        // Guards and match specifications may be evaluated anywhere: nothing there needs one.
        CHECK(strcmp(state, "guard") != 0);
        check_builtin(builtin, capability);
        needy++;
    }
    CHECK(needy > 40);
    fclose(rows);
    CHECK_OK(apex_engine_free(engine));
    return 0;
}
