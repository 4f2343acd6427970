// SPDX-License-Identifier: Apache-2.0
// bif/time.c - clocks and calendars.
#include <time.h>

#include "base/clock.h"
#include "bif/build.h"
#include "proc/isolate.h"

// ---- units -------------------------------------------------------------------------
// Parts per second of a named unit; 0: no name of one.
static uint64_t named_unit(Term unit)
{
    switch (unit) {
    case AM_second:
    case AM_seconds: return 1;
    case AM_millisecond:
    case AM_milli_seconds: return 1000;
    case AM_microsecond:
    case AM_micro_seconds: return 1000000;
    case AM_nanosecond:
    case AM_nano_seconds:
    case AM_native:
    case AM_perf_counter: return NS_PER_S;
    default: return 0;
    }
}

// Any 128-bit integer as a term.
static Term make_wide(Process *p, __int128 v)
{
    if (v >= INT64_MIN && v <= INT64_MAX) return bif_make_int64(p, (int64_t)v);
    unsigned __int128 u = v < 0 ? -(unsigned __int128)v : (unsigned __int128)v;
    unsigned limbs = u >> 64 != 0 ? 2 : 1;
    Term *hp = bif_alloc(p, 1 + limbs);
    if (hp == NULL) return TERM_NONE;
    hp[0] = HEADER(v < 0 ? BOX_NEG_BIG : BOX_POS_BIG, limbs);
    hp[1] = (uint64_t)u;
    if (limbs == 2) hp[2] = (uint64_t)(u >> 64);
    return make_boxed(hp);
}

// Nanoseconds in units of 1/parts second, rounded down.
static __int128 convert(int64_t ns, uint64_t parts)
{
    __int128 v = (__int128)ns * (__int128)parts;
    __int128 q = v / NS_PER_S;
    return v % NS_PER_S < 0 ? q - 1 : q;
}

static Term in_unit(Process *p, int64_t ns, Term unit)
{
    uint64_t parts = named_unit(unit);
    if (parts == 0 && is_big(unit) && !big_is_negative(unit)) {
        // No limit on how fine a unit is: the library can do it.
        Term value = bif_make_int64(p, ns);
        if (value == TERM_NONE) return TERM_NONE;
        return bif_tail_call(p, AM_erlang, AM_convert_time_unit, 3, value, AM_native, unit);
    }
    if (parts == 0 && (!is_small(unit) || small_value(unit) <= 0)) return bif_badarg(p);
    return make_wide(p, convert(ns, parts != 0 ? parts : (uint64_t)small_value(unit)));
}

Term bif_erts_internal_time_unit_0(Process *p, Term *args) { return make_small(NS_PER_S); }
Term bif_erts_internal_perf_counter_unit_0(Process *p, Term *args) { return make_small(NS_PER_S); }

// ---- now -----------------------------------------------------------------------------
static int64_t system_now(Process *p)
{
    (void)bif_may(p);  // without: isolate_system_ns tells a time of the sandbox's own
    return isolate_system_ns(p->iso);
}

Term bif_erlang_monotonic_time_0(Process *p, Term *args)
{
    return bif_make_int64(p, isolate_erl_monotonic_ns(p->iso));
}
Term bif_erlang_monotonic_time_1(Process *p, Term *args)
{
    return in_unit(p, isolate_erl_monotonic_ns(p->iso), args[0]);
}
Term bif_erlang_system_time_0(Process *p, Term *args) { return bif_make_int64(p, system_now(p)); }
Term bif_erlang_system_time_1(Process *p, Term *args) { return in_unit(p, system_now(p), args[0]); }

static int64_t time_offset(Process *p)
{
    (void)bif_may(p);
    return isolate_time_offset_ns(p->iso);
}

Term bif_erlang_time_offset_0(Process *p, Term *args) { return bif_make_int64(p, time_offset(p)); }
Term bif_erlang_time_offset_1(Process *p, Term *args)
{
    return in_unit(p, time_offset(p), args[0]);
}

