// SPDX-License-Identifier: Apache-2.0
// bif/unicode.c - character data (nested lists of code points and binaries) to
// UTF-8 binaries and lists of code points.
//
// Three stages, each of which may yield: check (is it character data at all:
// what is not is badarg, wherever it stands), convert (to UTF-8, up to the first
// code point or byte that is none), list (code points of the UTF-8, from behind).
//
// A character may be cut by the end of a binary and go on in the next one; what
// is there of it is carried along as `partial`.
#include "bif/args.h"
#include "bif/iodata.h"
#include "term/utf8.h"

typedef enum Kind { KIND_BINARY = 0, KIND_LIST = 1 } Kind;

typedef struct Convert {
    Process *p;
    IoWalk walk;
    Term data, encoding;  // as given
    Kind kind;
    bool latin1;
    BinGrow out;
    uint8_t partial[4];
    size_t partial_len;
    uint64_t charged;  // bytes of out that are paid for
} Convert;

static BifIndex index_of(Kind kind)
{
    return kind == KIND_LIST ? BIF_unicode_characters_to_list_2
                             : BIF_unicode_characters_to_binary_2;
}

// ---- UTF-8 -----------------------------------------------------------------------------
typedef enum Step { STEP_BAD = -1, STEP_CUT = 0 } Step;

// Bytes of the character at `at`, STEP_CUT when the bytes end inside of it, or
// STEP_BAD. A character that is cut is not judged further than that its bytes
// have the right form.
static int utf8_step(const uint8_t *at, size_t n)
{
    uint8_t b = at[0];
    if (b < 0x80) return 1;
    size_t need = (b & 0xE0) == 0xC0 ? 2 : (b & 0xF0) == 0xE0 ? 3 : (b & 0xF8) == 0xF0 ? 4 : 0;
    if (need == 0) return STEP_BAD;
    for (size_t i = 1; i < need && i < n; i++)
        if ((at[i] & 0xC0) != 0x80) return STEP_BAD;
    if (n < need) return STEP_CUT;
    uint32_t ch;
    return utf8_get(at, need, &ch) == need ? (int)need : STEP_BAD;
}

// Length of the prefix of valid, whole characters; *step says why it ends.
static size_t valid_prefix(const uint8_t *bytes, size_t n, int *step)
{
    size_t i = 0;
    *step = 1;
    while (i < n) {
        uint64_t word;
        if (n - i >= 8 && (memcpy(&word, bytes + i, 8), (word & 0x8080808080808080) == 0)) {
            i += 8;
            continue;
        }
        *step = utf8_step(bytes + i, n - i);
        if (*step <= 0) break;
        i += (size_t)*step;
    }
    return i;
}

// ---- stage 1: check ---------------------------------------------------------------------
static Term convert_start(Process *p, Term data, Term encoding, Kind kind);

static Term check(Process *p, IoWalk *w, Term data, Term encoding, Kind kind)
{
    for (;;) {
        Term t = w->next;
        bool good = true;
        if (is_cons(t)) {
            Term head = cons_head(t), tail = cons_tail(t);
            w->cells++;
            w->next = tail;
            if (is_cons(head)) {
                if (!is_nil(tail) && !iodata_push(w, tail)) break;
                w->next = head;
            } else {
                good = is_integer(head) || is_nil(head) || is_binary(head);
            }
        } else {
            good = is_nil(t) || is_binary(t);
            if (good && !iodata_pop(w)) {
                (void)iodata_charge(w, 0);
                iodata_stop(w);
                return convert_start(p, data, encoding, kind);
            }
        }
        if (!good) {
            iodata_stop(w);
            return bif_error_as(p, index_of(kind), AM_badarg, 2, data, encoding);
        }
        if (w->cells >= 4096 && iodata_charge(w, 0)) {
            Term left = iodata_save(w);
            if (left != TERM_NONE)
                (void)bif_yield(p, BIF_unicode_check_loop, 4, data, encoding, SMALL(kind), left);
            break;
        }
    }
    iodata_stop(w);
    return TERM_NONE;
}

Term bif_unicode_check_loop(Process *p, Term *args)
{
    IoWalk w;
    iodata_resume(&w, p, args[3]);
    return check(p, &w, args[0], args[1], (Kind)small_value(args[2]));
}

// ---- stage 3: lists --------------------------------------------------------------------
// The result in its final form: alone or as {Tag, Result, Rest}.
static Term wrap(Process *p, Term result, Term tag, Term rest)
{
    if (tag == AM_ok) return result;
    Term *hp = bif_alloc(p, 4);
    return hp != NULL ? tuple3_at(&hp, tag, result, rest) : TERM_NONE;
}

