// SPDX-License-Identifier: Apache-2.0
// beam/etf.h - a walk over the bytes of the External Term Format.
//
// Works on bytes alone: nothing is built, nothing is allocated, nothing recurs.
// A term is a head, which etf_head takes apart, and `children` terms behind it,
// in order. Walking is therefore a loop with a counter:
//
//     uint64_t pending = 1;
//     while (pending > 0) { etf_head(&at, end, &t); pending += t.children - 1; }
//
// Compressed terms (tag 80) are refused: whoever wants them inflates them under
// a limit of its own. Terms that exist only between connected nodes (atom cache
// references, local terms) are refused too.

#ifndef BEAM_ETF_H
#define BEAM_ETF_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/status.h"

#define ETF_VERSION 131u

// The tags of the format.
enum {
    ETF_TAG_NEW_FLOAT = 70,
    ETF_TAG_BIT_BINARY = 77,
    ETF_TAG_COMPRESSED = 80,
    ETF_TAG_NEW_PID = 88,
    ETF_TAG_NEW_PORT = 89,
    ETF_TAG_NEWER_REFERENCE = 90,
    ETF_TAG_SMALL_INTEGER = 97,
    ETF_TAG_INTEGER = 98,
    ETF_TAG_FLOAT = 99,
    ETF_TAG_ATOM = 100,
    ETF_TAG_REFERENCE = 101,
    ETF_TAG_PORT = 102,
    ETF_TAG_PID = 103,
    ETF_TAG_SMALL_TUPLE = 104,
    ETF_TAG_LARGE_TUPLE = 105,
    ETF_TAG_NIL = 106,
    ETF_TAG_STRING = 107,
    ETF_TAG_LIST = 108,
    ETF_TAG_BINARY = 109,
    ETF_TAG_SMALL_BIG = 110,
    ETF_TAG_LARGE_BIG = 111,
    ETF_TAG_NEW_FUN = 112,
    ETF_TAG_EXPORT = 113,
    ETF_TAG_NEW_REFERENCE = 114,
    ETF_TAG_SMALL_ATOM = 115,
    ETF_TAG_MAP = 116,
    ETF_TAG_FUN = 117,
    ETF_TAG_ATOM_UTF8 = 118,
    ETF_TAG_SMALL_ATOM_UTF8 = 119,
    ETF_TAG_V4_PORT = 120,
};

typedef enum EtfKind {
    ETF_INT,     // i
    ETF_BIG,     // data: magnitude, least byte first; negative
    ETF_FLOAT,   // f
    ETF_ATOM,    // data: text, UTF-8 unless latin1
    ETF_NIL,
    ETF_STRING,  // data: a list of these bytes
    ETF_BINARY,  // data; bits: how many of the last byte count, 8 unless a bitstring
    ETF_TUPLE,   // children: the elements
    ETF_LIST,    // children: the elements and the tail
    ETF_MAP,     // children: key, value, key, value …
    ETF_PID,     // node, i (number), serial, creation
    ETF_PORT,    // node, i (number), creation
    ETF_REF,     // node, data: the words of its number, creation
    ETF_FUN,     // children: what it is made of, pid first or fourth, then free variables
    ETF_EXPORT   // children: module, function, arity
} EtfKind;

typedef struct EtfTerm {
    uint8_t kind;         // EtfKind
    uint8_t tag;
    bool negative;
    bool latin1;          // ETF_ATOM; of the node in pids, ports and references
    uint8_t bits;
    uint64_t children;
    union {
        int64_t i;
        double f;
    };
    const uint8_t *data;
    size_t size;          // of data
    const uint8_t *node;  // text of the node's name
    size_t node_size;
    uint32_t serial;
    uint32_t creation;
} EtfTerm;

// Takes the head at *at apart and moves *at behind it, to the first child or to
// the next term. ST_FORMAT: malformed or truncated, *at is undefined.
MUST_USE Status etf_head(const uint8_t **at, const uint8_t *end, EtfTerm *out);

// Walks over one term with everything in it; *at moves behind it.
MUST_USE Status etf_skip_term(const uint8_t **at, const uint8_t *end);

// The same for a term that begins with the version byte. *used is the number of
// bytes up to its end, version byte included.
MUST_USE Status etf_skip(const uint8_t *bytes, size_t size, size_t *used);

typedef struct EtfPrintLimits {
    size_t depth;  // nesting; deeper is ST_LIMIT
    size_t bytes;  // of text; what is more is cut and ends in "..."
} EtfPrintLimits;

#define ETF_PRINT_LIMITS_DEFAULT ((EtfPrintLimits){.depth = 10000, .bytes = 1u << 20})

// Appends a term (with version byte) as Erlang text on one line, like
// io_lib:format("~0tp", [Term]): lists and binaries of printable characters are
// strings. limits NULL: the default.
MUST_USE Status etf_print(Buf *out, const uint8_t *bytes, size_t size, const EtfPrintLimits *limits,
                          Diag *d);

// Appends an atom as Erlang text, in quotes where it needs them.
MUST_USE Status etf_print_atom(Buf *out, const uint8_t *text, size_t size, bool latin1);

#endif