static Term timestamp(Process *p, int64_t us)
{
    return BUILD_TUPLE(p, make_small(us / INT64_C(1000000000000)),
                       make_small(us / 1000000 % 1000000), make_small(us % 1000000));
}

Term bif_erlang_timestamp_0(Process *p, Term *args)
{
    return timestamp(p, system_now(p) / NS_PER_US);
}

// The same, but every call says more than the one before.
Term bif_erlang_now_0(Process *p, Term *args)
{
    int64_t us = system_now(p) / NS_PER_US;
    if (us <= p->iso->now_last) us = p->iso->now_last + 1;
    p->iso->now_last = us;
    return timestamp(p, us);
}

// ---- calendars --------------------------------------------------------------------------
typedef struct Civil {
    int64_t year, month, day, hour, minute, second;
} Civil;

static Term make_civil(Process *p, const Civil *c)
{
    Term date = BUILD_TUPLE(p, make_small(c->year), make_small(c->month), make_small(c->day));
    Term time = BUILD_TUPLE(p, make_small(c->hour), make_small(c->minute), make_small(c->second));
    return BUILD_TUPLE(p, date, time);
}

static bool three_smalls(Term t, int64_t *a, int64_t *b, int64_t *c)
{
    if (!is_tuple_arity(t, 3)) return false;
    Term *e = tuple_elements(t);
    if (!is_small(e[0]) || !is_small(e[1]) || !is_small(e[2])) return false;
    *a = small_value(e[0]), *b = small_value(e[1]), *c = small_value(e[2]);
    return true;
}

static bool is_leap(int64_t y) { return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0); }

static bool is_date_time(const Civil *c, int64_t first_year)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (c->year < first_year || c->year >= INT32_MAX || c->month < 1 || c->month > 12) return false;
    int64_t last = days[c->month - 1] + (c->month == 2 && is_leap(c->year));
    return c->day >= 1 && c->day <= last && c->hour >= 0 && c->hour <= 23 && c->minute >= 0 &&
           c->minute <= 59 && c->second >= 0 && c->second <= 59;
}

// {{Y, M, D}, {H, Mi, S}} of a time that exists, not before first_year.
static bool get_civil(Term t, int64_t first_year, Civil *c)
{
    Term date, time;
    return is_pair(t, &date, &time) && three_smalls(date, &c->year, &c->month, &c->day) &&
           three_smalls(time, &c->hour, &c->minute, &c->second) && is_date_time(c, first_year);
}

// Days before year y, counted with integer division that drops fractions towards
// zero: before the year 0 the count is OTP's and not the calendar's.
static int64_t days_before(int64_t y) { return 365 * y + y / 4 - y / 100 + y / 400; }

// Years begin in March here, so that the leap day is the last of its year.
#define EPOCH_FROM_MARCH_0 INT64_C(719468)

static Civil civil_of(int64_t seconds)
{
    int64_t days = seconds / 86400, rest = seconds % 86400;
    if (rest < 0) days--, rest += 86400;
    days += EPOCH_FROM_MARCH_0;
    int64_t y = (int64_t)(((__int128)days * 10000 + 14780) / 3652425);
    if (days < days_before(y)) y--;
    int64_t day = days - days_before(y);
    int64_t month = (100 * day + 52) / 3060;  // 0 = March
    return (Civil){y + (month + 2) / 12, (month + 2) % 12 + 1, day - (month * 306 + 5) / 10 + 1,
                   rest / 3600,          rest / 60 % 60,       rest % 60};
}

// Seconds since 1970 of a time from 1600 on.
static int64_t seconds_of(const Civil *c)
{
    int64_t y = c->month > 2 ? c->year : c->year - 1;
    int64_t month = (c->month + 9) % 12;
    int64_t days = days_before(y) + (month * 306 + 5) / 10 + c->day - 1 - EPOCH_FROM_MARCH_0;
    return days * 86400 + c->hour * 3600 + c->minute * 60 + c->second;
}

