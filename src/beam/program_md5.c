// SPDX-License-Identifier: Apache-2.0
// beam/program_md5.c - see program_md5.h. The one-shot interfaces of OpenSSL ask for memory; these
// old ones cannot fail.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "beam/program_md5.h"

#include <openssl/md5.h>
#include <string.h>

#include "base/fiber.h"

enum { STATE_UNKNOWN, STATE_WRITING, STATE_KNOWN };

static const char *const essential[PROGRAM_PARTS] = {"AtU8", "Code", "StrT", "ImpT",
                                                     "ExpT", "FunT", "LitT", "Meta"};
enum { PART_ATOMS = 0, PART_FUNS = 5 };

void program_md5_init(ProgramMd5 *m, const BeamFile *f)
{
    *m = (ProgramMd5){0};
    for (size_t i = 0; i < PROGRAM_PARTS; i++) {
        const BeamChunk *c = beam_file_chunk(f, essential[i]);
        if (c == NULL && i == PART_ATOMS) c = beam_file_chunk(f, "Atom");
        if (c != NULL) m->parts[i] = c->span;
    }
}

void program_md5_move(ProgramMd5 *m, const uint8_t *from, const uint8_t *to)
{
    for (size_t i = 0; i < PROGRAM_PARTS; i++) {
        if (m->parts[i].size > 0) m->parts[i].data = to + (m->parts[i].data - from);
    }
}

static bool add(MD5_CTX *ctx, const uint8_t *bytes, size_t n)
{
    for (size_t at = 0; at < n; at += PACED_BYTES) {
        size_t piece = n - at < PACED_BYTES ? n - at : PACED_BYTES;
        MD5_Update(ctx, bytes + at, piece);
        if (n > PACED_BYTES && !pause_point()) return false;
    }
    return true;
}

// The unique values of the funs depend on the MD5 of the rest and count as 0.
static bool add_funs(MD5_CTX *ctx, BeamSpan s)
{
    static const uint8_t zeros[4];
    if (s.size < 4) return true;
    Pace pacer = PACE_START;
    MD5_Update(ctx, s.data, 4);
    for (uint32_t at = 4; s.size - at >= 24; at += 24) {
        MD5_Update(ctx, s.data + at, 20);
        MD5_Update(ctx, zeros, 4);
        if (!pace(&pacer, 24)) return false;
    }
    return true;
}

bool program_md5_get(const ProgramMd5 *known, uint8_t out[16])
{
    ProgramMd5 *m = (ProgramMd5 *)known;  // it remembers; nobody sees that
    if (__atomic_load_n(&m->state, __ATOMIC_ACQUIRE) == STATE_KNOWN) {
        memcpy(out, m->value, 16);
        return true;
    }
    MD5_CTX ctx;
    MD5_Init(&ctx);
    bool whole = true;
    for (size_t i = 0; whole && i < PROGRAM_PARTS; i++) {
        BeamSpan s = m->parts[i];
        whole = i == PART_FUNS ? add_funs(&ctx, s) : add(&ctx, s.data, s.size);
    }
    MD5_Final(out, &ctx);
    // Whoever comes second has the same result.
    uint32_t unknown = STATE_UNKNOWN;
    if (whole && __atomic_compare_exchange_n(&m->state, &unknown, STATE_WRITING, false,
                                             __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
        memcpy(m->value, out, 16);
        __atomic_store_n(&m->state, STATE_KNOWN, __ATOMIC_RELEASE);
    }
    return whole;
}
