// SPDX-License-Identifier: Apache-2.0
// bif/pattern.c - one or several byte strings to look for, compiled.
//
// One string is searched with the C library's memmem, whose time is linear in
// the worst case too. Several make an Aho-Corasick automaton: a trie in which
// each node knows the node of its longest proper suffix (fail) and the nearest
// suffix that is a whole string (output). Children of a node are a linked list:
// a table of 256 would make the memory 500 times that of the patterns.
#include "bif/pattern.h"

#include "base/fiber.h"

typedef struct PatternNode {
    uint32_t child, sibling;  // 0: none (the root is nobody's child)
    uint32_t fail;
    uint32_t depth;
    uint32_t output;  // length of the longest string that ends here, 0: none
    uint8_t byte;
} Node;

struct PatternTrie {
    uint32_t root[256];  // children of the root
    Node nodes[];        // [0] is the root
};

static void pattern_destroy(Space *s, NativeObject *o)
{
    arena_free(&s->arena, o, ((Pattern *)o)->size);
}

static const NativeClass pattern_class = {"binary pattern", pattern_destroy};

// ---- building ---------------------------------------------------------------------
static Pattern *new_pattern(Process *p, size_t extra)
{
    Space *s = p->heap.space;
    size_t size = size_add(sizeof(Pattern), extra);
    Pattern *pat = arena_alloc(&s->arena, size);
    if (pat == NULL) {
        (void)bif_no_memory(p);
        return NULL;
    }
    memset(pat, 0, sizeof *pat);
    pat->object = (NativeObject){&pattern_class, 1, space_next_ref(s)};
    pat->size = size;
    return pat;
}

static Pattern *compile_single(Process *p, Term bin)
{
    Bits b = bits_of(bin);
    Pattern *pat = new_pattern(p, b.size / 8);
    if (pat == NULL) return NULL;
    uint8_t *bytes = (uint8_t *)(pat + 1);
    bits_copy(bytes, 0, b.byte, b.bit, b.size);
    pat->bytes = bytes;
    pat->single_len = b.size / 8;
    return pat;
}

static uint32_t child_of(const Pattern *pat, uint32_t node, uint8_t byte)
{
    if (node == 0) return pat->trie->root[byte];
    uint32_t c = pat->trie->nodes[node].child;
    while (c != 0 && pat->trie->nodes[c].byte != byte) c = pat->trie->nodes[c].sibling;
    return c;
}

static void add_string(Pattern *pat, Term bin, Pace *work)
{
    Bits b = bits_of(bin);
    uint32_t at = 0, len = (uint32_t)(b.size / 8);
    // A byte may have to pass all 255 siblings.
    for (uint32_t i = 0; i < len; i++, (void)pace(work, 32)) {
        uint8_t byte = 0;
        bits_copy(&byte, 0, b.byte + i, b.bit, 8);
        uint32_t next = child_of(pat, at, byte);
        if (next == 0) {
            next = pat->count++;
            Node *n = &pat->trie->nodes[next];
            *n = (Node){.depth = i + 1, .byte = byte};
            if (at == 0) {
                pat->trie->root[byte] = next;
            } else {
                n->sibling = pat->trie->nodes[at].child;
                pat->trie->nodes[at].child = next;
            }
        }
        at = next;
    }
    pat->trie->nodes[at].output = len;
}

static void link_child(Pattern *pat, uint32_t parent, uint32_t child, Pace *work)
{
    Node *c = &pat->trie->nodes[child];
    uint32_t f = pat->trie->nodes[parent].fail, to = 0;
    if (parent != 0) {
        for (; (to = child_of(pat, f, c->byte)) == 0 && f != 0; (void)pace(work, 128))
            f = pat->trie->nodes[f].fail;
    }
    (void)pace(work, 32);
    c->fail = to;
    if (c->output == 0) c->output = pat->trie->nodes[to].output;
}

// Sets fail and output of every node, by breadth first. queue has room for all.
static void link_suffixes(Pattern *pat, uint32_t *queue, Pace *work)
{
    uint32_t head = 0, tail = 0;
    for (unsigned b = 0; b < 256; b++)
        if (pat->trie->root[b] != 0) {
            link_child(pat, 0, pat->trie->root[b], work);
            queue[tail++] = pat->trie->root[b];
        }
    while (head < tail) {
        uint32_t at = queue[head++];
        for (uint32_t c = pat->trie->nodes[at].child; c != 0; c = pat->trie->nodes[c].sibling) {
            link_child(pat, at, c, work);
            queue[tail++] = c;
        }
    }
}

