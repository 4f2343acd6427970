// SPDX-License-Identifier: Apache-2.0
// Bit strings against a picture of one byte a bit.

#include "heap/bits.h"

#include "unit.h"

#define BITS 2048

static uint64_t state_ = 12345;
static uint64_t rng(void)
{
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return state_ >> 24;
}

static void spread(const uint8_t *bytes, uint8_t *bits)
{
    for (size_t i = 0; i < BITS; i++) bits[i] = bytes[i / 8] >> (7 - i % 8) & 1;
}

static void bits_are_copied_and_nothing_else(void **state)
{
    uint8_t src[BITS / 8], dst[BITS / 8], s[BITS], d[BITS], now[BITS];
    for (int round = 0; round < 20000; round++) {
        for (size_t i = 0; i < sizeof src; i++) src[i] = (uint8_t)rng(), dst[i] = (uint8_t)rng();
        spread(src, s);
        spread(dst, d);
        size_t len = rng() % (round % 2 ? 30 : 900), from = rng() % 1000, to = rng() % 1000;
        if (round % 5 == 0) from &= ~(size_t)7, to &= ~(size_t)7;
        bits_copy(dst, to, src, from, len);
        spread(dst, now);
        memcpy(d + to, s + from, len);
        assert_memory_equal(now, d, BITS);
        assert_int_equal(bits_compare(dst, to, src, from, len), 0);
        if (len > 0) {
            size_t at = rng() % len;
            dst[(to + at) / 8] ^= (uint8_t)(0x80 >> (to + at) % 8);
            bool dst_has_one = s[from + at] == 0;
            int order = bits_compare(dst, to, src, from, len);
            assert_true(dst_has_one ? order > 0 : order < 0);
        }
    }
}

// The value of an Erlang integer segment, bit by bit.
static unsigned __int128 picture(const uint8_t *bits, size_t pos, unsigned n, bool little)
{
    unsigned __int128 v = 0;
    for (unsigned i = 0; i < n; i++) {
        unsigned place = n - 1 - i;
        if (little) {
            unsigned byte = i / 8, width = byte == n / 8 ? n % 8 : 8;
            place = byte * 8 + (width - 1 - i % 8);
        }
        v |= (unsigned __int128)bits[pos + i] << place;
    }
    return v;
}

static void integers_are_read_and_written(void **state)
{
    uint8_t bytes[BITS / 8], bits[BITS];
    for (int round = 0; round < 100000; round++) {
        if (round % 16 == 0) {
            for (size_t i = 0; i < sizeof bytes; i++)
                bytes[i] = (uint8_t)(round % 32 ? rng() : 0xFF);
            spread(bytes, bits);
        }
        size_t pos = rng() % 200;
        bool little = rng() % 2, is_signed = rng() % 2;
        unsigned n = (unsigned)(rng() % 65);
        uint64_t want = (uint64_t)picture(bits, pos, n, little);
        assert_true(bits_get_uint(bytes, pos, n, little) == want);
        bits_put_uint(bytes, pos, n, ~want, little);
        assert_true(bits_get_uint(bytes, pos, n, little) ==
                    (n == 64 ? ~want : ~want & ((1ull << n) - 1)));
        bits_put_uint(bytes, pos, n, want, little);

        n = (unsigned)(rng() % 127);
        unsigned __int128 wide = picture(bits, pos, n, little);
        bool negative = is_signed && n > 0 && (wide >> (n - 1) & 1);
        unsigned __int128 size = negative ? ((unsigned __int128)1 << n) - wide : wide;
        Term room[8], *hp = room;
        Term t = bits_get_integer_at(&hp, bytes, pos, n, is_signed, little);
        assert_true((size_t)(hp - room) <= bits_integer_words(n));
        if (is_small(t)) {
            int64_t v = small_value(t);
            assert_true((v < 0) == negative || v == 0);
            assert_true((unsigned __int128)(v < 0 ? -v : v) == size);
        } else {
            assert_true(big_is_negative(t) == negative);
            unsigned __int128 v = big_digits(t)[0];
            if (big_limbs(t) == 2) v |= (unsigned __int128)big_digits(t)[1] << 64;
            assert_true(v == size && !(negative ? v <= (1ull << 59) : v < (1ull << 59)));
            assert_true(big_digits(t)[big_limbs(t) - 1] != 0);
        }
        uint8_t copy[BITS / 8];
        memcpy(copy, bytes, sizeof copy);
        for (size_t i = pos; i < pos + n; i++) copy[i / 8] ^= (uint8_t)(rng() % 2 << (7 - i % 8));
        bits_put_integer(copy, pos, n, t, little);
        assert_memory_equal(copy, bytes, sizeof copy);
    }
}