static Civil civil_of_tm(const struct tm *tm)
{
    return (Civil){(int64_t)tm->tm_year + 1900,
                   tm->tm_mon + 1,
                   tm->tm_mday,
                   tm->tm_hour,
                   tm->tm_min,
                   tm->tm_sec};
}

// The host's time zone is the sandbox's only if the host's clock is.
static bool local_of(Process *p, int64_t seconds, Civil *out)
{
    struct tm tm;
    time_t t = (time_t)seconds;
    if (!bif_may(p)) {
        *out = civil_of(seconds);
        return true;
    }
    if (localtime_r(&t, &tm) == NULL) return false;
    *out = civil_of_tm(&tm);
    return true;
}

static int64_t now_seconds(Process *p) { return system_now(p) / NS_PER_S; }

Term bif_erlang_universaltime_0(Process *p, Term *args)
{
    Civil c = civil_of(now_seconds(p));
    return make_civil(p, &c);
}

static Civil local_now(Process *p)
{
    Civil c;
    if (!local_of(p, now_seconds(p), &c)) c = civil_of(now_seconds(p));
    return c;
}

Term bif_erlang_localtime_0(Process *p, Term *args)
{
    Civil c = local_now(p);
    return make_civil(p, &c);
}

Term bif_erlang_date_0(Process *p, Term *args)
{
    Civil c = local_now(p);
    return BUILD_TUPLE(p, make_small(c.year), make_small(c.month), make_small(c.day));
}

Term bif_erlang_time_0(Process *p, Term *args)
{
    Civil c = local_now(p);
    return BUILD_TUPLE(p, make_small(c.hour), make_small(c.minute), make_small(c.second));
}

#define FIRST_POSIX_YEAR 1600
#define FIRST_LOCAL_YEAR 1902

Term bif_erlang_universaltime_to_posixtime_1(Process *p, Term *args)
{
    Civil c;
    if (!get_civil(args[0], FIRST_POSIX_YEAR, &c)) return bif_badarg(p);
    return bif_make_int64(p, seconds_of(&c));
}

Term bif_erlang_posixtime_to_universaltime_1(Process *p, Term *args)
{
    int64_t seconds;
    if (!bif_get_int64(args[0], &seconds)) return bif_badarg(p);
    Civil c = civil_of(seconds);
    return make_civil(p, &c);
}

Term bif_erlang_universaltime_to_localtime_1(Process *p, Term *args)
{
    Civil c;
    if (!get_civil(args[0], FIRST_LOCAL_YEAR, &c) || !local_of(p, seconds_of(&c), &c))
        return bif_badarg(p);
    return make_civil(p, &c);
}

// mktime's -1 is an error or the second before 1970.
static bool make_time(struct tm *tm, time_t *out)
{
    struct tm before = *tm;
    *out = mktime(tm);
    if (*out != -1) return true;
    before.tm_sec--;
    return mktime(&before) == -2;
}

Term bif_erlang_localtime_to_universaltime_2(Process *p, Term *args)
{
    Civil c;
    int dst = args[1] == AM_true ? 1 : args[1] == AM_false ? 0 : -1;
    if (dst < 0 && args[1] != AM_undefined) return bif_badarg(p);
    if (!get_civil(args[0], FIRST_LOCAL_YEAR, &c)) return bif_badarg(p);
    if (!bif_may(p)) return args[0];
    struct tm tm = {.tm_year = (int)(c.year - 1900),
                    .tm_mon = (int)c.month - 1,
                    .tm_mday = (int)c.day,
                    .tm_hour = (int)c.hour,
                    .tm_min = (int)c.minute,
                    .tm_sec = (int)c.second,
                    .tm_isdst = dst};
    struct tm again = tm;
    again.tm_isdst = 0;
    time_t seconds;
    if (!make_time(&tm, &seconds) && (dst == 0 || !make_time(&again, &seconds)))
        return bif_badarg(p);
    c = civil_of(seconds);
    return make_civil(p, &c);
}
