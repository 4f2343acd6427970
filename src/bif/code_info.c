// SPDX-License-Identifier: Apache-2.0
// bif/code_info.c - which modules and functions there are, and what is in them.
#include "beam/beam_file.h"
#include "bif/bif.h"
#include "bif/build.h"
#include "bif/code.h"
#include "code/code_table.h"
#include "exec/exec.h"
#include "proc/isolate.h"

// Modules that a stock node has loaded once it has booted. Here a library module is linked when it
// is first called; who asks whether one of these is loaded is told what stock would say.
static const char *const booted[] = {
    "application",
    "application_controller",
    "application_master",
    "beam_lib",
    "binary",
    "c",
    "code",
    "code_server",
    "erl_anno",
    "erl_distribution",
    "erl_eval",
    "erl_features",
    "erl_lint",
    "erl_parse",
    "erl_signal_handler",
    "erpc",
    "error_handler",
    "error_logger",
    "ets",
    "file",
    "file_io_server",
    "file_server",
    "filename",
    "gb_sets",
    "gb_trees",
    "gen",
    "gen_event",
    "gen_server",
    "global",
    "global_group",
    "heart",
    "inet",
    "inet_config",
    "inet_db",
    "inet_gethost_native",
    "inet_parse",
    "inet_udp",
    "io",
    "io_lib",
    "io_lib_format",
    "io_lib_pretty",
    "kernel",
    "kernel_config",
    "kernel_refc",
    "lists",
    "logger",
    "logger_backend",
    "logger_config",
    "logger_filters",
    "logger_formatter",
    "logger_h_common",
    "logger_handler_watcher",
    "logger_olp",
    "logger_proxy",
    "logger_server",
    "logger_simple_h",
    "logger_std_h",
    "logger_sup",
    "maps",
    "net_kernel",
    "orddict",
    "ordsets",
    "os",
    "peer",
    "proc_lib",
    "proplists",
    "queue",
    "rand",
    "raw_file_io",
    "rpc",
    "standard_error",
    "string",
    "supervisor",
    "supervisor_bridge",
    "sys",
    "unicode",
    "unicode_util",
    "user",
    "user_sup",
};

static bool is_booted(Term module)
{
    if (library_is_preloaded(module)) return true;
    for (size_t i = 0; i < ARRAY_LEN(booted); i++) {
        if (atom_is(module, booted[i])) return true;
    }
    return false;
}

const Image *code_link_library(Isolate *iso, Term module)
{
    const Module *m = code_table_find(iso->code, module);
    if (m == NULL || (m->current == NULL && m->pending == NULL)) {
        (void)exec_resolve(iso, module, AM_module_info, 0);
        m = code_table_find(iso->code, module);
    }
    return m == NULL ? NULL : m->current;
}

const Image *code_current(Isolate *iso, Term module)
{
    const Module *m = code_table_find(iso->code, module);
    if (m != NULL) return m->current;  // also when it has been deleted: NULL
    return is_booted(module) ? code_link_library(iso, module) : NULL;
}

// ---- module_info ----------------------------------------------------------------------
// {Name, Arity} of n functions, which `at` yields from the last to the first.
static Term function_list(Process *p, const Image *m, size_t n,
                          const ImageFunction *(*at)(const Image *, size_t))
{
    Term *hp = bif_alloc(p, 5 * n);
    if (hp == NULL) return TERM_NONE;
    bif_charge(p, n / 8);
    Term list = TERM_NIL;
    for (size_t i = n; i-- > 0;) {
        const ImageFunction *f = at(m, i);
        Term pair = tuple2_at(&hp, f->name, make_small(f->arity));
        list = cons_at(&hp, pair, list);
    }
    return list;
}

static const ImageFunction *nth_function(const Image *m, size_t i) { return &m->functions[i]; }

// The table of exports is in the reverse order of the source.
static const ImageFunction *nth_export(const Image *m, size_t i)
{
    return &m->functions[m->exports[m->num_exports - 1 - i].function];
}

Term bif_program_md5(Process *p, const ProgramMd5 *program)
{
    uint8_t md5[16];
    (void)program_md5_get(program, md5);
    return bif_make_binary(p, md5, sizeof md5);
}

static Term module_info(Process *p, const Image *m, Term what)
{
    switch (what) {
    case AM_module: return m->module;
    case AM_exports: return function_list(p, m, m->num_exports, nth_export);
    case AM_functions: return function_list(p, m, m->num_functions, nth_function);
    case AM_nifs: return TERM_NIL;
    case AM_attributes: return m->attributes;
    case AM_compile: return m->compile_info;
    case AM_md5: return bif_program_md5(p, &m->md5);
    case AM_native: return AM_false;
    default: return bif_badarg(p);
    }
}

Term bif_erlang_get_module_info_2(Process *p, Term *args)
{
    const Image *m = is_atom(args[0]) ? code_current(p->iso, args[0]) : NULL;
    return m == NULL ? bif_badarg(p) : module_info(p, m, args[1]);
}

Term bif_erlang_get_module_info_1(Process *p, Term *args)
{
    static const Term keys[] = {AM_module, AM_exports, AM_attributes, AM_compile, AM_md5};
    const Image *m = is_atom(args[0]) ? code_current(p->iso, args[0]) : NULL;
    if (m == NULL) return bif_badarg(p);
    Term list = TERM_NIL;
    for (size_t i = ARRAY_LEN(keys); i-- > 0;) {
        list = build_cons(p, BUILD_TUPLE(p, keys[i], module_info(p, m, keys[i])), list);
    }
    return list;
}

