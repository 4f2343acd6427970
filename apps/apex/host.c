// SPDX-License-Identifier: Apache-2.0
// apps/apex/host.c - see host.h.

#include "host.h"

#include <stdio.h>
#include <string.h>

#include "beam/etf.h"
#include "cmd.h"

// Of the External Term Format.
enum { TAG_SMALL_INTEGER = 97, TAG_INTEGER = 98, TAG_NIL = 106, TAG_LIST = 108, TAG_BINARY = 109 };

Status etf_binary_list(Buf *out, const char *const *texts, size_t n)
{
    TRY(buf_append_u8(out, ETF_VERSION));
    if (n > 0) {
        TRY(buf_append_u8(out, TAG_LIST));
        TRY(buf_append_u32be(out, (uint32_t)n));
    }
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(texts[i]);
        TRY(buf_append_u8(out, TAG_BINARY));
        TRY(buf_append_u32be(out, (uint32_t)len));
        TRY(buf_append(out, texts[i], len));
    }
    return buf_append_u8(out, TAG_NIL);
}

// One argument, the list that `list` holds: [List].
static Status etf_wrap(Buf *out, const Buf *list)
{
    TRY(buf_append_u8(out, ETF_VERSION));
    TRY(buf_append_u8(out, TAG_LIST));
    TRY(buf_append_u32be(out, 1));
    TRY(buf_append(out, list->data + 1, list->len - 1));
    return buf_append_u8(out, TAG_NIL);
}

Status call_with_list(Sandbox *s, const char *module, const char *function, const Buf *list,
                      CallResult *r)
{
    cleanup_with(buf_clear) Buf args;
    buf_init(&args);
    TRY(etf_wrap(&args, list));
    return sandbox_call(s, module, function, args.data, args.len, r);
}

Status parse_terms(Sandbox *s, const char *const *texts, size_t n, Buf *out)
{
    cleanup_with(buf_clear) Buf list;
    buf_init(&list);
    TRY(etf_binary_list(&list, texts, n));
    if (n == 0) return buf_append(out, list.data, list.len);
    CallResult r;
    Status st = call_with_list(s, "apex_cli", "parse", &list, &r);
    if (st == ST_OK && r.outcome == CALL_RETURNED) st = buf_append(out, r.etf.data, r.etf.len);
    else if (st == ST_OK) st = ST_INVALID;
    call_result_clear(&r);
    return st;
}

static const char *class_name(uint8_t class)
{
    return class == EXC_ERROR ? "error" : class == EXC_THROW ? "throw" : "exit";
}

// For when the sandbox cannot format it any more.
static void show_plainly(const char *class, const CallResult *r)
{
    static const EtfPrintLimits limits = {.depth = 40, .bytes = 8192};
    cleanup_with(buf_clear) Buf text;
    buf_init(&text);
    if (etf_print(&text, r->etf.data, r->etf.len, &limits, NULL) != ST_OK) buf_clear(&text);
    fprintf(stderr, "** %s: %.*s\n", class, (int)text.len, (const char *)text.data);
}

// The small integer that a function of apex_cli has returned.
static bool status_in(const CallResult *r, int *status)
{
    const uint8_t *etf = r->etf.data;
    if (r->outcome != CALL_RETURNED || r->etf.len < 3) return false;
    if (etf[1] == TAG_SMALL_INTEGER) *status = etf[2];
    else if (etf[1] == TAG_INTEGER && r->etf.len >= 6) *status = etf[5];  // as a process's status
    else return false;
    return true;
}

// The arguments of apex_cli:show/3: class, reason, and where it happened ([]: not known).
static Status etf_failure(Buf *out, const char *class, const CallResult *r)
{
    TRY(buf_append_u8(out, ETF_VERSION));
    TRY(buf_append_u8(out, TAG_LIST));
    TRY(buf_append_u32be(out, 3));
    TRY(buf_append_u8(out, TAG_BINARY));
    TRY(buf_append_u32be(out, (uint32_t)strlen(class)));
    TRY(buf_append_str(out, class));
    TRY(buf_append(out, r->etf.data + 1, r->etf.len - 1));
    if (r->where.len > 0) TRY(buf_append(out, r->where.data + 1, r->where.len - 1));
    else TRY(buf_append_u8(out, TAG_NIL));
    return buf_append_u8(out, TAG_NIL);
}

int show_failure(Sandbox *s, const CallResult *r)
{
    cleanup_with(buf_clear) Buf args;
    buf_init(&args);
    const char *class = class_name(r->class);
    Status st = etf_failure(&args, class, r);
    CallResult shown = {.outcome = CALL_FAILED};
    if (st == ST_OK) st = sandbox_call(s, "apex_cli", "show", args.data, args.len, &shown);
    int status = EXIT_TENANT;
    if (st != ST_OK || !status_in(&shown, &status)) show_plainly(class, r);
    if (st == ST_OK) call_result_clear(&shown);
    return status;
}

int finish_program(Sandbox *s, int status)
{
    cleanup_with(buf_clear) Buf list;
    buf_init(&list);
    char text[16];
    (void)snprintf(text, sizeof text, "%d", status);
    CallResult r;
    if (etf_binary_list(&list, (const char *const[]){text}, 1) != ST_OK ||
        sandbox_call(s, "apex_cli", "finish", list.data, list.len, &r) != ST_OK)
        return status;
    if (!status_in(&r, &status) && r.outcome == CALL_STOPPED) status = exit_status_of(s, &r);
    call_result_clear(&r);
    return status;
}

int exit_status_of(Sandbox *s, const CallResult *r)
{
    if (r->outcome == CALL_RETURNED) return EXIT_DONE;
    if (r->outcome == CALL_FAILED) return EXIT_TENANT;
    SandboxStatus st;
    sandbox_status(s, &st);
    return st.verdict == VERDICT_HALTED ? st.halt_status : EXIT_LIMIT;
}

void describe_outcome(char *out, size_t size, const SandboxStatus *st, const CallResult *r)
{
    if (st->verdict == VERDICT_HALTED) (void)snprintf(out, size, "halted %d", st->halt_status);
    else if (st->verdict == VERDICT_LIMIT)
        (void)snprintf(out, size, "limit %s", limit_text(st->limit_hit));
    else if (st->verdict == VERDICT_DEADLINE) (void)snprintf(out, size, "deadline");
    else (void)snprintf(out, size, "%s", r->outcome == CALL_RETURNED ? "done" : "error");
}
