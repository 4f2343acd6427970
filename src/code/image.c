// SPDX-License-Identifier: Apache-2.0
// code/image.c - building an image from a file, and finding things in it.
#include "code/image.h"

#include <stdlib.h>

#include "base/fiber.h"
#include "beam/program_md5.h"
#include "code/export.h"
#include "code/image_store.h"
#include "code/image_term.h"
#include "code/translate.h"
#include "code/verify.h"
#include "heap/etf.h"
#include "heap/frozen.h"
#include "term/atom.h"

// ---- memory -----------------------------------------------------------------------
// The image outlives the sandbox that brings it, so it is not the sandbox's memory; but it is
// charged like that as long as it is built.
void *image_take(Image *m, size_t bytes)
{
    return arena_charge(m->scratch, bytes) ? arena_alloc(NULL, bytes) : NULL;
}

void *image_alloc(Image *m, size_t count, size_t size)
{
    size_t bytes;
    if (mul_overflows(count, size, &bytes) || !arena_charge(m->scratch, bytes)) return NULL;
    return arena_calloc(NULL, 1, bytes);
}

// One element more of an array that image_release frees. NULL: refused, the array is as before.
static void *grow(Image *m, void *array, size_t count, size_t size)
{
    if (!arena_charge(m->scratch, size)) return NULL;
    return arena_realloc(NULL, array, count * size, (count + 1) * size);
}

// The image has got a reference to the atom. One that nobody else has is new.
static bool note_atom(Image *m, Term atom)
{
    size_t cost = atom_is_shared(atom) ? 0 : atom_cost(atom);
    m->atom_bytes += cost;
    return arena_charge(m->scratch, cost);
}

// ---- literals -----------------------------------------------------------------
static Term literal_atom(void *context, const char *utf8, size_t len, bool safe, EtfResult *why)
{
    Term out;
    Image *m = context;
    Status st = atom_intern(utf8, len, &out);
    if (st != ST_OK) {
        *why = st == ST_NOMEM ? ETF_NOMEM : ETF_BAD;
        return TERM_NONE;
    }
    // The image holds a reference for each mention; they go with the image.
    Term *grown = note_atom(m, out) ? grow(m, m->atoms, m->num_atoms, sizeof *grown) : NULL;
    if (grown == NULL) {
        atom_release(out);
        *why = ETF_NOMEM;
        return TERM_NONE;
    }
    m->atoms = grown;
    m->atoms[m->num_atoms++] = out;
    return out;
}

// A literal cannot hold a closure.
static const FunEntry *literal_fun(void *context, Term module, uint32_t index,
                                   const uint8_t uniq[16], uint64_t old_uniq, uint32_t old_index,
                                   uint32_t arity, uint32_t num_free)
{
    return NULL;
}

static EtfNames literal_names(Image *m)
{
    return (EtfNames){
        .context = m, .atom = literal_atom, .fun = literal_fun, .node = AM_nonode_at_nohost};
}

static Status etf_status(EtfResult r)
{
    switch (r) {
    case ETF_OK: return ST_OK;
    case ETF_NOMEM: return ST_NOMEM;
    case ETF_LIMIT: return ST_LIMIT;
    default: return ST_FORMAT;
    }
}

// A block of the frozen region. NULL: refused.
static Term *frozen_words(Image *m, size_t words)
{
    size_t bytes;
    if (mul_overflows(words, sizeof(Term), &bytes) || !arena_charge(m->scratch, bytes)) return NULL;
    Term *at = frozen_alloc(bytes);
    if (at != NULL) m->frozen_bytes += bytes;
    return at;
}

// Adds a frozen block to the image's extras.
static Term *extra_block(Image *m, size_t words)
{
    struct ImageExtra *grown = grow(m, m->extra, m->num_extra, sizeof *grown);
    if (grown == NULL) return NULL;
    m->extra = grown;
    Term *at = frozen_words(m, words);
    if (at == NULL) return NULL;
    m->extra[m->num_extra++] = (struct ImageExtra){at, words * sizeof(Term)};
    return at;
}

