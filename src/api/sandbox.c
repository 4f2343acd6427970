// SPDX-License-Identifier: Apache-2.0
// api/sandbox.c - engines and sandboxes: their life, events and statistics.
#include <stdlib.h>
#include <string.h>

#include "api/handle.h"

// The tables of apex.h are those of policy/.
#define SAME_LIMIT(name)                                _Static_assert((int)APEX_LIMIT_##name == (int)LIMIT_##name, #name)
#define LIMIT(name, text, def, unit, guest, host, live) SAME_LIMIT(name);
#include "policy/limits.def"
#undef LIMIT
_Static_assert((int)APEX_LIMIT_COUNT == (int)LIMIT_COUNT, "a limit is missing in apex.h");
#define SAME_CAP(name) _Static_assert((CapSet)APEX_CAP_##name == CAP_BIT(CAP_##name), #name)
SAME_CAP(FILE_READ);
SAME_CAP(FILE_WRITE);
SAME_CAP(NET_CONNECT);
SAME_CAP(NET_LISTEN);
SAME_CAP(ENV);
SAME_CAP(OS);
SAME_CAP(CLOCK);
SAME_CAP(LOAD_CODE);
SAME_CAP(STDIO);
#define ALL_CAPS                                                                  \
    ((CapSet)(APEX_CAP_FILE_READ | APEX_CAP_FILE_WRITE | APEX_CAP_NET_CONNECT |   \
              APEX_CAP_NET_LISTEN | APEX_CAP_ENV | APEX_CAP_OS | APEX_CAP_CLOCK | \
              APEX_CAP_LOAD_CODE | APEX_CAP_STDIO))

// ---- engines ------------------------------------------------------------------------------
enum { THREADS_MAX = 4096 };

ApexStatus apex_engine_new(const ApexEngineOptions *options, ApexEngine **engine, ApexError *error)
{
    if (engine == NULL) return api_fail(error, APEX_EINVAL, NULL);
    *engine = NULL;
    static const ApexEngineOptions defaults;
    const ApexEngineOptions *o = options == NULL ? &defaults : options;
    if (o->threads > THREADS_MAX || (o->num_library_paths > 0 && o->library_paths == NULL))
        return api_fail(error, APEX_EINVAL, NULL);
    for (size_t i = 0; i < o->num_library_paths; i++) {
        if (o->library_paths[i] == NULL) return api_fail(error, APEX_EINVAL, NULL);
    }
    ApexEngine *e = calloc(1, sizeof *e);
    if (e == NULL) return api_fail(error, APEX_ENOMEM, NULL);
    EngineOptions inner = {.threads = o->threads,
                           .otp_root = o->otp_root,
                           .elixir_root = o->elixir_root,
                           .paths = o->library_paths,
                           .num_paths = o->num_library_paths,
                           .memory = o->memory};
    Diag d;
    diag_init(&d);
    Status st = engine_new(&inner, &e->engine, &d);
    if (st != ST_OK) {
        free(e);
        return api_fail_diag(error, st, &d);
    }
    e->magic = MAGIC_ENGINE;
    *engine = e;
    return APEX_OK;
}

ApexStatus apex_engine_free(ApexEngine *engine)
{
    if (engine == NULL) return APEX_OK;
    if (!IS_HANDLE(engine, MAGIC_ENGINE)) return APEX_EINVAL;
    if (engine_on_worker()) return APEX_EBUSY;
    engine->magic = 0;
    engine_free(engine->engine);
    free(engine);
    return APEX_OK;
}

size_t apex_engine_sandboxes(ApexEngine *engine)
{
    return IS_HANDLE(engine, MAGIC_ENGINE) ? engine_num_sandboxes(engine->engine) : 0;
}

// ---- what a sandbox tells ---------------------------------------------------------------------
static void on_output(void *context, int stream, const uint8_t *bytes, size_t len)
{
    ApexSandbox *s = context;
    if (s->output != NULL) s->output(s->context, s, stream, bytes, len);
}

