// SPDX-License-Identifier: Apache-2.0
// bif/atoms_text.c - atoms to text and back.
#include "bif/args.h"
#include "term/utf8.h"

// ---- from atoms -------------------------------------------------------------------
Term bif_erlang_atom_to_list_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return bif_badarg(p);
    AtomText text = atom_text(args[0]);
    Term *hp = bif_alloc(p, 2 * (size_t)text.chars);
    if (hp == NULL) return TERM_NONE;
    const uint8_t *at = (const uint8_t *)text.bytes, *end = at + text.len;
    Term list = TERM_NIL, *cell = &list;
    while (at < end) {
        uint32_t ch = 0;
        at += utf8_get(at, (size_t)(end - at), &ch);
        hp[0] = make_small(ch);
        hp[1] = TERM_NIL;
        *cell = make_cons(hp);
        cell = hp + 1;
        hp += 2;
    }
    return list;
}

Term bif_erlang_atom_to_binary_2(Process *p, Term *args)
{
    if (!is_atom(args[0])) return bif_badarg(p);
    AtomText text = atom_text(args[0]);
    if (args[1] == AM_utf8 || args[1] == AM_unicode)
        return bif_make_binary(p, text.bytes, text.len);
    if (args[1] != AM_latin1) return bif_badarg(p);
    uint8_t latin1[ATOM_MAX_CHARS];
    const uint8_t *at = (const uint8_t *)text.bytes, *end = at + text.len;
    size_t n = 0;
    while (at < end) {
        uint32_t ch = 0;
        at += utf8_get(at, (size_t)(end - at), &ch);
        if (ch > 255) return bif_badarg(p);
        latin1[n++] = (uint8_t)ch;
    }
    return bif_make_binary(p, latin1, n);
}

// ---- to atoms -----------------------------------------------------------------------
// An unknown atom of a good text is made, or (existing) is badarg.
static Term atom_of(Process *p, const char *utf8, size_t n, bool existing)
{
    if (!existing) return bif_make_atom(p, utf8, n);
    Term atom;
    return atom_book_find(&p->heap.space->atoms, utf8, n, &atom) == ST_OK ? atom : bif_badarg(p);
}

static Term too_long(Process *p, bool existing)
{
    return existing ? bif_badarg(p) : bif_system_limit(p);
}

static Term atom_of_latin1(Process *p, const uint8_t *bytes, size_t n, bool existing)
{
    if (n > ATOM_MAX_CHARS) return too_long(p, existing);
    uint8_t utf8[ATOM_MAX_CHARS * 2];
    size_t len = 0;
    for (size_t i = 0; i < n; i++) len += utf8_encode(utf8 + len, bytes[i]);
    return atom_of(p, (char *)utf8, len, existing);
}

static Term atom_of_utf8(Process *p, const uint8_t *bytes, size_t n, bool existing)
{
    if (n > ATOM_MAX_BYTES) return too_long(p, existing);
    size_t chars = 0;
    for (size_t i = 0; i < n; chars++) {
        uint32_t ch;
        size_t step = utf8_get(bytes + i, n - i, &ch);
        // A text that is too long is that first, whatever follows.
        if (chars == ATOM_MAX_CHARS) return too_long(p, existing);
        if (step == 0) return bif_badarg(p);
        i += step;
    }
    return atom_of(p, (const char *)bytes, n, existing);
}

static Term binary_to_atom(Process *p, Term *args, bool existing)
{
    bool latin1 = args[1] == AM_latin1;
    if (!is_binary(args[0]) || (!latin1 && args[1] != AM_utf8 && args[1] != AM_unicode))
        return bif_badarg(p);
    uint64_t n = bitstring_bits(args[0]) / 8;
    if (n > ATOM_MAX_BYTES) return too_long(p, existing);
    uint8_t bytes[ATOM_MAX_BYTES];
    Bits b = bits_of(args[0]);
    bits_copy(bytes, 0, b.byte, b.bit, b.size);
    return (latin1 ? atom_of_latin1 : atom_of_utf8)(p, bytes, n, existing);
}

Term bif_erlang_binary_to_atom_2(Process *p, Term *args) { return binary_to_atom(p, args, false); }

Term bif_erlang_binary_to_existing_atom_2(Process *p, Term *args)
{
    return binary_to_atom(p, args, true);
}

static Term list_to_atom(Process *p, Term list, bool existing)
{
    uint8_t utf8[ATOM_MAX_BYTES];
    size_t len = 0, chars = 0;
    for (Pace rate = PACE_START; is_cons(list); list = list_next(list, &rate), chars++) {
        if (chars == ATOM_MAX_CHARS) return too_long(p, existing);
        Term ch = cons_head(list);
        if (!is_small(ch) || !is_code_point((uint64_t)small_value(ch))) return bif_badarg(p);
        len += utf8_encode(utf8 + len, (uint32_t)small_value(ch));
    }
    if (!is_nil(list)) return bif_badarg(p);
    return atom_of(p, (char *)utf8, len, existing);
}

Term bif_erlang_list_to_atom_1(Process *p, Term *args) { return list_to_atom(p, args[0], false); }

Term bif_erlang_list_to_existing_atom_1(Process *p, Term *args)
{
    return list_to_atom(p, args[0], true);
}
