// SPDX-License-Identifier: Apache-2.0
// code/verify_int.h - what the parts of the verifier share.
#pragma once
#include "beam/code_reader.h"
#include "code/verify.h"

// ---- what a register may hold: verify_types.c -------------------------------------
// A set of kinds; of a tuple, a size that it has at least.
typedef uint32_t VType;

enum {
    T_NIL = 1 << 0,
    T_CONS = 1 << 1,
    T_TUPLE = 1 << 2,
    T_MAP = 1 << 3,
    T_FLOAT = 1 << 4,
    T_BITS = 1 << 5,
    T_ATOM = 1 << 6,
    T_INT = 1 << 7,
    T_FUN = 1 << 8,
    T_OTHER = 1 << 9,
    T_CLASS = 1 << 10,   // one of error, exit and throw; other atoms are T_ATOM
    T_ANY = (1 << 11) - 1,
    // No terms, for other instructions than those that know them (V5).
    T_CONTEXT = 1 << 11,
    T_MARK = 1 << 12,    // of a catch or try
    T_RAISED = 1 << 13,  // x0 where a handler is entered by an exception
    T_UNSET = 1 << 14,   // or nothing
    T_KINDS = (1 << 15) - 1,
    T_EXACT = 1 << 15,   // the tuple has exactly this size
};
#define T_SIZE_SHIFT 16
#define T_SIZE_MAX   32767u         // of larger ones only that
#define T_FRESH      (1u << 31)     // a tuple that setelement/3 has just made (V9)

static inline VType type_tuple(uint64_t size)
{
    if (size > T_SIZE_MAX) return T_TUPLE | T_SIZE_MAX << T_SIZE_SHIFT;
    return T_TUPLE | T_EXACT | (VType)size << T_SIZE_SHIFT;
}
static inline VType type_tuple_at_least(uint64_t size)
{
    return type_tuple(size) & ~(VType)T_EXACT;
}
static inline uint32_t type_size(VType t) { return t >> T_SIZE_SHIFT & T_SIZE_MAX; }
static inline VType type_kinds(VType t) { return t & T_KINDS; }
VType type_merge(VType a, VType b);
// What is left of t when its kinds are among `kinds`.
VType type_narrow(VType t, VType kinds);
VType type_of_literal(Term t);

// ---- a state: verify_state.c ----------------------------------------------------------
enum {
    FRAME_NONE = 0xFFFF,
    FRAME_MIXED = 0xFFFE,  // ways with different frames or handlers met: only to raise
    MAX_HANDLERS = 256,
    FLOAT_WORDS_MAX = BEAM_MAX_REG / 64,
};

typedef struct VHandler {
    uint32_t slot;
    uint32_t label;
} VHandler;

typedef struct VState {
    uint32_t frame;     // slots, or FRAME_…
    uint32_t slots;     // those that exist on every way: y is set up to there
    uint32_t heap;      // words reserved and not yet used
    uint32_t num_x;     // those from here on are unset
    uint32_t unset_y;   // slots that are
    uint32_t num_handlers;  // the last is the innermost
    uint32_t num_floats;    // words of floats that matter
    bool open;          // a binary is under construction
    bool fresh;         // some register is T_FRESH
    VHandler handlers[MAX_HANDLERS];
    uint64_t floats[FLOAT_WORDS_MAX];  // floating-point registers that are set
    VType x[BEAM_MAX_REG];
    VType y[BEAM_MAX_REG];
} VState;

// States at labels lie in one buffer, packed.
typedef Vec(uint32_t) StateBuf;
// Words that state_save would take.
size_t state_words(const VState *s);
MUST_USE Status state_save(const VState *s, StateBuf *buf);  // appends
void state_load(VState *s, const uint32_t *saved);
// The saved state becomes what holds on both ways. True: it changed.
bool state_merge(uint32_t *saved, const VState *s);

// ---- the walk: verify.c -------------------------------------------------------------------
enum { NOWHERE = UINT32_MAX };

typedef struct VLabel {
    uint32_t at;        // offset in the code behind the label, NOWHERE: not yet met
    uint32_t index;     // instructions read up to it
    uint32_t place;     // in Verifier.order
    uint32_t state;     // 1 + index in states, 0: no way leads here yet
    uint32_t edge;      // first in edges
    uint32_t function;  // 1 + index of the function it is in, when met or jumped to
    uint8_t header;     // of the reader
    bool entry;         // of the function
    bool dirty;         // its state changed since it was walked from
    bool walked;
    uint8_t colour;
} VLabel;

typedef struct VFunction {
    uint32_t name;      // atom of the file
    uint32_t arity;
    uint32_t entry;     // label
    uint32_t first;     // of its labels, in order
    uint32_t index;     // instructions read up to func_info
    uint64_t contexts;  // arguments that may be match contexts, one bit each
    uint64_t walked;    // those that the last walk assumed
} VFunction;

// A call of a label that was not yet met.
typedef struct VCall {
    uint64_t contexts;
    uint32_t label;
    uint32_t offset;
    uint32_t caller;    // function
    uint32_t number;    // of the instruction in it
    uint16_t arity;
    uint8_t op;
} VCall;

// From a block, before it has paid; those of a block are one behind the other.
typedef struct VEdge {
    uint32_t from, to;  // labels
} VEdge;

