// SPDX-License-Identifier: Apache-2.0
// api/handle.c - statuses, errors, bytes.
#include "api/handle.h"

#include <stdlib.h>
#include <string.h>

#include "beam/etf.h"

const char *apex_version(void) { return APEX_VERSION; }

static const char *const status_texts[] = {
    [APEX_OK] = "done",
    [APEX_ENOMEM] = "out of memory",
    [APEX_ELIMIT] = "a limit was reached",
    [APEX_EFORMAT] = "malformed data",
    [APEX_ENOTFOUND] = "not found",
    [APEX_EEXIST] = "exists already",
    [APEX_EDENIED] = "not permitted",
    [APEX_EIO] = "input/output error",
    [APEX_EINVAL] = "invalid argument",
    [APEX_EUNSUPPORTED] = "not supported",
    [APEX_EBUSY] = "busy, or a worker thread that must not wait",
    [APEX_ETIMEOUT] = "timed out",
    [APEX_ECLOSED] = "the sandbox has ended",
};

const char *apex_status_text(ApexStatus status)
{
    return (size_t)status < ARRAY_LEN(status_texts) ? status_texts[status] : "unknown status";
}

ApexStatus api_status(Status st)
{
    static const ApexStatus of[] = {
        [ST_OK] = APEX_OK,
        [ST_NOMEM] = APEX_ENOMEM,
        [ST_LIMIT] = APEX_ELIMIT,
        [ST_FORMAT] = APEX_EFORMAT,
        [ST_NOT_FOUND] = APEX_ENOTFOUND,
        [ST_EXISTS] = APEX_EEXIST,
        [ST_DENIED] = APEX_EDENIED,
        [ST_IO] = APEX_EIO,
        [ST_INVALID] = APEX_EINVAL,
        [ST_FROZEN] = APEX_EBUSY,
        [ST_UNSUPPORTED] = APEX_EUNSUPPORTED,
        [ST_BUSY] = APEX_EBUSY,
        [ST_TIMEOUT] = APEX_ETIMEOUT,
        [ST_CLOSED] = APEX_ECLOSED,
    };
    return (size_t)st < ARRAY_LEN(of) ? of[st] : APEX_EINVAL;
}

ApexStatus api_fail(ApexError *e, ApexStatus status, const char *text)
{
    if (e == NULL) return status;
    if (text == NULL || *text == '\0') text = apex_status_text(status);
    size_t len = strnlen(text, sizeof e->text - 1);
    memcpy(e->text, text, len);
    e->text[len] = '\0';
    e->status = status;
    return status;
}

ApexStatus api_fail_diag(ApexError *e, Status st, const Diag *d)
{
    return st == ST_OK ? APEX_OK : api_fail(e, api_status(st), d->text);
}

void apex_bytes_free(ApexBytes *bytes)
{
    if (bytes == NULL) return;
    free(bytes->data);
    *bytes = (ApexBytes){0};
}

void apex_result_clear(ApexResult *result)
{
    if (result == NULL) return;
    apex_bytes_free(&result->term);
    *result = (ApexResult){0};
}

void api_result(CallResult *from, ApexResult *to)
{
    static const ApexOutcome outcomes[] = {
        [CALL_RETURNED] = APEX_CALL_RETURNED,   [CALL_FAILED] = APEX_CALL_FAILED,
        [CALL_STOPPED] = APEX_CALL_STOPPED,     [CALL_TIMEOUT] = APEX_CALL_TIMEOUT,
        [CALL_CANCELLED] = APEX_CALL_CANCELLED,
    };
    static const ApexClass classes[] = {
        [EXC_NONE] = APEX_CLASS_NONE,
        [EXC_ERROR] = APEX_CLASS_ERROR,
        [EXC_EXIT] = APEX_CLASS_EXIT,
    };
    *to = (ApexResult){.outcome = outcomes[from->outcome]};
    if (from->outcome == CALL_FAILED && from->class < ARRAY_LEN(classes))
        to->failure = classes[from->class];
    size_t size;
    // A buffer without an arena is plain malloc memory.
    to->term.data = buf_take(&from->etf, &to->term.len, &size);
}

bool api_is_term(const void *term, size_t len)
{
    size_t used;
    return term != NULL && len > 0 && etf_skip(term, len, &used) == ST_OK && used == len;
}

// ---- limits -----------------------------------------------------------------------------
const char *apex_limit_name(ApexLimit limit)
{
    return (unsigned)limit < LIMIT_COUNT ? limit_text((LimitKind)limit) : NULL;
}

const char *apex_limit_unit(ApexLimit limit)
{
    return (unsigned)limit < LIMIT_COUNT ? limit_unit((LimitKind)limit) : NULL;
}

const char *apex_limit_guest(ApexLimit limit)
{
    return (unsigned)limit < LIMIT_COUNT ? limit_guest((LimitKind)limit) : NULL;
}

const char *apex_limit_host(ApexLimit limit)
{
    return (unsigned)limit < LIMIT_COUNT ? limit_host((LimitKind)limit) : NULL;
}

ApexLimit apex_limit_named(const char *name)
{
    return name == NULL ? APEX_LIMIT_COUNT : (ApexLimit)limit_named(name);
}

uint64_t apex_limit_default(ApexLimit limit)
{
    if ((unsigned)limit >= LIMIT_COUNT) return 0;
    uint64_t allowed = limit_default((LimitKind)limit);
    return allowed == 0 ? APEX_UNLIMITED : allowed;
}