static Term list_stage(Process *p, Term utf8, uint64_t end, Term acc, Term tag, Term rest)
{
    const uint8_t *bytes = bits_of(utf8).byte;
    while (end > 0) {
        size_t chunk = end < 16384 ? end : 16384, n = 0;
        uint64_t from = end;
        while (from > 0 && end - from < chunk) {
            do from--;
            while ((bytes[from] & 0xC0) == 0x80);
            n++;
        }
        Term *hp = bif_alloc(p, 2 * n);
        if (hp == NULL) return TERM_NONE;
        while (end > from) {
            uint64_t at = end;
            do at--;
            while ((bytes[at] & 0xC0) == 0x80);
            uint32_t ch = 0;
            (void)utf8_get(bytes + at, end - at, &ch);
            acc = cons_at(&hp, make_small(ch), acc);
            end = at;
        }
        bif_charge(p, n / 16 + 1);
        if (end > 0 && bif_budget(p) <= 0)
            return bif_yield(p, BIF_unicode_list_loop, 5, utf8, make_small((int64_t)end), acc, tag,
                             rest);
    }
    return wrap(p, acc, tag, rest);
}

Term bif_unicode_list_loop(Process *p, Term *args)
{
    return list_stage(p, args[0], (uint64_t)small_value(args[1]), args[2], args[3], args[4]);
}

// ---- stage 2: convert --------------------------------------------------------------------
typedef struct Holder {
    NativeObject object;
    BinGrow out;
} Holder;

static void holder_destroy(Space *s, NativeObject *o)
{
    if (((Holder *)o)->out.data != NULL) bin_data_release(s, ((Holder *)o)->out.data);
    arena_free(&s->arena, o, sizeof(Holder));
}

static const NativeClass holder_class = {"unicode conversion", holder_destroy};

static Term deliver(Convert *c, Term tag, Term rest)
{
    Term utf8 = bin_grow_finish(c->p, &c->out);
    if (utf8 == TERM_NONE) return TERM_NONE;
    if (c->kind == KIND_BINARY) return wrap(c->p, utf8, tag, rest);
    return list_stage(c->p, utf8, bitstring_bits(utf8) / 8, TERM_NIL, tag, rest);
}

// What is left as the guest sees it: the rest of the innermost list in front of
// the tails of the lists around it.
static Term rest_term(Convert *c, Term inner)
{
    IoWalk *w = &c->walk;
    int64_t below = bif_list_length(c->p, w->below);
    Term *hp = bif_alloc(c->p, 2 * (w->depth + (size_t)below));
    if (hp == NULL) return TERM_NONE;
    while (iodata_pop(w)) inner = cons_at(&hp, inner, w->next);
    return inner;
}

static Term fail(Convert *c, Term inner)
{
    Term rest = rest_term(c, inner);
    if (rest == TERM_NONE) return TERM_NONE;
    if (c->partial_len > 0) {
        Term bin = bif_make_binary(c->p, c->partial, c->partial_len);
        Term *hp = bin != TERM_NONE ? bif_alloc(c->p, 4) : NULL;
        if (hp == NULL) return TERM_NONE;
        rest = cons_at(&hp, rest, TERM_NIL);
        rest = cons_at(&hp, bin, rest);
    }
    return deliver(c, AM_error, rest);
}

static Term complete(Convert *c)
{
    if (c->partial_len == 0) return deliver(c, AM_ok, TERM_NIL);
    Term bin = bif_make_binary(c->p, c->partial, c->partial_len);
    return bin != TERM_NONE ? deliver(c, AM_incomplete, bin) : TERM_NONE;
}

// A list or binary that holds binary[from..] and then the tail, if there is one.
static Term remainder_of(Convert *c, Term bin, uint64_t from, bool in_list, Term tail)
{
    if (from > 0) bin = binary_part(&c->p->heap, bin, from * 8, bitstring_bits(bin) - from * 8);
    if (bin == TERM_NONE) return bif_no_memory(c->p);
    if (!in_list) return bin;
    Term *hp = bif_alloc(c->p, 2);
    return hp != NULL ? cons_at(&hp, bin, tail) : TERM_NONE;
}

typedef enum Part { PART_DONE, PART_FAILED, PART_PAUSE, PART_REFUSED } Part;

static Part refused(Convert *c)
{
    (void)bif_no_memory(c->p);
    return PART_REFUSED;
}

static Part convert_latin1(Convert *c, const uint8_t *bytes, uint64_t n)
{
    if (!bin_grow_reserve(c->p, &c->out, n * 16)) return refused(c);
    uint8_t *to = c->out.data->bytes + c->out.bits / 8, *at = to;
    for (uint64_t i = 0; i < n; i++) at += utf8_encode(at, bytes[i]);
    c->out.bits += (uint64_t)(at - to) * 8;
    return PART_DONE;
}

