// SPDX-License-Identifier: Apache-2.0
// bif/prim_file.c - files and directories: every operation is refused.
#include "bif/bif.h"
#include "bif/build.h"
#include "proc/isolate.h"

static Term refuse(Process *p, Cap cap)
{
    isolate_deny(p->iso, cap);
    return BUILD_TUPLE(p, AM_error, AM_eacces);
}

#define BIF(mod, fun, arity, cname, kind, cap, cost) \
    Term bif_##cname(Process *p, Term *args) { return refuse(p, CAP_##cap); }
#include "bif/prim_file.def"
#undef BIF

#define BIF(mod, fun, arity, cname, kind, cap, cost) \
    Term bif_##cname(Process *p, Term *args) { return bif_badarg(p); }
#include "bif/prim_file_handle.def"
#undef BIF

// The working directory of a sandbox is the root of what it may see.
Term bif_prim_file_get_cwd_0(Process *p, Term *args)
{
    return BUILD_TUPLE(p, AM_ok, bif_make_binary(p, "/", 1));
}
