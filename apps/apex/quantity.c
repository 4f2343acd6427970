// SPDX-License-Identifier: Apache-2.0
// apps/apex/quantity.c - see quantity.h.

#include "quantity.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct Unit {
    const char *suffix;
    uint64_t factor;
} Unit;

static const Unit byte_units[] = {
    {"", 1},
    {"B", 1},
    {"K", UINT64_C(1) << 10},
    {"M", UINT64_C(1) << 20},
    {"G", UINT64_C(1) << 30},
    {"T", UINT64_C(1) << 40},
    {"KB", UINT64_C(1) << 10},
    {"MB", UINT64_C(1) << 20},
    {"GB", UINT64_C(1) << 30},
    {"TB", UINT64_C(1) << 40},
    {NULL, 0},
};

static const Unit time_units[] = {
    {"", 1000000000},
    {"ns", 1},
    {"us", 1000},
    {"ms", 1000000},
    {"s", 1000000000},
    {"m", UINT64_C(60) * 1000000000},
    {"h", UINT64_C(3600) * 1000000000},
    {NULL, 0},
};

static bool parse(const char *text, const Unit *units, uint64_t *out)
{
    // strtod would also take signs, spaces, "inf" and hexadecimal.
    if (!isdigit((unsigned char)text[0]) || (text[0] == '0' && (text[1] | 32) == 'x')) return false;
    char *end;
    double value = strtod(text, &end);
    for (const Unit *u = units; u->suffix != NULL; u++) {
        if (strcasecmp(end, u->suffix) != 0) continue;
        double product = value * (double)u->factor;
        if (!(product < 9.2e18)) return false;
        *out = (uint64_t)product;
        return true;
    }
    return false;
}

bool parse_bytes(const char *text, uint64_t *bytes) { return parse(text, byte_units, bytes); }

bool parse_duration(const char *text, uint64_t *ns) { return parse(text, time_units, ns); }

bool parse_count(const char *text, uint64_t *n)
{
    uint64_t value = 0;
    bool digit = false;
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '_' && digit && isdigit((unsigned char)p[1])) continue;
        if (!isdigit((unsigned char)*p)) return false;
        if (mul_overflows(value, 10, &value)) return false;
        if (add_overflows(value, (uint64_t)(*p - '0'), &value)) return false;
        digit = true;
    }
    *n = value;
    return digit;
}

void format_bytes(char out[16], uint64_t bytes)
{
    static const char *const units[] = {"B", "KB", "MB", "GB", "TB", "PB"};
    double value = (double)bytes;
    size_t unit = 0;
    for (; value >= 999.5 && unit + 1 < ARRAY_LEN(units); unit++) value /= 1024;
    int digits = unit == 0 || value >= 100 ? 0 : 1;
    (void)snprintf(out, 16, "%.*f %s", digits, value, units[unit]);
}

void format_duration(char out[16], uint64_t ns)
{
    static const char *const units[] = {"ns", "us", "ms", "s"};
    double value = (double)ns;
    size_t unit = 0;
    for (; value >= 999.5 && unit + 1 < ARRAY_LEN(units); unit++) value /= 1000;
    int digits = unit == 0 ? 0 : value >= 100 ? 0 : value >= 10 ? 1 : 2;
    (void)snprintf(out, 16, "%.*f %s", digits, value, units[unit]);
}