static Pattern *compile_several(Process *p, Term list, uint64_t bytes)
{
    if (bytes >= UINT32_MAX - 1) {
        (void)bif_system_limit(p);
        return NULL;
    }
    size_t nodes = (size_t)bytes + 1;
    uint32_t *queue = bif_scratch(p, nodes * sizeof *queue);
    if (queue == NULL) return NULL;
    Pattern *pat = new_pattern(p, sizeof(struct PatternTrie) + nodes * sizeof(Node));
    if (pat != NULL) {
        bif_charge(p, bytes / 2);
        pat->trie = (struct PatternTrie *)(pat + 1);
        memset(pat->trie->root, 0, sizeof pat->trie->root);
        pat->trie->nodes[0] = (Node){0};
        pat->count = 1;
        Pace work = PACE_START;
        for (; is_cons(list); list = cons_tail(list)) add_string(pat, cons_head(list), &work);
        link_suffixes(pat, queue, &work);
    }
    bif_scratch_free(p, queue, nodes * sizeof *queue);
    return pat;
}

static bool is_string(Term t) { return is_binary(t) && bitstring_bits(t) != 0; }

Pattern *pattern_compile(Process *p, Term source, bool *bad)
{
    *bad = false;
    if (is_string(source)) return compile_single(p, source);
    uint64_t bytes = 0, strings = 0;
    Term t = source;
    Pace work = PACE_START;
    for (; is_cons(t) && is_string(cons_head(t)); t = cons_tail(t), strings++, (void)pace(&work, 1))
        bytes += bitstring_bits(cons_head(t)) / 8;
    bif_charge(p, strings / 32);
    if (!is_nil(t) || strings == 0) {
        *bad = true;
        return NULL;
    }
    if (strings == 1) return compile_single(p, cons_head(source));
    return compile_several(p, source, bytes);
}

Pattern *pattern_of(Term compiled)
{
    if (!is_tuple_arity(compiled, 2)) return NULL;
    Term tag = tuple_elements(compiled)[0];
    if (tag != AM_bm && tag != AM_ac) return NULL;
    Pattern *pat = (Pattern *)magic_object(tuple_elements(compiled)[1], &pattern_class);
    return pat != NULL && pattern_is_single(pat) == (tag == AM_bm) ? pat : NULL;
}

bool pattern_local(Pattern *at, Term source)
{
    if (!is_string(source)) return false;
    Bits b = bits_of(source);
    if (b.bit != 0) return false;
    *at = (Pattern){.bytes = b.byte, .single_len = b.size / 8};
    return true;
}

Term pattern_term(Process *p, Pattern *pattern)
{
    Term *hp = bif_alloc(p, MAGIC_WORDS + 3);
    if (hp == NULL) return TERM_NONE;
    pattern->object.refs++;
    Term ref = magic_ref_at(hp, &p->heap.off, &pattern->object);
    hp += MAGIC_WORDS;
    return tuple2_at(&hp, pattern_is_single(pattern) ? AM_bm : AM_ac, ref);
}

// ---- searching -----------------------------------------------------------------------
static PatternResult find_single(const Pattern *pat, const uint8_t *bytes, uint64_t *from,
                                 uint64_t end, uint64_t budget, PatternHit *hit)
{
    size_t len = pat->single_len;
    uint64_t left = end - *from;
    // A window is several times the string, so that preparing does not dominate.
    uint64_t window = budget > 8 * (uint64_t)len ? budget : 8 * (uint64_t)len;
    bool whole = left <= window;
    const uint8_t *at = memmem(bytes + *from, whole ? left : window, pat->bytes, len);
    if (at != NULL) {
        *hit = (PatternHit){(uint64_t)(at - bytes), len};
        return PATTERN_HIT;
    }
    if (whole) return PATTERN_NONE;
    *from += window - len + 1;
    return PATTERN_PAUSE;
}

static PatternResult find_several(const Pattern *pat, const uint8_t *bytes, uint64_t *from,
                                  uint64_t end, uint64_t budget, PatternHit *hit)
{
    uint64_t pos = *from, stop = end - pos > budget ? pos + budget : end;
    uint32_t at = 0;
    hit->len = 0;
    Pace work = PACE_START;
    for (; pos < end; pos++, (void)pace(&work, 16)) {
        uint8_t byte = bytes[pos];
        uint32_t next;
        for (; (next = child_of(pat, at, byte)) == 0 && at != 0; (void)pace(&work, 32))
            at = pat->trie->nodes[at].fail;
        at = next;
        const Node *n = &pat->trie->nodes[at];
        uint64_t path_start = pos + 1 - n->depth;
        if (hit->len != 0) {
            // Nothing that is still open begins as early: the hit stands.
            if (path_start > hit->at) return PATTERN_HIT;
        } else if (pos >= stop && path_start > *from) {
            // Whatever is open begins at path_start: go on from there.
            *from = path_start;
            return PATTERN_PAUSE;
        }
        if (n->output == 0) continue;
        uint64_t start = pos + 1 - n->output;
        if (hit->len == 0 || start <= hit->at) *hit = (PatternHit){start, n->output};
    }
    return hit->len != 0 ? PATTERN_HIT : PATTERN_NONE;
}

PatternResult pattern_find(const Pattern *pattern, const uint8_t *bytes, uint64_t *from,
                           uint64_t end, uint64_t budget, PatternHit *hit)
{
    if (pattern_is_single(pattern)) return find_single(pattern, bytes, from, end, budget, hit);
    return find_several(pattern, bytes, from, end, budget, hit);
}