// Completes the cut character with the first bytes of the next binary. *used:
// how many it took.
static Part join_partial(Convert *c, const uint8_t *bytes, uint64_t n, uint64_t *used)
{
    uint8_t whole[4];
    size_t len = c->partial_len;
    memcpy(whole, c->partial, len);
    uint64_t taken = 0;
    while (len < sizeof whole && taken < n) whole[len++] = bytes[taken++];
    int step = utf8_step(whole, len);
    if (step == STEP_BAD) return PART_FAILED;
    if (step == STEP_CUT) {
        memcpy(c->partial, whole, len);
        c->partial_len = len;
        *used = n;
        return PART_DONE;
    }
    if (!bin_grow_bytes(c->p, &c->out, whole, (size_t)step)) return refused(c);
    *used = (uint64_t)step - c->partial_len;
    c->partial_len = 0;
    return PART_DONE;
}

// Converts n bytes. *at: how far it came, also when it failed.
static Part convert_utf8(Convert *c, const uint8_t *bytes, uint64_t n, uint64_t *at)
{
    *at = 0;
    if (c->partial_len > 0 && n > 0) {
        Part part = join_partial(c, bytes, n, at);
        if (part != PART_DONE) return part;
    }
    int step;
    size_t good = valid_prefix(bytes + *at, n - *at, &step);
    if (!bin_grow_bytes(c->p, &c->out, bytes + *at, good)) return refused(c);
    *at += good;
    if (*at == n) return PART_DONE;
    if (step == STEP_BAD) return PART_FAILED;
    c->partial_len = n - *at;
    memcpy(c->partial, bytes + *at, c->partial_len);
    *at = n;
    return PART_DONE;
}

#define BYTES_AT_ONCE 65536

// Converts a binary; PART_FAILED and PART_PAUSE: from *at on it is not done.
static Part convert_binary(Convert *c, Term bin, uint64_t *at)
{
    Bits b = bits_of(bin);
    uint64_t size = b.size / 8;
    uint8_t window[512];
    for (*at = 0; *at < size;) {
        uint64_t n = size - *at, used;
        const uint8_t *bytes = b.byte + *at;
        if (n > BYTES_AT_ONCE) n = BYTES_AT_ONCE;
        if (b.bit != 0) {
            if (n > sizeof window) n = sizeof window;
            bits_copy(window, 0, bytes, b.bit, n * 8);
            bytes = window;
        }
        Part part =
            c->latin1 ? convert_latin1(c, bytes, used = n) : convert_utf8(c, bytes, n, &used);
        *at += used;
        if (part != PART_DONE) return part;
        if (*at < size) {
            // The window cut the character, not the end of the binary.
            *at -= c->partial_len;
            c->partial_len = 0;
        }
        uint64_t written = c->out.bits / 8;
        bif_charge(c->p, (written - c->charged) / 128);
        c->charged = written;
        if (*at < size && bif_budget(c->p) <= 0) return PART_PAUSE;
    }
    return PART_DONE;
}

static Part convert_char(Convert *c, Term ch)
{
    if (c->partial_len > 0 || !is_small(ch)) return PART_FAILED;
    int64_t v = small_value(ch);
    if (v < 0 || (c->latin1 ? v > 255 : !is_code_point((uint64_t)v))) return PART_FAILED;
    if (!bin_grow_reserve(c->p, &c->out, 32)) return refused(c);
    c->out.bits += utf8_encode(c->out.data->bytes + c->out.bits / 8, (uint32_t)v) * 8;
    return PART_DONE;
}

static Term pause(Convert *c)
{
    Process *p = c->p;
    Space *s = p->heap.space;
    Term left = iodata_save(&c->walk);
    Term partial = left != TERM_NONE ? bif_make_binary(p, c->partial, c->partial_len) : TERM_NONE;
    Term *hp = partial != TERM_NONE ? bif_alloc(p, MAGIC_WORDS) : NULL;
    if (hp == NULL) return TERM_NONE;
    Holder *h = arena_alloc(&s->arena, sizeof *h);
    if (h == NULL) return bif_no_memory(p);
    *h = (Holder){{&holder_class, 1, space_next_ref(s)}, c->out};
    c->out = (BinGrow){0};
    Term holder = magic_ref_at(hp, &p->heap.off, &h->object);
    return bif_yield(p, BIF_unicode_convert_loop, 6, c->data, c->encoding, SMALL(c->kind), left,
                     partial, holder);
}

