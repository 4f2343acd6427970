// SPDX-License-Identifier: Apache-2.0
// code/export.h - small numbers for Module:Function/Arity, process-wide.
//
// Images are shared, so a call site names its target by a number; each sandbox
// maps numbers to entry points (code_table.h). A number is counted: images hold
// one reference for each import and export. At zero it is recycled.
//
//   E1  the record of a number does not move while the process lives.
//   E2  `stub` is the code that an unset entry reaches: instruction `undefined`.
#pragma once
#include "base/status.h"
#include "term/term.h"

typedef struct ExportRecord {
    // Laid out as a function of an image: [func_info][module][function][arity],
    // then [undefined][number]; the entry is stub + 4.
    uint64_t stub[6];
    Term module, function;
    uint32_t arity;
    uint32_t number;
    uint64_t refs;
    uint32_t next;  // hash chain or free list
    uint32_t hash;
} ExportRecord;

enum { EXPORT_PAGE = 256 };
typedef struct ExportPage {
    const uint64_t *entry[EXPORT_PAGE];
} ExportPage;

MUST_USE Status export_init(void);
// The number of M:F/A, with one reference more. *is_new: nobody had one. ST_NOMEM.
MUST_USE Status export_intern(Term module, Term function, unsigned arity, uint32_t *number,
                              bool *is_new);
// Memory that a number takes: its record, its entry, its place in a bucket.
#define EXPORT_COST (sizeof(ExportRecord) + 2 * sizeof(uint64_t))
// The number if it exists; false else. The number is only as stable as the
// caller's own references to it.
bool export_find(Term module, Term function, unsigned arity, uint32_t *number);
void export_release(uint32_t number);
ExportRecord *export_record(uint32_t number);
// The page of entries that all lead to their stubs.
const ExportPage *export_default_page(uint32_t page);
size_t export_count(void);   // live numbers
