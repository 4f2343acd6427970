// SPDX-License-Identifier: Apache-2.0
// sandbox/library_base.c - finding the library, linking its base.
#include "sandbox/library_base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "bif/bif.h"
#include "bif/boot.h"
#include "heap/frozen.h"
#include "term/big_memory.h"

static Status init_tables(void)
{
    big_memory_init();
    TRY(atom_table_init());
    TRY(frozen_init());
    TRY(export_init());
    return bif_init();
}

// The first of the candidates that is a directory.
static const char *first_directory(const char *const *candidates)
{
    for (; *candidates != NULL; candidates++) {
        if (os_is_directory(*candidates)) return *candidates;
    }
    return NULL;
}

static const char *root_of(const char *given, const char *variable, const char *const *places)
{
    if (given != NULL) return given;
    const char *env = getenv(variable);
    return env != NULL && *env != '\0' ? env : first_directory(places);
}

// Guests see each library where a Debian system has it, wherever the host has it.
static Status add_roots(const EngineOptions *o, Diag *d)
{
    static const char *const otp_places[] = {"/usr/lib/erlang/lib", "/usr/local/lib/erlang/lib",
                                             "/usr/lib64/erlang/lib", NULL};
    static const char *const elixir_places[] = {"/usr/lib/elixir/lib", "/usr/local/lib/elixir/lib",
                                                "/usr/lib64/elixir/lib", NULL};
    const char *otp = root_of(o->otp_root, "APEX_OTP_ROOT", otp_places);
    if (otp == NULL) {
        diag_set(d, "no Erlang/OTP found: install it, or set APEX_OTP_ROOT");
        return ST_NOT_FOUND;
    }
    TRY(library_add_root(otp, otp_places[0], d));
    for (size_t i = 0; i < o->num_paths; i++) {
        char shown[64];
        (void)snprintf(shown, sizeof shown, "/usr/lib/apex/%zu", i + 1);
        TRY(library_add_root(o->paths[i], shown, d));
    }
    const char *elixir = root_of(o->elixir_root, "APEX_ELIXIR_ROOT", elixir_places);
    return elixir == NULL ? ST_OK : library_add_root(elixir, elixir_places[0], d);
}

static Status link_module(Engine *e, const char *name, Diag *d)
{
    Term atom;
    TRY(atom_intern(name, strlen(name), &atom));
    Image *image;
    Status st = library_image(atom, &image, d);
    if (st == ST_OK) {
        st = code_table_load(&e->base, image, true);
        image_release(image);
    }
    atom_release(atom);
    return st;
}

static Status link_base(Engine *e, Diag *d)
{
    static const char *const names[] = {
#define BASE_MODULE(name) name,
#include "sandbox/base_modules.def"
#undef BASE_MODULE
    };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        Status st = link_module(e, names[i], d);
        if (st == ST_OK) continue;
        if (st == ST_NOT_FOUND) diag_set(d, "the library has no module %s", names[i]);
        return st;
    }
    return ST_OK;
}

Status library_base_init(Engine *e, const EngineOptions *o, Diag *d)
{
    TRY(init_tables());
    TRY(boot_register());
    TRY(add_roots(o, d));
    space_init(&e->base_space, ARENA_NO_LIMIT, 0, NULL);
    TRY(code_table_init(&e->base, &e->base_space, NULL));
    e->has_base = true;
    return link_base(e, d);
}

void library_base_clear(Engine *e)
{
    if (!e->has_base) return;
    code_table_clear(&e->base);
    space_clear(&e->base_space);
    e->has_base = false;
}
