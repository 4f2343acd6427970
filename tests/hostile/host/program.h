// SPDX-License-Identifier: Apache-2.0
// tests/hostile/host/program.h - what a hostile program says of itself in comment lines.
//
//   % hostile: N ...        the numbers of tests/hostile/ATTACKS that it carries out
//   % verdict: V [or V]...  done, killed, stopped (destroyed in the middle), error REASON,
//                           limit KIND, deadline, halted N, refused TEXT (the module is not
//                           loaded, and TEXT occurs in the reason)
//   % limits: NAME=N,...    as the options of "apex run"; memory=64M and deadline=10s
//                           are given unless said otherwise
//   % allow: CAP,...        % deny: CAP,...
//   % linger: MS            the sandbox goes on so long after main/0 has ended
//   % destroy: MS           the sandbox is destroyed so long after the start
//   % copies: N             so many sandboxes run the program at once
//   % neighbour: WHY        its gap is not judged
//
// In Elixir "#" instead of "%".
#pragma once
#include "sandbox/sandbox.h"

typedef struct Program {
    char name[64];
    char verdict[200];
    SandboxConfig config;
    unsigned linger_ms, destroy_ms, copies;
    bool gap_excused;
} Program;

// Ends the process with a message when the file cannot be read or makes no sense.
void program_read(Program *p, const char *sources, const char *name);
bool program_verdict_fits(const Program *p, const char *got);
_Noreturn void die(const char *what, const char *why);