static Status decode_extra(Image *m, const uint8_t *bytes, size_t len, Term *out)
{
    EtfNames names = literal_names(m);
    size_t words, used;
    EtfResult r = etf_decode_size(NULL, bytes, len, false, &names, SIZE_MAX, &words, &used);
    if (r != ETF_OK) return etf_status(r);
    Term *hp = extra_block(m, words + 1), *off = NULL;
    if (hp == NULL) return ST_NOMEM;
    return etf_status(etf_decode(NULL, bytes, len, false, &names, &hp, &off, out));
}

static Status build_literals(Image *m, const BeamFile *f)
{
    if (f->literal_count == 0) return ST_OK;
    EtfNames names = literal_names(m);
    size_t total = 1;
    Pace work = PACE_START;
    for (uint32_t i = 0; i < f->literal_count; i++) {
        BeamSpan l = beam_file_literal(f, i);
        (void)pace(&work, 32 + l.size / 4);
        size_t words, used;
        EtfResult r = etf_decode_size(NULL, l.data, l.size, false, &names, SIZE_MAX, &words, &used);
        if (r != ETF_OK) return etf_status(r);
        total += words;
    }
    m->literals = image_alloc(m, f->literal_count, sizeof(Term));
    m->literal_area = frozen_words(m, total);
    m->literal_bytes = total * sizeof(Term);
    if (m->literals == NULL || m->literal_area == NULL) return ST_NOMEM;
    m->num_literals = f->literal_count;
    Term *hp = m->literal_area, *off = NULL;
    for (uint32_t i = 0; i < f->literal_count; i++) {
        BeamSpan l = beam_file_literal(f, i);
        (void)pace(&work, 32 + l.size / 4);
        EtfResult r = etf_decode(NULL, l.data, l.size, false, &names, &hp, &off, &m->literals[i]);
        if (r != ETF_OK) return etf_status(r);
    }
    return ST_OK;
}

// The integer of these bytes, most significant first.
static Term big_of_magnitude(Image *m, const uint8_t *bytes, size_t n, bool negative)
{
    while (n > 0 && *bytes == 0) bytes++, n--;
    size_t limbs = (n + 7) / 8;
    if (limbs == 0) return make_small(0);
    Term *at = extra_block(m, 1 + limbs);
    if (at == NULL) return TERM_NONE;
    at[0] = HEADER(negative ? BOX_NEG_BIG : BOX_POS_BIG, limbs);
    for (size_t i = 0; i < limbs; i++) at[1 + i] = 0;
    for (size_t i = 0; i < n; i++) at[1 + i / 8] |= (Term)bytes[n - 1 - i] << (i % 8 * 8);
    if (limbs == 1) {  // T2
        if (!negative && at[1] <= (uint64_t)SMALL_MAX) return make_small((int64_t)at[1]);
        if (negative && at[1] <= (uint64_t)SMALL_MAX + 1) return make_small((int64_t)(0 - at[1]));
    }
    return make_boxed(at);
}

Term image_big_literal(Image *m, const Operand *o)
{
    if (o->kind == K_INT) {
        uint8_t bytes[8];
        put_u64be(bytes, o->i < 0 ? 0 - (uint64_t)o->i : (uint64_t)o->i);
        return big_of_magnitude(m, bytes, sizeof bytes, o->i < 0);
    }
    uint8_t *bytes = arena_alloc(m->scratch, o->count);
    if (bytes == NULL) return TERM_NONE;
    operand_magnitude(o, bytes);
    Term t = big_of_magnitude(m, bytes, o->count, o->negative);
    arena_free(m->scratch, bytes, o->count);
    return t;
}

