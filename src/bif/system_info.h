// SPDX-License-Identifier: Apache-2.0
// bif/system_info.h - the parts of system_info/1.
#pragma once
#include "bif/bif.h"

// Items with an argument, {Item, …}: TERM_NONE with the exception set when refused or
// unknown.
Term system_info_tuple(Process *p, Term item);
// allocated_areas
Term system_info_areas(Process *p);