static void on_event(void *context, const char *kind, const char *detail)
{
    static const struct {
        const char *text;
        ApexEventKind kind;
    } kinds[] = {
        {"loaded", APEX_EVENT_LOADED},   {"replaced", APEX_EVENT_REPLACED},
        {"badfile", APEX_EVENT_REFUSED}, {"refused", APEX_EVENT_DENIED},
        {"limit", APEX_EVENT_LIMIT},     {"crashed", APEX_EVENT_CRASHED},
        {"exited", APEX_EVENT_EXITED},
    };
    ApexSandbox *s = context;
    ApexEventKind found = APEX_EVENT_OTHER;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (strcmp(kind, kinds[i].text) == 0) found = kinds[i].kind;
    }
    s->event(s->context, s, found, detail);
}

static void on_gone(void *context)
{
    ApexSandbox *s = context;
    if (s->event != NULL) s->event(s->context, s, APEX_EVENT_DESTROYED, "");
    api_sandbox_unref(s);
}

// ---- life -----------------------------------------------------------------------------------------
void api_sandbox_ref(ApexSandbox *s) { atomic_fetch_add(&s->refs, 1); }

void api_sandbox_unref(ApexSandbox *s)
{
    if (atomic_fetch_sub(&s->refs, 1) != 1) return;
    s->magic = 0;
    sandbox_release(s->inner);
    free(s);
}

static bool valid_clock(const ApexSandboxOptions *o)
{
    const uint64_t day = UINT64_C(86400) * 1000000000;
    if (o->clock != APEX_CLOCK_COARSE)
        return (unsigned)o->clock <= APEX_CLOCK_FROZEN && o->clock_resolution == 0;
    return o->clock_resolution > 0 && o->clock_resolution <= day;
}

static bool valid_options(const ApexSandboxOptions *o)
{
    CapSet unknown = ~ALL_CAPS;
    return valid_clock(o) && (o->allow & unknown) == 0 && (o->deny & unknown) == 0 &&
           (unsigned)o->mode <= APEX_MODE_LEGACY &&
           (o->functions == NULL ||
            *(const uint64_t *)(const void *)o->functions == MAGIC_FUNCTIONS);
}

static void fill_config(SandboxConfig *c, const ApexSandboxOptions *o, ApexSandbox *s)
{
    sandbox_config_init(c);
    if (o->name != NULL) c->name = o->name;
    for (int k = 0; k < LIMIT_COUNT; k++) {
        if (o->limits[k] != 0)
            c->limits.of[k].allowed = o->limits[k] == APEX_UNLIMITED ? 0 : o->limits[k];
    }
    c->caps = (c->caps | o->allow) & ~o->deny;
    c->clock_resolution = o->clock_resolution;
    c->clock_frozen = o->clock == APEX_CLOCK_FROZEN;
    c->host = (SandboxHost){.output = o->output == NULL ? NULL : on_output,
                            .event = o->event == NULL ? NULL : on_event,
                            .context = s,
                            .gone = on_gone};
}

ApexStatus apex_sandbox_new(ApexEngine *engine, const ApexSandboxOptions *options,
                            ApexSandbox **sandbox, ApexError *error)
{
    static const ApexSandboxOptions defaults;
    const ApexSandboxOptions *o = options == NULL ? &defaults : options;
    if (sandbox == NULL) return api_fail(error, APEX_EINVAL, NULL);
    *sandbox = NULL;
    if (!IS_HANDLE(engine, MAGIC_ENGINE) || !valid_options(o))
        return api_fail(error, APEX_EINVAL, NULL);
    if (o->mode != APEX_MODE_HYBRID)
        return api_fail(error, APEX_EUNSUPPORTED, "this mode is not built in");
    ApexSandbox *s = calloc(1, sizeof *s);
    if (s == NULL) return api_fail(error, APEX_ENOMEM, NULL);
    *s = (ApexSandbox){
        .magic = MAGIC_SANDBOX, .output = o->output, .event = o->event, .context = o->context};
    atomic_init(&s->refs, 2);  // A1
    atomic_init(&s->holders, 1);
    SandboxConfig c;
    fill_config(&c, o, s);
    Diag d;
    diag_init(&d);
    Status st = o->functions == NULL ? ST_OK : api_functions_seal(o->functions, &c.functions, &d);
    if (st == ST_OK) st = sandbox_new(engine->engine, &c, &s->inner, &d);
    if (st != ST_OK) {
        free(s);
        return api_fail_diag(error, st, &d);
    }
    *sandbox = s;
    return APEX_OK;
}

