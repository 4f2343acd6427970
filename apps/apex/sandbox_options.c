// SPDX-License-Identifier: Apache-2.0
// apps/apex/sandbox_options.c - see sandbox_options.h.

#include "sandbox_options.h"

#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "quantity.h"

enum {
    KEY_LIMIT = 0x1000,  // + LimitKind
    KEY_ALLOW = 0x2000,
    KEY_DENY,
    KEY_CLOCK,
};

void sandbox_options_init(SandboxOptions *o)
{
    limits_init(&o->limits);
    o->caps = CAP_BIT(CAP_STDIO) | CAP_BIT(CAP_CLOCK) | CAP_BIT(CAP_LOAD_CODE);
}

static bool parse_limit(LimitKind kind, const char *text, uint64_t *value)
{
    if (strcmp(text, "unlimited") == 0) {
        *value = 0;
        return true;
    }
    bool ok;
    if (strcmp(limit_unit(kind), "bytes") == 0) ok = parse_bytes(text, value);
    else if (strcmp(limit_unit(kind), "nanoseconds") == 0) ok = parse_duration(text, value);
    else ok = parse_count(text, value);
    return ok && *value != 0;  // 0 would mean unlimited: that has a word of its own
}

// "clock,env": a set of capability names.
static bool parse_caps(const char *text, CapSet *out)
{
    *out = 0;
    for (const char *p = text;; p++) {
        size_t len = strcspn(p, ",");
        int c = 0;
        while (c < CAP_COUNT && (strncmp(cap_text((Cap)c), p, len) != 0 || cap_text((Cap)c)[len]))
            c++;
        if (c == CAP_COUNT || c == CAP_NATIVE) return false;
        *out |= CAP_BIT(c);
        p += len;
        if (*p == '\0') return true;
    }
}

// "real", "frozen", or how coarse.
static bool parse_clock(const char *text, SandboxOptions *o)
{
    o->clock_frozen = strcmp(text, "frozen") == 0;
    o->clock_resolution = 0;
    if (o->clock_frozen || strcmp(text, "real") == 0) return true;
    return parse_duration(text, &o->clock_resolution) && o->clock_resolution != 0 &&
           o->clock_resolution <= UINT64_C(86400) * 1000000000;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    SandboxOptions *o = state->input;
    CapSet caps;
    if (key >= KEY_LIMIT && key < KEY_LIMIT + LIMIT_COUNT) {
        LimitKind kind = (LimitKind)(key - KEY_LIMIT);
        if (!parse_limit(kind, arg, &o->limits.of[kind].allowed))
            argp_error(state, "\"%s\" is not a number of %s", arg, limit_unit(kind));
        return 0;
    }
    if (key == KEY_ALLOW || key == KEY_DENY) {
        if (!parse_caps(arg, &caps)) argp_error(state, "\"%s\" names no capability", arg);
        o->caps = key == KEY_ALLOW ? o->caps | caps : o->caps & ~caps;
        return 0;
    }
    if (key == KEY_CLOCK) {
        if (!parse_clock(arg, o)) argp_error(state, "\"%s\" is no clock", arg);
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const char *argument_of(LimitKind kind)
{
    if (strcmp(limit_unit(kind), "bytes") == 0) return "SIZE";
    return strcmp(limit_unit(kind), "nanoseconds") == 0 ? "TIME" : "N";
}

static void describe(LimitKind kind, uint64_t allowed, char *out, size_t size)
{
    char amount[24];
    if (allowed == 0) (void)snprintf(amount, sizeof amount, "unlimited");
    else if (strcmp(limit_unit(kind), "bytes") == 0) format_bytes(amount, allowed);
    else (void)snprintf(amount, sizeof amount, "%llu", (unsigned long long)allowed);
    if (kind == LIMIT_DEADLINE) (void)snprintf(out, size, "stop after this time (%s)", amount);
    else (void)snprintf(out, size, "limit on %s (%s)", limit_text(kind), amount);
    for (char *p = out; *p != '\0'; p++)
        if (*p == '_') *p = ' ';
}

const struct argp *sandbox_argp(void)
{
    // One row a limit, the alias, two for capabilities, the clock, the end.
    static struct argp_option options[LIMIT_COUNT + 6];
    static char names[LIMIT_COUNT][32], texts[LIMIT_COUNT][80], cap_names[256];
    static const struct argp argp = {.options = options, .parser = parse_option};
    if (options[0].doc != NULL) return &argp;

    struct argp_option *row = options;
    Limits defaults;
    limits_init(&defaults);
    *row++ = (struct argp_option){.doc = "What each sandbox may have:", .group = 10};
    for (int k = 0; k < LIMIT_COUNT; k++) {
        LimitKind kind = (LimitKind)k;
        (void)snprintf(names[k], sizeof names[k], "%s", limit_text(kind));
        for (char *p = names[k]; *p != '\0'; p++)
            if (*p == '_') *p = '-';
        describe(kind, defaults.of[k].allowed, texts[k], sizeof texts[k]);
        *row++ = (struct argp_option){names[k], KEY_LIMIT + k, argument_of(kind), 0, texts[k], 10};
        if (kind == LIMIT_DEADLINE)
            *row++ = (struct argp_option){.name = "timeout", .flags = OPTION_ALIAS};
    }
    (void)snprintf(cap_names, sizeof cap_names, "grant capabilities:");
    for (int c = CAP_NONE + 1; c < CAP_COUNT; c++) {
        if (c == CAP_NATIVE) continue;  // nobody can grant it
        size_t len = strlen(cap_names);
        (void)snprintf(cap_names + len, sizeof cap_names - len, " %s", cap_text((Cap)c));
    }
    *row++ = (struct argp_option){"allow", KEY_ALLOW, "CAP[,CAP]", 0, cap_names, 11};
    *row++ = (struct argp_option){"deny", KEY_DENY, "CAP[,CAP]", 0, "withdraw capabilities", 11};
    *row = (struct argp_option){
        "clock", KEY_CLOCK, "KIND", 0, "real, frozen, or the TIME of its steps (real)", 11};
    return &argp;
}
