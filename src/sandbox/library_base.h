// SPDX-License-Identifier: Apache-2.0
// sandbox/library_base.h - the part of the library that every sandbox starts with.
#pragma once
#include "sandbox/sandbox_int.h"

// Prepares the process-wide tables once, finds OTP and Elixir, and links the base
// modules into e->base.
MUST_USE Status library_base_init(Engine *e, const EngineOptions *o, Diag *d);
void library_base_clear(Engine *e);
