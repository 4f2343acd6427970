// SPDX-License-Identifier: Apache-2.0
// code/image_store.c - images by the SHA-256 of their bytes.
//
// The store holds no reference of its own: an image is listed from the time it
// is built until the last holder lets go. A lookup that meets an image whose
// count has reached zero treats it as gone.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/fiber.h"
#include "code/code_table.h"
#include "code/image_store.h"

enum { BUCKETS = 4096 };

static struct {
    pthread_mutex_t lock;
    Image *buckets[BUCKETS];
    size_t count;
} store = {.lock = PTHREAD_MUTEX_INITIALIZER};

static Image **bucket_of(const uint8_t sha[32])
{
    return &store.buckets[(sha[0] | (unsigned)sha[1] << 8) % BUCKETS];
}

// Retains unless the count is zero already.
static bool try_retain(Image *m)
{
    uint64_t n = __atomic_load_n(&m->refs, __ATOMIC_RELAXED);
    while (n != 0) {
        if (__atomic_compare_exchange_n(&m->refs, &n, n + 1, false, __ATOMIC_ACQ_REL,
                                        __ATOMIC_RELAXED))
            return true;
    }
    return false;
}

static Image *find(const uint8_t sha[32])
{
    for (Image *m = *bucket_of(sha); m != NULL; m = m->store_next) {
        if (memcmp(m->sha256, sha, 32) == 0 && try_retain(m)) return m;
    }
    return NULL;
}

void image_store_forget(Image *m)
{
    pthread_mutex_lock(&store.lock);
    for (Image **at = bucket_of(m->sha256); *at != NULL; at = &(*at)->store_next) {
        if (*at != m) continue;
        *at = m->store_next;
        store.count--;
        break;
    }
    pthread_mutex_unlock(&store.lock);
}

// The one-shot function looks its algorithm up each time, which takes longer than a small file.
static void sha256(const uint8_t *bytes, size_t len, uint8_t out[32])
{
    SHA256_CTX ctx;
    SHA256_Init(&ctx);
    for (size_t n; len > 0; bytes += n, len -= n, (void)pause_point()) {
        n = len < PACED_BYTES ? len : PACED_BYTES;
        SHA256_Update(&ctx, bytes, n);
    }
    SHA256_Final(out, &ctx);
}

static Status get(const uint8_t *bytes, size_t len, const BeamLimits *limits, Arena *scratch,
                  Image **out, Diag *d)
{
    uint8_t sha[32];
    sha256(bytes, len, sha);
    pthread_mutex_lock(&store.lock);
    Image *m = find(sha);
    pthread_mutex_unlock(&store.lock);
    if (m != NULL) {
        *out = m;
        return ST_OK;
    }
    Status st = image_build(bytes, len, limits, scratch, &m, d);
    if (st != ST_OK) return st;
    memcpy(m->sha256, sha, 32);
    pthread_mutex_lock(&store.lock);
    Image *other = find(sha);  // built by another thread meanwhile
    if (other == NULL) {
        m->stored = true;
        m->store_next = *bucket_of(sha);
        *bucket_of(sha) = m;
        store.count++;
    }
    pthread_mutex_unlock(&store.lock);
    if (other != NULL) image_release(m);
    *out = other != NULL ? other : m;
    return ST_OK;
}

Status image_store_get(const uint8_t *bytes, size_t len, Image **out, Diag *d)
{
    return get(bytes, len, NULL, NULL, out, d);
}

Status image_store_get_within(const uint8_t *bytes, size_t len, const Limits *limits,
                              Arena *scratch, LimitKind *which, Image **out, Diag *d)
{
    uint64_t file = limit_bound(limits, LIMIT_FILE), chunks = limit_bound(limits, LIMIT_CHUNKS);
    *which = LIMIT_FILE;
    if (len > file) {
        diag_set(d, "file larger than %llu bytes", (unsigned long long)file);
        return ST_LIMIT;
    }
    *which = LIMIT_CHUNKS;
    bool exceeded = false, packed = len >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;
    BeamLimits parts = {
        .file_bytes = packed ? chunks : len, .literal_bytes = chunks, .exceeded = &exceeded};
    Status st = get(bytes, len, &parts, scratch, out, d);
    if (st == ST_LIMIT && !exceeded) *which = LIMIT_COUNT;
    if (st == ST_NOMEM && scratch->limit != ARENA_NO_LIMIT) {
        *which = LIMIT_MEMORY;
        if (d != NULL && d->text[0] == '\0') diag_set(d, "no memory to build the module");
        return ST_LIMIT;
    }
    if (st != ST_OK || (*out)->inflated_bytes <= chunks) return st;
    // Another sandbox, which may have more, has loaded these bytes.
    image_release(*out);
    diag_set(d, "decompressed chunks larger than %llu bytes", (unsigned long long)chunks);
    return ST_LIMIT;
}

size_t image_store_count(void)
{
    pthread_mutex_lock(&store.lock);
    size_t n = store.count;
    pthread_mutex_unlock(&store.lock);
    return n;
}
