// SPDX-License-Identifier: Apache-2.0
// bif/boot.h - what a sandbox needs from bif/ to begin and to end.
#pragma once
#include "code/image.h"
#include "heap/etf.h"
#include "proc/isolate.h"

// Makes the engine's own Erlang modules known to the library. Once per OS process.
MUST_USE Status boot_register(void);

// How External Term Format turns into terms of this isolate, funs of its code included.
EtfNames boot_etf_names(Isolate *iso);

// Tables that builtins keep in an isolate. Before its first process; after its last.
MUST_USE Status boot_isolate(Isolate *iso);
void boot_clear(Isolate *iso);

// Links a module that the host brings, as code:load_binary/3 would: old code is purged
// when no process runs it; on_load runs before the module can be called.
// ST_EXISTS: old code is in use. ST_LIMIT.
MUST_USE Status boot_load_image(Isolate *iso, Image *image);