// ---- tables ---------------------------------------------------------------------
static Status build_atoms(Image *m, const BeamFile *f, Diag *d)
{
    m->atoms = image_alloc(m, (size_t)f->atom_count + 1, sizeof(Term));
    if (m->atoms == NULL) return ST_NOMEM;
    Pace work = PACE_START;
    for (uint32_t i = 1; i <= f->atom_count; i++, (void)pace(&work, 128)) {
        BeamSpan text = beam_file_atom(f, i);
        Status st = atom_intern((const char *)text.data, text.size, &m->atoms[i - 1]);
        if (st != ST_OK) {
            diag_set(d, "atom %u: %s", i, status_text(st));
            return st;
        }
        m->num_atoms = i;
        if (!note_atom(m, m->atoms[i - 1])) return ST_NOMEM;
    }
    m->module = m->atoms[0];
    return ST_OK;
}

// The number of an exported function; a new one is charged.
static Status intern_export(Image *m, Term module, Term function, unsigned arity, uint32_t *number)
{
    bool is_new;
    if (!arena_charge(m->scratch, EXPORT_COST)) return ST_NOMEM;
    TRY(export_intern(module, function, arity, number, &is_new));
    if (is_new) m->export_bytes += EXPORT_COST;
    else arena_uncharge(m->scratch, EXPORT_COST);
    return ST_OK;
}

static Status build_imports(Image *m, const BeamFile *f)
{
    m->imports = image_alloc(m, (size_t)f->import_count + 1, sizeof *m->imports);
    m->exports = image_alloc(m, (size_t)f->export_count + 1, sizeof *m->exports);
    if (m->imports == NULL || m->exports == NULL) return ST_NOMEM;
    Pace work = PACE_START;
    for (uint32_t i = 0; i < f->import_count; i++, (void)pace(&work, 128)) {
        BeamImport im = beam_file_import(f, i);
        Status st = intern_export(m, m->atoms[im.module - 1], m->atoms[im.function - 1], im.arity,
                                  &m->imports[i]);
        if (st != ST_OK) return st;
        m->num_imports = i + 1;
    }
    for (uint32_t i = 0; i < f->export_count; i++, (void)pace(&work, 128)) {
        BeamFunction e = beam_file_export(f, i);
        Status st =
            intern_export(m, m->module, m->atoms[e.name - 1], e.arity, &m->exports[i].number);
        if (st != ST_OK) return st;
        m->num_exports = i + 1;
    }
    return ST_OK;
}

static Status build_funs(Image *m, const BeamFile *f)
{
    m->funs = image_alloc(m, (size_t)f->lambda_count + 1, sizeof *m->funs);
    if (m->funs == NULL) return ST_NOMEM;
    Pace work = PACE_START;
    for (uint32_t i = 0; i < f->lambda_count; i++, (void)pace(&work, 16)) {
        BeamLambda l = beam_file_lambda(f, i);
        m->funs[i] = (FunEntry){
            .image = m,
            .module = m->module,
            .name = m->atoms[l.name - 1],
            .arity = l.arity - l.num_free,
            .num_free = l.num_free,
            .index = i,
            .old_index = l.index,
            .old_uniq = l.old_uniq,
            .program = &m->md5,
        };
    }
    m->num_funs = f->lambda_count;
    return ST_OK;
}

// A file name as a frozen string: what {file, Name} of a stack trace shows.
static Status file_string(Image *m, const BeamFile *f, uint32_t i, Term *out)
{
    Buf text;
    buf_init_in(&text, m->scratch);
    Status st = beam_file_line_file(f, i, &text);
    // Names are UTF-8; a string has one element for each character.
    Term *cells = st == ST_OK && text.len > 0 ? extra_block(m, text.len * 2) : NULL;
    if (st == ST_OK && text.len > 0 && cells == NULL) st = ST_NOMEM;
    *out = TERM_NIL;
    if (st == ST_OK && text.len > 0) {
        size_t n = 0;
        for (size_t at = 0; at < text.len; n++) {
            uint8_t b = text.data[at];
            size_t more = b < 0xC0 ? 0 : b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
            uint32_t c = more == 0 ? b : b & (0x3F >> more);
            for (at++; more > 0 && at < text.len; more--, at++) c = c << 6 | (text.data[at] & 0x3F);
            cells[2 * n] = make_small(c);
            cells[2 * n + 1] = make_cons(&cells[2 * (n + 1)]);
        }
        cells[2 * n - 1] = TERM_NIL;
        *out = make_cons(cells);
    }
    buf_clear(&text);
    return st;
}

