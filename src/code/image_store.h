// SPDX-License-Identifier: Apache-2.0
// code/image_store.h - images by content, process-wide.
#pragma once
#include "code/image.h"
#include "policy/limits.h"

// The image of these bytes, built once per content. *out is retained.
MUST_USE Status image_store_get(const uint8_t *bytes, size_t len, Image **out, Diag *d);
// The same for a sandbox with these limits on files and chunks, which are only read, and memory
// from scratch (image_build). ST_LIMIT: *which says which of them, or is LIMIT_COUNT when the
// process's own tables are full.
MUST_USE Status image_store_get_within(const uint8_t *bytes, size_t len, const Limits *limits,
                                       Arena *scratch, LimitKind *which, Image **out, Diag *d);
size_t image_store_count(void);
// For image_release alone: the image's count is zero, take it off the list.
void image_store_forget(Image *m);