// ---- which there are ----------------------------------------------------------------------
Term bif_erlang_module_loaded_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return bif_badarg(p);
    return make_bool(code_current(p->iso, args[0]) != NULL);
}

Term bif_erlang_check_old_code_1(Process *p, Term *args)
{
    if (!is_atom(args[0])) return bif_badarg(p);
    const Module *m = code_table_find(p->iso->code, args[0]);
    return make_bool(m != NULL && m->old != NULL);
}

static Term add_absent(Process *p, Term name, Term list)
{
    if (name == TERM_NONE || list == TERM_NONE) return TERM_NONE;
    return code_table_find(p->iso->code, name) != NULL ? list : build_cons(p, name, list);
}

Term bif_erlang_loaded_0(Process *p, Term *args)
{
    Term list = TERM_NIL;
    const Module *m;
    for (size_t i = 0; (m = code_table_next(p->iso->code, &i)) != NULL;) {
        bif_charge(p, 1);
        if (m->current == NULL && m->old == NULL) continue;
        list = build_cons(p, m->name, list);
        if (list == TERM_NONE) return TERM_NONE;
    }
    // Those that count as loaded and have not been linked yet.
    for (size_t i = ARRAY_LEN(booted); i-- > 0;) {
        list = add_absent(p, bif_make_atom(p, booted[i], strlen(booted[i])), list);
    }
    for (size_t i = LIBRARY_PRELOADED; i-- > 0;) list = add_absent(p, library_preloaded[i], list);
    return list;
}

Term bif_erlang_pre_loaded_0(Process *p, Term *args)
{
    return build_list(p, LIBRARY_PRELOADED, library_preloaded);
}

static bool is_mfa(const Term *args)
{
    return is_atom(args[0]) && is_atom(args[1]) && is_small(args[2]);
}

Term bif_erlang_function_exported_3(Process *p, Term *args)
{
    if (!is_mfa(args)) return bif_badarg(p);
    int64_t arity = small_value(args[2]);
    if (arity < 0 || arity > 255) return AM_false;
    if (code_current(p->iso, args[0]) != NULL &&
        code_table_entry(p->iso->code, args[0], args[1], (unsigned)arity) != NULL) {
        return AM_true;
    }
    return make_bool(bif_find(args[0], args[1], (unsigned)arity) != NULL);
}

Term bif_erlang_is_builtin_3(Process *p, Term *args)
{
    if (!is_mfa(args)) return bif_badarg(p);
    int64_t arity = small_value(args[2]);
    if (arity < 0 || arity > 255) return AM_false;
    if (args[0] == AM_apex_host || args[0] == AM_prim_buffer || args[0] == AM_zlib)
        return AM_false;  // prim_buffer and zlib are native libraries in OTP
    return make_bool(bif_find(args[0], args[1], (unsigned)arity) != NULL);
}

// ---- files ------------------------------------------------------------------------------------
Status code_bytes_open(Process *p, Term binary, CodeBytes *out)
{
    *out = (CodeBytes){.space = &p->iso->space};
    out->data = binary_flat_bytes(out->space, binary, &out->len, &out->scratch, &out->scratch_size);
    return out->data == NULL ? ST_NOMEM : ST_OK;
}

void code_bytes_close(CodeBytes *b)
{
    if (b->scratch != NULL) arena_free(&b->space->arena, b->scratch, b->scratch_size);
}

// A file that is no .beam file has no chunks and no MD5.
static Status parse(Process *p, Term binary, CodeBytes *bytes, BeamFile *f)
{
    TRY(code_bytes_open(p, binary, bytes));
    bif_charge(p, bytes->len / 256);
    Status st = beam_file_parse(f, bytes->data, bytes->len, NULL, &p->iso->space.arena, NULL);
    if (st != ST_OK) code_bytes_close(bytes);
    return st;
}

// A list of four bytes, the name of a chunk.
static bool get_chunk_id(Term list, char id[5])
{
    unsigned n = 0;
    for (; is_cons(list) && n < 4; list = cons_tail(list)) {
        Term c = cons_head(list);
        if (!is_small(c) || small_value(c) < 0 || small_value(c) > 255) return false;
        id[n++] = (char)small_value(c);
    }
    id[n] = '\0';
    return n == 4 && is_nil(list);
}

Term bif_erts_internal_beamfile_chunk_2(Process *p, Term *args)
{
    char id[5];
    if (!is_binary(args[0]) || !get_chunk_id(args[1], id)) return bif_badarg(p);
    CodeBytes bytes;
    BeamFile f;
    Status st = parse(p, args[0], &bytes, &f);
    if (st == ST_NOMEM) return bif_no_memory(p);
    if (st != ST_OK) return AM_undefined;
    const BeamChunk *c = beam_file_chunk(&f, id);
    Term value = c == NULL ? AM_undefined : bif_make_binary(p, c->span.data, c->span.size);
    beam_file_clear(&f);
    code_bytes_close(&bytes);
    return value;
}

Term bif_erts_internal_beamfile_module_md5_1(Process *p, Term *args)
{
    if (!is_binary(args[0])) return bif_badarg(p);
    CodeBytes bytes;
    BeamFile f;
    Status st = parse(p, args[0], &bytes, &f);
    if (st == ST_NOMEM) return bif_no_memory(p);
    if (st != ST_OK) return AM_undefined;
    ProgramMd5 program;
    program_md5_init(&program, &f);
    Term value = bif_program_md5(p, &program);
    beam_file_clear(&f);
    code_bytes_close(&bytes);
    return value;
}
