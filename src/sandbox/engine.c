// SPDX-License-Identifier: Apache-2.0
// sandbox/engine.c - the life of an engine.
#include <stdlib.h>
#include <unistd.h>

#include "base/hide.h"
#include "sandbox/library_base.h"
#include "sandbox/sandbox_int.h"

static unsigned processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : (unsigned)n;
}

static void init_locks(Engine *e)
{
    pthread_mutex_init(&e->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&e->work, &monotonic);
    pthread_cond_init(&e->starving, &monotonic);
    pthread_cond_init(&e->ended, NULL);
    pthread_condattr_destroy(&monotonic);
}

Status engine_new(const EngineOptions *o, Engine **out, Diag *d)
{
    Engine *e = calloc(1, sizeof *e);
    if (e == NULL) return ST_NOMEM;
    init_locks(e);
    e->memory = o->memory;
    Status st = hide_init();
    if (st == ST_OK) st = library_base_init(e, o, d);
    if (st == ST_OK) st = workers_start(e, o->threads == 0 ? processors() : o->threads, d);
    if (st != ST_OK) {
        engine_free(e);
        return st;
    }
    *out = e;
    return ST_OK;
}

size_t engine_num_sandboxes(Engine *e)
{
    pthread_mutex_lock(&e->lock);
    size_t n = e->num_sandboxes;
    pthread_mutex_unlock(&e->lock);
    return n;
}

// One sandbox that is left, retained; NULL: none.
static Sandbox *any_sandbox(Engine *e)
{
    pthread_mutex_lock(&e->lock);
    Sandbox *s = e->all;
    if (s != NULL) sandbox_retain(s);
    pthread_mutex_unlock(&e->lock);
    return s;
}

void engine_free(Engine *e)
{
    if (e == NULL) return;
    for (Sandbox *s; (s = any_sandbox(e)) != NULL;) sandbox_free(s);
    workers_stop(e);
    queue_clear(e);
    turn_free_idle();
    arena_free_spare();
    library_base_clear(e);
    pthread_cond_destroy(&e->work);
    pthread_cond_destroy(&e->starving);
    pthread_cond_destroy(&e->ended);
    pthread_mutex_destroy(&e->lock);
    free(e);
}
