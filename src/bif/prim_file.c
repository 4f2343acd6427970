// SPDX-License-Identifier: Apache-2.0
// bif/prim_file.c - files and directories: every operation is refused, but for the reading of
// code_files.c.
#include "bif/bif.h"
#include "bif/build.h"
#include "bif/code_files.h"
#include "proc/isolate.h"

static Term refuse(Process *p, Cap cap)
{
    isolate_deny(p->iso, cap);  // whether it is granted or not
    return BUILD_TUPLE(p, AM_error, AM_eacces);
}

#define BIF(mod, fun, arity, cname, kind, cap, cost) \
    Term bif_##cname(Process *p, Term *args) { return refuse(p, CAP_##cap); }
#include "bif/prim_file.def"
#undef BIF

#define BIF(mod, fun, arity, cname, kind, cap, cost) \
    Term bif_##cname(Process *p, Term *args) { return code_file_no_write(p, args[0]); }
#include "bif/prim_file_handle.def"
#undef BIF

// A list of modes; one that writes is refused like any other file.
static bool reads_only(Process *p, Term modes)
{
    for (uint64_t n = 1; is_cons(modes); modes = cons_tail(modes), n++) {
        Term mode = cons_head(modes);
        if (n % 16 == 0) bif_charge(p, 1);
        if (mode == AM_write || mode == AM_append || mode == AM_exclusive) return false;
    }
    return true;
}

Term bif_prim_file_open_2(Process *p, Term *args)
{
    Term file = reads_only(p, args[1]) ? code_file_open(p, args[0]) : TERM_NIL;
    return file == TERM_NIL ? refuse(p, CAP_FILE_READ) : file;
}

Term bif_prim_file_read_file_1(Process *p, Term *args)
{
    Term bytes = code_file_read(p, args[0]);
    return bytes == TERM_NIL ? refuse(p, CAP_FILE_READ) : bytes;
}

Term bif_prim_file_read_info_2(Process *p, Term *args)
{
    Term info = code_file_info(p, args[0]);
    return info == TERM_NIL ? refuse(p, CAP_FILE_READ) : info;
}

// The working directory of a sandbox is the root of what it may see.
Term bif_prim_file_get_cwd_0(Process *p, Term *args)
{
    return BUILD_TUPLE(p, AM_ok, bif_make_binary(p, "/", 1));
}
