// SPDX-License-Identifier: Apache-2.0
// bif/services.h - system processes that start when somebody asks for them, and reports of crashes.
#pragma once
#include "proc/isolate.h"

// Sets iso->service, iso->table_service and iso->crashed.
MUST_USE Status services_init(Isolate *iso);
void services_clear(Isolate *iso);
