// SPDX-License-Identifier: Apache-2.0
// bif/code_files.h - the .beam files that every sandbox can read; prim_file.c asks here before it
// refuses. name: as the operating system wants it (prim_file:internal_name2native/1).
#pragma once
#include "term/term.h"

struct Process;

// {ok, Bytes}, or {ok, Handle} of a file that is open for reading. TERM_NIL: the
// name is not that of such a file. [gc: no] [raises: system_limit]
Term code_file_read(struct Process *p, Term name);
Term code_file_open(struct Process *p, Term name);
// A record file_info with times in seconds. TERM_NIL as above. [gc: no] [raises: system_limit]
Term code_file_info(struct Process *p, Term name);

// The answer to what an open file is not for. [gc: no] [raises: badarg]
Term code_file_no_write(struct Process *p, Term handle);