// One list cell, binary or end of a list. False: over, *result is what to return.
static bool convert_step(Convert *c, Term *result)
{
    IoWalk *w = &c->walk;
    Term t = w->next, inner = t;
    Part part = PART_DONE;
    uint64_t at = 0;
    w->cells++;
    if (is_cons(t)) {
        Term head = cons_head(t), tail = cons_tail(t);
        if (is_cons(head)) {
            // An empty tail too: what is left shows the nesting.
            if (!iodata_push(w, tail)) return *result = TERM_NONE, false;
            w->next = head;
            return true;
        }
        w->next = tail;
        if (is_integer(head)) part = convert_char(c, head);
        else if (is_bitstring(head)) part = convert_binary(c, head, &at);
        if (at > 0 && (part == PART_FAILED || part == PART_PAUSE))
            inner = remainder_of(c, head, at, true, tail);
    } else {
        if (is_bitstring(t)) part = convert_binary(c, t, &at);
        if (at > 0 && (part == PART_FAILED || part == PART_PAUSE))
            inner = remainder_of(c, t, at, false, TERM_NIL);
        if (part == PART_DONE) {
            if (!iodata_pop(w)) return *result = complete(c), false;
        }
    }
    if (part == PART_DONE) return true;
    *result = TERM_NONE;
    if (part == PART_REFUSED || inner == TERM_NONE) return false;
    if (part == PART_FAILED) return *result = fail(c, inner), false;
    w->next = inner;
    *result = pause(c);
    return false;
}

static Term convert(Convert *c)
{
    Term result;
    while (convert_step(c, &result)) {
        if (c->walk.cells < 4096) continue;
        bif_charge(c->p, 64);
        if (iodata_charge(&c->walk, 0)) {
            result = pause(c);
            break;
        }
    }
    (void)iodata_charge(&c->walk, 0);
    bin_grow_free(c->p, &c->out);
    iodata_stop(&c->walk);
    return result;
}

static Term convert_start(Process *p, Term data, Term encoding, Kind kind)
{
    Convert c = {
        .p = p, .data = data, .encoding = encoding, .kind = kind, .latin1 = encoding == AM_latin1};
    if (kind == KIND_BINARY && !c.latin1 && is_bitstring(data)) {
        // A binary that is good already is the result.
        Bits b = bits_of(data);
        int step;
        if (b.bit == 0 && b.size <= BYTES_AT_ONCE * 8 &&
            valid_prefix(b.byte, b.size / 8, &step) == b.size / 8) {
            bif_charge(p, b.size / 8 / 128);
            return data;
        }
    }
    iodata_start(&c.walk, p, data);
    return convert(&c);
}

Term bif_unicode_convert_loop(Process *p, Term *args)
{
    Convert c = {.p = p,
                 .data = args[0],
                 .encoding = args[1],
                 .kind = (Kind)small_value(args[2]),
                 .latin1 = args[1] == AM_latin1};
    iodata_resume(&c.walk, p, args[3]);
    Bits partial = bits_of(args[4]);
    c.partial_len = partial.size / 8;
    bits_copy(c.partial, 0, partial.byte, partial.bit, partial.size);
    Holder *h = (Holder *)magic_object(args[5], &holder_class);
    c.out = h->out;
    h->out = (BinGrow){0};
    c.charged = c.out.bits / 8;
    return convert(&c);
}

// ---- the builtins ------------------------------------------------------------------------
static Term characters_to(Process *p, Term *args, Kind kind)
{
    Term encoding = args[1];
    if (encoding != AM_latin1 && encoding != AM_utf8 && encoding != AM_unicode)
        return bif_tail_call(p, AM_unicode,
                             kind == KIND_LIST ? AM_characters_to_list_int
                                               : AM_characters_to_binary_int,
                             2, args[0], encoding);
    IoWalk w;
    iodata_start(&w, p, args[0]);
    return check(p, &w, args[0], encoding, kind);
}

Term bif_unicode_characters_to_binary_2(Process *p, Term *args)
{
    return characters_to(p, args, KIND_BINARY);
}

Term bif_unicode_characters_to_list_2(Process *p, Term *args)
{
    return characters_to(p, args, KIND_LIST);
}

Term bif_unicode_bin_is_7bit_1(Process *p, Term *args)
{
    if (!is_binary(args[0])) return AM_false;
    Bits b = bits_of(args[0]);
    uint64_t n = b.size / 8;
    bif_charge(p, n / 512);
    for (uint64_t i = 0; i < n; i++) {
        uint8_t byte =
            b.bit == 0 ? b.byte[i] : (uint8_t)(b.byte[i] << b.bit | b.byte[i + 1] >> (8 - b.bit));
        if (byte & 0x80) return AM_false;
    }
    return AM_true;
}