static Status build_files(Image *m, const BeamFile *f)
{
    size_t n = f->line_file_count == 0 ? 1 : f->line_file_count;
    m->files = image_alloc(m, n, sizeof(Term));
    if (m->files == NULL) return ST_NOMEM;
    m->num_files = n;
    for (uint32_t i = 0; i < n; i++) {
        // All names that are left out are the same.
        bool is_module = i > 0 && f->line_files[i].size == 0;
        if (is_module) m->files[i] = m->files[0];
        else TRY(file_string(m, f, i, &m->files[i]));
    }
    return ST_OK;
}

// Attributes and compile info are terms that nothing else checked: a malformed one
// shows as the empty list.
static Status build_info(Image *m, const BeamFile *f)
{
    m->attributes = m->compile_info = TERM_NIL;
    Status st = f->attributes.size > 0
                    ? decode_extra(m, f->attributes.data, f->attributes.size, &m->attributes)
                    : ST_OK;
    if (st == ST_FORMAT) m->attributes = TERM_NIL, st = ST_OK;
    if (st == ST_OK && f->compile_info.size > 0) {
        st = decode_extra(m, f->compile_info.data, f->compile_info.size, &m->compile_info);
        if (st == ST_FORMAT) m->compile_info = TERM_NIL, st = ST_OK;
    }
    return st;
}

static Status build_parts(Image *m, const BeamFile *f, Diag *d)
{
    program_md5_init(&m->md5, f);
    Status st = build_atoms(m, f, d);
    if (st == ST_OK) st = build_imports(m, f);
    if (st == ST_OK) st = build_funs(m, f);
    if (st == ST_OK) st = build_files(m, f);
    if (st == ST_OK) st = build_info(m, f);
    if (st == ST_OK) {
        st = build_literals(m, f);
        if (st != ST_OK && d != NULL && d->text[0] == '\0')
            diag_set(d, st == ST_FORMAT ? "a literal is malformed" : "no room for the literals");
    }
    if (st != ST_OK) return st;
    Bitset checks;
    TRY(verify_code(f, m, &checks, d));
    st = translate_code(f, m, &checks, d);
    bitset_clear(&checks);
    return st;
}

static size_t memory_of(const Image *m)
{
    return sizeof *m + m->code_words * 8 + m->num_functions * sizeof *m->functions +
           m->num_exports * sizeof *m->exports + m->num_funs * sizeof *m->funs + m->frozen_bytes +
           (m->num_literals + m->num_files) * sizeof(Term) + m->num_extra * sizeof *m->extra +
           m->num_lines * sizeof *m->lines + m->num_imports * 4 + m->num_atoms * 8 +
           m->export_bytes + m->file_size;
}

// What the MD5 is of is in the file that the image keeps, unless that is compressed.
static Status keep_md5(Image *m, const BeamFile *f)
{
    uint8_t value[16];
    if (f->owned != NULL) return program_md5_get(&m->md5, value) ? ST_OK : ST_NOMEM;
    program_md5_move(&m->md5, f->bytes, m->file_bytes);
    return ST_OK;
}