// What is known of an import, as bits.
enum {
    IMPORT_RAISES = 1,    // never returns, needs no frame
    IMPORT_SETS = 2,      // setelement/3
    IMPORT_GUARD = 4,     // may stand in bif and gc_bif
    IMPORT_NO_HEAP = 8,   // takes no heap, not even to fail
};
typedef struct VImport {
    VType result;
    VType proves;   // kind of its last argument when it has returned
    uint8_t flags;
    uint8_t arity;
} VImport;

typedef struct Verifier {
    const BeamFile *file;
    const Image *image;
    Diag *diag;
    Bitset *checks;
    CodeReader reader;
    VState s;
    bool live;           // does a way lead to the next instruction?
    bool record;         // edges of this walk through the block are not yet known
    bool paid;           // the block has met an instruction that costs a reduction
    bool loops;          // an edge leads back
    bool y_changed;      // by the instruction under way
    bool preset;         // results of guard builtins are set before (V10)
    bool leaves_unset;   // a guard builtin that fails leaves its result unset
    uint32_t block;      // label at its beginning
    uint32_t block_index;// instructions read up to there
    uint32_t function;   // 1 + index of the one being walked
    uint32_t cursor;     // no label before this place is dirty
    uint32_t unmet;      // labels that were jumped to and not yet met
    uint64_t work;       // spent
    uint64_t work_limit;
    VLabel *labels;
    VImport *imports;
    StateBuf states;
    Vec(uint32_t) order; // labels as they stand in the code
    Vec(VFunction) functions;
    Vec(VCall) calls;
    Vec(VEdge) edges;
    Vec(uint32_t) again; // functions that get contexts which they were not walked with
} Verifier;

MUST_USE Status verify_refuse(Verifier *v, const Instr *in, const char *fmt, ...) PRINTF_LIKE(3, 4);
// The state as it is reaches a label of this function.
MUST_USE Status verify_flow(Verifier *v, const Instr *in, uint32_t label);
// The block leads there, unless it has paid.
MUST_USE Status verify_note_edge(Verifier *v, uint32_t label);
// To the label of an operand; none for K_RAISE and atoms.
MUST_USE Status verify_flow_to(Verifier *v, const Instr *in, const Operand *label);
// One local call; contexts: the arguments that may be some.
MUST_USE Status verify_call(Verifier *v, const Instr *in, uint32_t label, uint32_t arity,
                            uint64_t contexts);
// Refuses the function when it has cost too much.
MUST_USE Status verify_spend(Verifier *v, const Instr *in, uint64_t work);
// Goes on reading behind a label that was met.
void verify_move_reader(Verifier *v, const VLabel *l);
// The instruction needs a test before it.
static inline void verify_mark(Verifier *v) { bitset_add(v->checks, v->reader.instructions); }

// No cycle of the function just walked is free (V7). verify_loops.c
MUST_USE Status verify_loops(Verifier *v, const Instr *in);

// ---- registers: verify_regs.c ----------------------------------------------------------------
static inline bool is_register(const Operand *o) { return (o->kind & K_REG) != 0; }
// The type of a source; also: T_CONTEXT if it may be one.
MUST_USE Status regs_read(Verifier *v, const Instr *in, const Operand *o, VType also, VType *t);
MUST_USE Status regs_read_x(Verifier *v, const Instr *in, uint32_t first, uint32_t count,
                            VType also);
MUST_USE Status regs_write(Verifier *v, const Instr *in, const Operand *o, VType t);
// Says more of a register than was known.
void regs_narrow(Verifier *v, const Operand *o, VType t);
// All x registers are gone but x0, which holds t (0: that one too).
void regs_clobber(Verifier *v, VType x0);
void regs_forget_fresh(Verifier *v);
MUST_USE Status regs_slots_set(Verifier *v, const Instr *in);
// A collection that keeps x0 .. x(live-1).
MUST_USE Status regs_collect(Verifier *v, const Instr *in, uint64_t live);
MUST_USE Status regs_build(Verifier *v, const Instr *in, uint64_t words);
MUST_USE Status regs_float_read(Verifier *v, const Instr *in, const Operand *o);
void regs_float_set(Verifier *v, const Operand *o);
// o holds nothing but terms of `kind` (of a tuple: of this size at least); else the
// instruction is marked. It does afterwards.
MUST_USE Status regs_need(Verifier *v, const Instr *in, const Operand *o, VType kind);

// ---- instructions ------------------------------------------------------------------------------
typedef Status (*VRule)(Verifier *v, const Instr *in);
MUST_USE Status verify_step(Verifier *v, const Instr *in);      // verify_ops.c
MUST_USE Status verify_default(Verifier *v, const Instr *in);   // what its row says
VRule verify_flow_rule(uint32_t op);    // verify_flow.c: calls, frames, handlers, receive
VRule verify_bits_rule(uint32_t op);    // verify_bits.c
MUST_USE Status verify_bif(Verifier *v, const Instr *in);       // verify_bif.c
MUST_USE Status verify_imports(Verifier *v);
size_t verify_imports_size(const BeamFile *f);
// Heap words of letter A.
uint64_t verify_heap_words(const Operand *o);
