// SPDX-License-Identifier: Apache-2.0
// bif/pattern.h - one or several byte strings to look for, compiled.
#pragma once
#include "bif/bif.h"

struct PatternTrie;
typedef struct Pattern {
    NativeObject object;
    size_t size;           // bytes of this block
    const uint8_t *bytes;  // one string
    size_t single_len;
    uint32_t count;        // several strings: nodes of the trie, else 0
    struct PatternTrie *trie;
} Pattern;

// The pattern of binary:compile_pattern/1 from a binary or a list of binaries.
// NULL with *bad set: not a pattern. NULL: refused, exception set. One reference
// for the caller; native_release(space, (NativeObject *)…) gives it back.
Pattern *pattern_compile(Process *p, Term source, bool *bad);
// The pattern behind {bm, Ref} or {ac, Ref}, borrowed; NULL: it is none.
Pattern *pattern_of(Term compiled);
static inline bool pattern_is_single(const Pattern *pattern) { return pattern->count == 0; }
// Fills *at with a pattern that is valid until the builtin returns, where source
// is one byte-aligned string; false: it is something else.
bool pattern_local(Pattern *at, Term source);
// What `pattern` refers to as {bm | ac, Ref}. TERM_NONE: refused, exception set.
Term pattern_term(Process *p, Pattern *pattern);

typedef struct PatternHit {
    uint64_t at, len;
} PatternHit;
typedef enum PatternResult { PATTERN_HIT, PATTERN_NONE, PATTERN_PAUSE } PatternResult;

// The leftmost match in bytes[*from, end), the longest of those that begin there.
// Looks at about `budget` bytes; PATTERN_PAUSE: *from says where to go on.
PatternResult pattern_find(const Pattern *pattern, const uint8_t *bytes, uint64_t *from,
                           uint64_t end, uint64_t budget, PatternHit *hit);
