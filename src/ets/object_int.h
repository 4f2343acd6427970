// SPDX-License-Identifier: Apache-2.0
// ets/object_int.h - objects, for the containers of ets/.
#pragma once
#include "ets/object.h"

// Frees o and what its terms refer to outside of it.
void ets_object_free(Space *s, EtsObject *o);
