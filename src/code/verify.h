// SPDX-License-Identifier: Apache-2.0
// code/verify.h - proof that the code of a file keeps to the handlers' rules.
//
// Handlers read registers without looking, build on heap that was reserved
// before, and take terms apart without testing them. The verifier shows by data
// flow that the code of a file lets them: each function is walked in the order
// of its code, with a state that says what every register holds; where ways
// meet, states are merged, until nothing changes. Most functions need one walk.
//
//   V1  an x or y register that is read has been set on every way to there;
//       those that a collection keeps, and all slots, are set when it comes.
//   V2  a frame has the same size on every way, and what drops or trims it says
//       that size. Ways with different frames may meet only in code that raises.
//   V3  terms are built only on heap that was reserved and that nothing between
//       may have used.
//   V4  catch and try slots hold nothing but their mark until their handler ends,
//       handlers end innermost first, and a handler begins by ending itself.
//   V5  match contexts are never used as terms and change hands only as arguments of
//       local calls.
//   V6  a jump stays in its function; a call meets the entry of a function of
//       that arity; no way leads past the end of a function.
//   V7  on every cycle lies an instruction that costs a reduction and gives way.
//   V8  bits are put only into the binary that was begun last, with nothing between
//       that may suspend the process or collect.
//   V9  only a tuple that setelement/3 has just made is ever overwritten, and
//       never with something that may contain it.
//   V10 where a guard builtin fails, its result is what it was before. Compilers that know
//       from other functions that it cannot fail read it there all the same: a file that is
//       refused is walked again, with such results set to [] before the builtin.
//
// The kind of term that an instruction takes apart (cons, tuple of a size, map,
// float, context) is proven too where tests, constructions and literals show it.
// Where they do not, for compilers rely on more than the code of one function
// says, the instruction is listed in `checks` and the translator puts one before
// it that tests. What the file's own type table says is not believed.
//
// Memory: at most 96 bytes for each byte of code, and states for the labels of
// the largest function of at most 64 bytes for each byte of code and 256 KiB.
// Time: at most in proportion to the code; a function that needs more of either
// is refused as too complex, which compilers do not come near.
#pragma once
#include "base/bitset.h"
#include "beam/beam_file.h"
#include "code/image.h"

// Verifies the code of f. image: its atoms and literals are there. On ST_OK checks
// has as members the instructions, counted from 1 in the order of the code, that
// need a test; the caller clears it. ST_FORMAT: d names function, instruction,
// offset and what is wrong; ST_UNSUPPORTED; ST_NOMEM.
MUST_USE Status verify_code(const BeamFile *f, const Image *image, Bitset *checks, Diag *d);
