// SPDX-License-Identifier: Apache-2.0
// sandbox/command.c - commands that their poster waits for.
#include "sandbox/sandbox_int.h"

void waiter_init(Waiter *w)
{
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->done_cond, NULL);
    w->done = false;
}

void waiter_done(Waiter *w)
{
    pthread_mutex_lock(&w->lock);
    w->done = true;
    pthread_cond_signal(&w->done_cond);
    pthread_mutex_unlock(&w->lock);
}

bool waiter_is_done(Waiter *w)
{
    pthread_mutex_lock(&w->lock);
    bool done = w->done;
    pthread_mutex_unlock(&w->lock);
    return done;
}

void waiter_wait(Waiter *w)
{
    pthread_mutex_lock(&w->lock);
    while (!w->done) pthread_cond_wait(&w->done_cond, &w->lock);
    pthread_mutex_unlock(&w->lock);
    pthread_cond_destroy(&w->done_cond);
    pthread_mutex_destroy(&w->lock);
}

typedef struct InvokeCommand {
    Command command;
    Status (*fn)(Sandbox *s, void *context);
    void *context;
    Status status;
    Waiter waiter;
} InvokeCommand;

static void run_invoke(Sandbox *s, Command *command, bool ended)
{
    InvokeCommand *c = container_of(command, InvokeCommand, command);
    c->status = ended ? ST_CLOSED : c->fn(s, c->context);
    waiter_done(&c->waiter);
}

static Status invoke(Sandbox *s, Status (*fn)(Sandbox *s, void *context), void *context,
                     bool counted)
{
    if (engine_on_worker()) return ST_BUSY;
    InvokeCommand c = {.command.run = run_invoke, .fn = fn, .context = context};
    waiter_init(&c.waiter);
    Status st = counted ? sandbox_post_counted(s, &c.command, &c.waiter)
                : sandbox_post(s, &c.command, &c.waiter) ? ST_OK
                                                         : ST_CLOSED;
    if (st != ST_OK) waiter_done(&c.waiter);
    waiter_wait(&c.waiter);
    return st == ST_OK ? c.status : st;
}

Status sandbox_invoke(Sandbox *s, Status (*fn)(Sandbox *s, void *context), void *context)
{
    return invoke(s, fn, context, true);
}

Status sandbox_control(Sandbox *s, Status (*fn)(Sandbox *s, void *context), void *context)
{
    return invoke(s, fn, context, false);
}