ApexStatus apex_sandbox_destroy(ApexSandbox *sandbox)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX)) return APEX_EINVAL;
    (void)!sandbox_destroy(sandbox->inner);  // in a callback it does not wait
    return APEX_OK;
}

ApexStatus apex_sandbox_retain(ApexSandbox *sandbox)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX)) return APEX_EINVAL;
    api_sandbox_ref(sandbox);
    atomic_fetch_add(&sandbox->holders, 1);
    return APEX_OK;
}

void apex_sandbox_release(ApexSandbox *sandbox)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX)) return;
    if (atomic_fetch_sub(&sandbox->holders, 1) == 1) (void)apex_sandbox_destroy(sandbox);  // A2
    api_sandbox_unref(sandbox);
}

const char *apex_sandbox_name(const ApexSandbox *sandbox)
{
    return IS_HANDLE(sandbox, MAGIC_SANDBOX) ? sandbox_name(sandbox->inner) : NULL;
}

void *apex_sandbox_context(const ApexSandbox *sandbox)
{
    return IS_HANDLE(sandbox, MAGIC_SANDBOX) ? sandbox->context : NULL;
}

ApexStatus apex_sandbox_set_limit(ApexSandbox *sandbox, ApexLimit limit, uint64_t allowed)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX) || (unsigned)limit >= LIMIT_COUNT) return APEX_EINVAL;
    if (allowed == 0) allowed = limit_default((LimitKind)limit);
    else if (allowed == APEX_UNLIMITED) allowed = 0;
    return api_status(sandbox_set_limit(sandbox->inner, (LimitKind)limit, allowed));
}

ApexStatus apex_sandbox_suspend(ApexSandbox *sandbox)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX)) return APEX_EINVAL;
    return api_status(sandbox_suspend(sandbox->inner));
}

ApexStatus apex_sandbox_resume(ApexSandbox *sandbox)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX)) return APEX_EINVAL;
    sandbox_resume(sandbox->inner);
    return APEX_OK;
}

// ---- statistics -----------------------------------------------------------------------------------
static ApexState state_of(const SandboxStatus *st)
{
    switch (st->verdict) {
    case VERDICT_HALTED: return APEX_STATE_HALTED;
    case VERDICT_LIMIT:
    case VERDICT_DEADLINE: return APEX_STATE_LIMIT;
    case VERDICT_DONE: return APEX_STATE_DESTROYED;
    default: return st->suspended ? APEX_STATE_SUSPENDED : APEX_STATE_RUNNING;
    }
}

ApexStatus apex_sandbox_stats(ApexSandbox *sandbox, ApexStats *stats)
{
    if (!IS_HANDLE(sandbox, MAGIC_SANDBOX) || stats == NULL) return APEX_EINVAL;
    SandboxStatus st;
    sandbox_status(sandbox->inner, &st);
    *stats = (ApexStats){.state = state_of(&st),
                         .limit_hit = (ApexLimit)st.limit_hit,
                         .halt_status = st.halt_status,
                         .modules = st.modules,
                         .library_modules = st.library_modules,
                         .processes = st.processes,
                         .reductions = st.reductions,
                         .cpu_ns = st.cpu_ns,
                         .gone = st.gone,
                         .end_ns = st.end_ns};
    for (int k = 0; k < LIMIT_COUNT; k++) {
        const Limit *l = &st.limits.of[k];
        stats->limits[k] =
            (ApexUsage){l->used, l->peak, l->allowed == 0 ? APEX_UNLIMITED : l->allowed, l->hits};
    }
    return APEX_OK;
}
