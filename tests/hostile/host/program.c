// SPDX-License-Identifier: Apache-2.0
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "quantity.h"

void die(const char *what, const char *why)
{
    fprintf(stderr, "hostile: %s: %s\n", what, why);
    exit(2);
}

static void parse_limit(Program *p, const char *name, const char *value)
{
    for (int k = 0; k < LIMIT_COUNT; k++) {
        if (strcmp(limit_text((LimitKind)k), name) != 0) continue;
        uint64_t *out = &p->config.limits.of[k].allowed;
        const char *unit = limit_unit((LimitKind)k);
        bool ok = strcmp(unit, "bytes") == 0         ? parse_bytes(value, out)
                  : strcmp(unit, "nanoseconds") == 0 ? parse_duration(value, out)
                                                     : parse_count(value, out);
        if (strcmp(value, "unlimited") == 0) *out = 0;
        else if (!ok) die(p->name, value);
        return;
    }
    die(p->name, name);
}

static void parse_limits(Program *p, char *text)
{
    for (char *save, *item = strtok_r(text, ", ", &save); item != NULL;
         item = strtok_r(NULL, ", ", &save)) {
        char *equals = strchr(item, '=');
        if (equals == NULL) die(p->name, item);
        *equals = '\0';
        parse_limit(p, item, equals + 1);
    }
}

static CapSet parse_caps(const Program *p, char *text)
{
    CapSet set = 0;
    for (char *save, *item = strtok_r(text, ", ", &save); item != NULL;
         item = strtok_r(NULL, ", ", &save)) {
        int c = 0;
        while (c < CAP_COUNT && strcmp(cap_text((Cap)c), item) != 0) c++;
        if (c == CAP_COUNT) die(p->name, item);
        set |= CAP_BIT(c);
    }
    return set;
}

static void parse_line(Program *p, char *line)
{
    static const char *const words[] = {
        "verdict:", "limits:", "allow:", "deny:", "linger:", "destroy:", "copies:", "neighbour:"};
    while (*line == '%' || *line == '#' || *line == ' ') line++;
    size_t w = 0;
    while (w < ARRAY_LEN(words) && strncmp(line, words[w], strlen(words[w])) != 0) w++;
    if (w == ARRAY_LEN(words)) return;
    char *value = line + strlen(words[w]);
    while (*value == ' ') value++;
    value[strcspn(value, "\r\n")] = '\0';
    switch (w) {
    case 0: (void)snprintf(p->verdict, sizeof p->verdict, "%s", value); break;
    case 1: parse_limits(p, value); break;
    case 2: p->config.caps |= parse_caps(p, value); break;
    case 3: p->config.caps &= ~parse_caps(p, value); break;
    case 4: p->linger_ms = (unsigned)atoi(value); break;
    case 5: p->destroy_ms = (unsigned)atoi(value); break;
    case 6: p->copies = (unsigned)atoi(value); break;
    default: p->gap_excused = true; break;
    }
}

static FILE *open_source(const char *sources, const char *name)
{
    static const char *const suffixes[] = {"erl", "ex", "S"};
    char path[512];
    FILE *f = NULL;
    for (size_t i = 0; i < ARRAY_LEN(suffixes) && f == NULL; i++) {
        (void)snprintf(path, sizeof path, "%s/%s.%s", sources, name, suffixes[i]);
        f = fopen(path, "r");
    }
    return f;
}

void program_read(Program *p, const char *sources, const char *name)
{
    memset(p, 0, sizeof *p);
    (void)snprintf(p->name, sizeof p->name, "%s", name);
    sandbox_config_init(&p->config);
    p->config.name = p->name;
    p->config.limits.of[LIMIT_MEMORY].allowed = (uint64_t)64 << 20;
    p->config.limits.of[LIMIT_DEADLINE].allowed =
        (uint64_t)(APEX_ASAN || APEX_DEBUG ? 100 : 10) * 1000000000;
    p->copies = 1;
    char line[512];
    FILE *f = open_source(sources, name);
    if (f == NULL) die(name, "cannot be read");
    while (fgets(line, sizeof line, f) != NULL)
        if (*line == '%' || *line == '#') parse_line(p, line);
    fclose(f);
    if (*p->verdict == '\0') die(name, "has no verdict line");
}

// ---- verdicts ------------------------------------------------------------------------
// "error badarg" stands for badarg and {badarg, …}.
static bool verdict_is(const char *got, const char *wanted, size_t len)
{
    if (strncmp(wanted, "refused ", 8) == 0)
        return strncmp(got, wanted, 8) == 0 && memmem(got, strlen(got), wanted + 8, len - 8);
    if (strncmp(wanted, "error ", 6) == 0 && strncmp(got, "error {", 7) == 0 &&
        strncmp(got + 7, wanted + 6, len - 6) == 0 && got[1 + len] == ',')
        return true;
    return strncmp(got, wanted, len) == 0 && got[len] == '\0';
}

bool program_verdict_fits(const Program *p, const char *got)
{
    for (const char *at = p->verdict;;) {
        const char *or = strstr(at, " or ");
        size_t len = or != NULL ? (size_t)(or -at) : strlen(at);
        if (verdict_is(got, at, len)) return true;
        if (or == NULL) return false;
        at = or + 4;
    }
}
