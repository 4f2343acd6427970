// SPDX-License-Identifier: Apache-2.0
// base/compiler.h - what clang offers beyond C17, under names that read well.

#ifndef BASE_COMPILER_H
#define BASE_COMPILER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Both are set by the build (0 or 1); a file compiled outside of it is release.
#ifndef APEX_DEBUG
#define APEX_DEBUG 0
#endif
#ifndef APEX_STRESS
#define APEX_STRESS 0
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define APEX_ASAN 1
#endif
#if __has_feature(thread_sanitizer)
#define APEX_TSAN 1
#endif
#endif
#ifndef APEX_ASAN
#define APEX_ASAN 0
#endif
#ifndef APEX_TSAN
#define APEX_TSAN 0
#endif

#define MUST_USE          __attribute__((warn_unused_result))
#define NOINLINE          __attribute__((noinline))
#define ALWAYS_INLINE     inline __attribute__((always_inline))
#define NORETURN          __attribute__((noreturn))
#define COLD              __attribute__((cold))
#define PACKED            __attribute__((packed))
#define FALLTHROUGH       __attribute__((fallthrough))
#define MAYBE_UNUSED      __attribute__((unused))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define ALIGNED(n)        __attribute__((aligned(n)))
#define LIKELY(x)         __builtin_expect(!!(x), 1)
#define UNLIKELY(x)       __builtin_expect(!!(x), 0)
#define UNREACHABLE()     __builtin_unreachable()
#define CACHE_LINE        64

#define ARRAY_LEN(a)                  (sizeof(a) / sizeof((a)[0]))
#define container_of(p, type, member) ((type *)(void *)((char *)(p) - offsetof(type, member)))

// Our own bugs only: never for what a guest or a file can cause. Compiled out
// (and its argument not evaluated) unless APEX_DEBUG is set.
#if APEX_DEBUG
#define ASSERT(cond) (LIKELY(cond) ? (void)0 : assert_failed(#cond, __FILE__, __LINE__))
#else
#define ASSERT(cond) ((void)(0 && (cond)))
#endif

// Prints where, then aborts.
NORETURN COLD void assert_failed(const char *what, const char *file, int line);

// Arithmetic that says whether it wrapped: true means that *out is not the
// mathematical result and must not be used.
#define add_overflows(a, b, out) __builtin_add_overflow((a), (b), (out))
#define sub_overflows(a, b, out) __builtin_sub_overflow((a), (b), (out))
#define mul_overflows(a, b, out) __builtin_mul_overflow((a), (b), (out))

// a + b and a * b that stick at SIZE_MAX, which no allocator grants.
static inline size_t size_add(size_t a, size_t b)
{
    size_t r;
    return add_overflows(a, b, &r) ? SIZE_MAX : r;
}

static inline size_t size_mul(size_t a, size_t b)
{
    size_t r;
    return mul_overflows(a, b, &r) ? SIZE_MAX : r;
}

// Cleanup bound to the variable: cleanup_free char *p = ...; cleanup_close int
// fd = ...; cleanup_with(fn) calls fn(&variable) when the scope is left.
#define cleanup_with(fn) __attribute__((cleanup(fn)))
#define cleanup_free     cleanup_with(cleanup_free_at)
#define cleanup_close    cleanup_with(cleanup_close_at)

void cleanup_free_at(void *pointer_to_pointer);
void cleanup_close_at(int *fd);  // ignores a negative descriptor

#endif