static void wide_integers(void **state)
{
    uint8_t bytes[64], again[64];
    for (int round = 0; round < 2000; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)rng();
        Term room[16], *hp = room;
        bool little = rng() % 2, is_signed = rng() % 2;
        uint64_t n = 130 + rng() % 300, pos = rng() % 60;
        Term t = bits_get_integer_at(&hp, bytes, pos, n, is_signed, little);
        memcpy(again, bytes, sizeof again);
        bits_put_integer(again, pos, n, make_small(0), little);
        bits_put_integer(again, pos, n, t, little);
        assert_memory_equal(again, bytes, sizeof bytes);
    }
}

static void characters(void **state)
{
    uint8_t bytes[16];
    for (uint32_t c = 0; c < 0x110100; c += c < 0x11000 ? 1 : 61) {
        if (!is_code_point(c)) {
            uint32_t none;
            bits_put_uint(bytes, 3, 32, c, false);
            assert_int_equal(bits_get_utf32(bytes, 3, 32, false, &none), 0);
            continue;
        }
        uint32_t got = 0;
        unsigned n = utf8_bytes(c) * 8;
        bits_put_utf8(bytes, 5, c);
        assert_int_equal(bits_get_utf8(bytes, 5, n, &got), n);
        assert_int_equal(got, c);
        assert_int_equal(bits_get_utf8(bytes, 5, n - 1, &got), 0);
        for (int little = 0; little < 2; little++) {
            n = utf16_bytes(c) * 8;
            bits_put_utf16(bytes, 5, c, little);
            assert_int_equal(bits_get_utf16(bytes, 5, n, little, &got), n);
            assert_int_equal(got, c);
            assert_int_equal(bits_get_utf16(bytes, 5, n - 1, little, &got), 0);
        }
    }
    static const char *bad[] = {
        "\x80",         "\xC0\x80",         "\xC1\xBF",         "\xE0\x80\x80",
        "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
        "\xFF",         "\xE2\x28\xA1"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        uint32_t c;
        assert_int_equal(bits_get_utf8((const uint8_t *)bad[i], 0, strlen(bad[i]) * 8, &c), 0);
    }
}

static void floats(void **state)
{
    uint8_t b[16];
    double v;
    static const struct {
        double in;
        double half;
    } halves[] = {
        {1.0, 1.0},
        {-2.5, -2.5},
        {65504.0, 65504.0},
        {0.0, 0.0},
        {6.103515625e-5, 6.103515625e-5},
        {5.9604644775390625e-8, 5.9604644775390625e-8},
        {2.9e-8, 0.0},
        {3.0e-8, 5.9604644775390625e-8},
        {0.1, 0.0999755859375},
        {2049.0, 2048.0},
        {2051.0, 2052.0},
        {6.1e-5, 6.097555160522461e-5},
    };
    for (size_t i = 0; i < ARRAY_LEN(halves); i++) {
        for (int little = 0; little < 2; little++) {
            bits_put_float(b, 3, 16, halves[i].in, little);
            assert_true(bits_get_float(b, 3, 16, little, &v));
            assert_true(v == halves[i].half);
        }
    }
    bits_put_float(b, 0, 16, 65519.9, false);
    assert_int_equal(bits_get_uint(b, 0, 16, false), 0x7BFF);
    bits_put_float(b, 0, 16, 65519.99999999999, false);
    assert_int_equal(bits_get_uint(b, 0, 16, false), 0x7BFF);
    bits_put_float(b, 0, 16, 65520.0, false);
    assert_int_equal(bits_get_uint(b, 0, 16, false), 0x7C00);
    bits_put_float(b, 0, 32, -1e39, false);
    assert_int_equal(bits_get_uint(b, 0, 32, false), 0xFF800000);
    bits_put_float(b, 1, 32, 1.5e38, true);
    assert_true(bits_get_float(b, 1, 32, true, &v) && v == (double)1.5e38f);
    bits_put_float(b, 1, 64, -0.1, true);
    assert_true(bits_get_float(b, 1, 64, true, &v) && v == -0.1);
    for (uint32_t h = 0; h < 0x10000; h++) {
        bits_put_uint(b, 0, 16, h, false);
        bool finite = bits_get_float(b, 0, 16, false, &v);
        assert_true(finite == ((h & 0x7C00) != 0x7C00));
        if (!finite) continue;
        bits_put_float(b, 0, 16, v, false);
        assert_int_equal(bits_get_uint(b, 0, 16, false), h);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bits_are_copied_and_nothing_else),
        cmocka_unit_test(integers_are_read_and_written),
        cmocka_unit_test(wide_integers),
        cmocka_unit_test(characters),
        cmocka_unit_test(floats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