Status image_build(const uint8_t *bytes, size_t len, const BeamLimits *limits, Arena *scratch,
                   Image **out, Diag *d)
{
    BeamFile f;
    Status st = beam_file_parse(&f, bytes, len, limits, scratch, d);
    if (st != ST_OK) return st;
    Image *m = arena_charge(scratch, sizeof *m) ? calloc(1, sizeof *m) : NULL;
    if (m == NULL) {
        beam_file_clear(&f);
        return ST_NOMEM;
    }
    m->refs = 1;
    m->scratch = scratch;
    st = build_parts(m, &f, d);
    if (st == ST_OK) {
        m->file_bytes = image_take(m, len);
        if (m->file_bytes == NULL) st = ST_NOMEM;
        else paced_copy(m->file_bytes, bytes, len);
    }
    if (st == ST_OK) st = keep_md5(m, &f);
    if (st == ST_OK) {
        m->file_size = len;
        m->memory_bytes = memory_of(m);
        m->scratch = NULL;
        m->inflated_bytes = f.owned != NULL ? f.size : 0;
        if (f.literal_bytes_size > m->inflated_bytes) m->inflated_bytes = f.literal_bytes_size;
        *out = m;
    } else {
        BeamSpan name = beam_file_atom(&f, 1);
        if (d != NULL) diag_prefix(d, "module %.*s: ", (int)name.size, name.data);
        image_release(m);
    }
    beam_file_clear(&f);
    return st;
}

void image_retain(Image *m) { __atomic_add_fetch(&m->refs, 1, __ATOMIC_RELAXED); }

void image_release(Image *m)
{
    if (__atomic_sub_fetch(&m->refs, 1, __ATOMIC_ACQ_REL) != 0) return;
    if (m->stored) image_store_forget(m);
    Pace work = PACE_START;
    for (size_t i = 0; i < m->num_imports; i++, (void)pace(&work, 64))
        export_release(m->imports[i]);
    for (size_t i = 0; i < m->num_exports; i++, (void)pace(&work, 64))
        export_release(m->exports[i].number);
    for (size_t i = 0; i < m->num_extra; i++, (void)pace(&work, 64))
        frozen_free(m->extra[i].block, m->extra[i].bytes);
    if (m->literal_area != NULL) frozen_free(m->literal_area, m->literal_bytes);
    for (size_t i = 0; i < m->num_atoms; i++, (void)pace(&work, 64)) atom_release(m->atoms[i]);
    free(m->atoms), free(m->imports), free(m->exports), free(m->funs), free(m->extra);
    free(m->literals), free(m->code), free(m->functions), free(m->lines), free(m->files);
    free(m->file_bytes);
    free(m);
}

// ---- finding ----------------------------------------------------------------------
// A function's words begin at its func_info, four words before its entry.
const ImageFunction *image_function_at(const Image *m, const Word *at)
{
    if (!image_contains(m, at)) return NULL;
    size_t low = 0, high = m->num_functions;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (m->functions[mid].code - 4 <= at) low = mid + 1;
        else high = mid;
    }
    return low == 0 ? NULL : &m->functions[low - 1];
}

const ImageFunction *image_find_function(const Image *m, Term name, unsigned arity)
{
    for (size_t i = 0; i < m->num_functions; i++) {
        if (m->functions[i].name == name && m->functions[i].arity == arity) return &m->functions[i];
    }
    return NULL;
}

bool image_line_at(const Image *m, const Word *at, Term *file, uint32_t *line)
{
    const ImageFunction *f = image_function_at(m, at);
    if (f == NULL) return false;
    uint32_t offset = (uint32_t)(at - m->code), first = (uint32_t)(f->code - 4 - m->code);
    size_t low = 0, high = m->num_lines;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (m->lines[mid].code_offset <= offset) low = mid + 1;
        else high = mid;
    }
    if (low == 0) return false;
    const ImageLine *l = &m->lines[low - 1];
    if (l->code_offset < first || (l->line == 0 && l->file == 0)) return false;
    *file = m->files[l->file < m->num_files ? l->file : 0];
    *line = l->line;
    return true;
}
