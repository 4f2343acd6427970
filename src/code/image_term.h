// SPDX-License-Identifier: Apache-2.0
// code/image_term.h - terms that belong to an image, in the frozen region.
#pragma once
#include "beam/code_reader.h"
#include "code/image.h"

// The term of an integer operand (K_INT or K_BIG). TERM_NONE: no memory.
Term image_big_literal(Image *m, const Operand *o);
