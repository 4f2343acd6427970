// SPDX-License-Identifier: Apache-2.0
// bif/file_name.h - names of files as the operating system has them.
#pragma once
#include "base/buf.h"
#include "bif/bif.h"

// A (nested) list of characters without zeros as UTF-8, or the bytes of a bit string as they are,
// at the end of b. False: exception set (badarg for what is no name).
bool file_name_append(Process *p, Buf *b, Term name);
