// SPDX-License-Identifier: Apache-2.0
// beam/compact.c - see compact.h.
//
//   vvvv0ttt                      4 bits
//   vvv01ttt vvvvvvvv             11 bits
//   nnn11ttt then n+2 bytes       n < 7
//   11111ttt, a TAG_U number m, then m+9 bytes

#include "beam/compact.h"

// The size of a long value is itself a number; a size of a size would have to
// be longer than any file, so one level is read and no more.
static bool read_size(const uint8_t **at, const uint8_t *end, uint32_t *size)
{
    if (*at == end) return false;
    uint8_t head = *(*at)++;
    if ((head & 7) != TAG_U) return false;
    if (!(head & 8)) {
        *size = (head >> 4) + 9u;
        return true;
    }
    uint32_t count = head & 0x10 ? (head >> 5) + 2u : 1u;
    uint64_t value = head & 0x10 ? 0 : head >> 5;
    if (count > 8 || (size_t)(end - *at) < count) return false;
    for (uint32_t i = 0; i < count; i++) {
        if (value >> 32) return false;
        value = value << 8 | *(*at)++;
    }
    if (value > UINT32_MAX - 9) return false;
    *size = (uint32_t)value + 9;
    return true;
}

static void set_bytes(CompactNumber *out, const uint8_t *bytes, uint32_t size)
{
    if (size <= 8) {
        bool negative = bytes[0] & 0x80;
        uint64_t value = out->tag == TAG_I && negative ? UINT64_MAX : 0;
        for (uint32_t i = 0; i < size; i++) value = value << 8 | bytes[i];
        if (out->tag == TAG_I || size < 8 || !negative) {
            out->value = value;
            return;
        }
    }
    out->big = true;
    out->value = UINT64_MAX;
    out->bytes = bytes;
    out->size = size;
}

bool compact_read(const uint8_t **at, const uint8_t *end, CompactNumber *out)
{
    if (*at == end) return false;
    uint8_t head = *(*at)++;
    *out = (CompactNumber){.tag = head & 7};
    if (!(head & 8)) {
        out->value = head >> 4;
        return true;
    }
    if (!(head & 0x10)) {
        if (*at == end) return false;
        out->value = (uint64_t)(head >> 5) << 8 | *(*at)++;
        return true;
    }
    uint32_t size = (head >> 5) + 2u;
    if (size == 9 && !read_size(at, end, &size)) return false;
    if ((size_t)(end - *at) < size) return false;
    set_bytes(out, *at, size);
    *at += size;
    return true;
}

static Status write_bytes(Buf *b, CompactTag tag, const uint8_t *bytes, uint32_t size)
{
    if (size <= 8) {
        TRY(buf_append_u8(b, (uint8_t)((size - 2) << 5 | 0x18 | tag)));
    } else {
        TRY(buf_append_u8(b, (uint8_t)(0xf8 | tag)));
        TRY(compact_write(b, TAG_U, size - 9));
    }
    return buf_append(b, bytes, size);
}

Status compact_write(Buf *b, CompactTag tag, uint64_t value)
{
    if (value < 16) return buf_append_u8(b, (uint8_t)(value << 4 | tag));
    if (value < 0x800) {
        TRY(buf_append_u8(b, (uint8_t)((value >> 3 & 0xe0) | 8 | tag)));
        return buf_append_u8(b, (uint8_t)value);
    }
    // One byte more than the digits need when their first bit is set: the
    // bytes are signed.
    uint8_t bytes[9] = {0};
    put_u64be(bytes + 1, value);
    uint32_t skip = 0;
    while (bytes[skip] == 0 && !(bytes[skip + 1] & 0x80)) skip++;
    return write_bytes(b, tag, bytes + skip, 9 - skip);
}

Status compact_write_int(Buf *b, int64_t value)
{
    if (value >= 0) return compact_write(b, TAG_I, (uint64_t)value);
    uint8_t bytes[8];
    put_u64be(bytes, (uint64_t)value);
    uint32_t skip = 0;
    while (skip < 6 && bytes[skip] == 0xff && (bytes[skip + 1] & 0x80)) skip++;
    return write_bytes(b, TAG_I, bytes + skip, 8 - skip);
}

Status compact_write_big(Buf *b, CompactTag tag, const uint8_t *bytes, uint32_t size)
{
    return write_bytes(b, tag, bytes, size);
}
