// SPDX-License-Identifier: Apache-2.0
// apps/apex/tenant.h - the program behind a PATH of the command line.
//
// A PATH is a .beam, .erl or .ex file, or a directory that holds some, at any
// depth. Sources are compiled by the installed erlc and elixirc.

#ifndef APEX_TENANT_H
#define APEX_TENANT_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/vec.h"

typedef struct TenantModule {
    char *name;  // of the file, without ".beam": the module's own when unchanged
    char *path;  // where the bytes were read, for messages
    uint8_t *bytes;
    size_t size;
} TenantModule;

typedef struct Tenant {
    char *name;  // last part of the path, without the suffix of a file
    char *path;
    Vec(TenantModule) modules;  // names differ; what was compiled now wins
} Tenant;

// Reads the modules behind path, compiling what must be. ST_INVALID: a compiler
// refused (it has said why on standard error); ST_NOT_FOUND: no such path, nothing
// in it, or the compiler is not installed. Clear the tenant in every case.
MUST_USE Status tenant_load(Tenant *t, const char *path, Diag *d);
void tenant_clear(Tenant *t);

#endif
