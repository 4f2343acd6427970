// SPDX-License-Identifier: Apache-2.0
// beam/disasm.c - see disasm.h.

#include "beam/disasm.h"

#include <string.h>

#include <gmp.h>

#include "beam/etf.h"

#define BIG_BYTES 128u                                        // longer integers are cut

static Status atom(Buf *out, const BeamFile *f, uint32_t index)
{
    BeamSpan s = beam_file_atom(f, index);
    return etf_print_atom(out, s.data, s.size, false);
}

static Status big(Buf *out, const Operand *o)
{
    if (o->count > BIG_BYTES) return buf_printf(out, "{integer,…%u bytes}", o->count);
    uint8_t bytes[BIG_BYTES];
    operand_magnitude(o, bytes);
    mp_limb_t limbs[BIG_BYTES / sizeof(mp_limb_t)] = {0};
    for (uint32_t i = 0; i < o->count; i++)
        limbs[i / sizeof(mp_limb_t)] |= (mp_limb_t)bytes[o->count - 1 - i]
                                        << 8 * (i % sizeof(mp_limb_t));
    mp_size_t n = BIG_BYTES / sizeof(mp_limb_t);
    while (n > 1 && limbs[n - 1] == 0) n--;
    uint8_t digits[BIG_BYTES * 3];
    size_t len = mpn_get_str(digits, 10, limbs, n);
    for (size_t i = 0; i < len; i++) digits[i] = (uint8_t)(digits[i] + '0');
    return buf_printf(out, "{integer,%s%.*s}", o->negative ? "-" : "", (int)len,
                      (const char *)digits);
}

static Status literal(Buf *out, const BeamFile *f, uint32_t index)
{
    BeamSpan s = beam_file_literal(f, index);
    TRY(buf_append_str(out, "{literal,"));
    Status st =
        etf_print(out, s.data, s.size, &(EtfPrintLimits){.depth = 1000, .bytes = 2000}, NULL);
    if (st != ST_OK && st != ST_LIMIT) return st;
    return buf_append_str(out, st == ST_OK ? "}" : "...}");
}

static Status alloc(Buf *out, const Operand *o)
{
    return buf_printf(out, "{alloc,[{words,%u},{floats,%u},{funs,%u}]}", o->alloc.words,
                      o->alloc.floats, o->alloc.funs);
}

static Status reg(Buf *out, const char *name, const Operand *o)
{
    if (o->hint == 0) return buf_printf(out, "{%s,%llu}", name, (unsigned long long)o->u);
    return buf_printf(out, "{tr,{%s,%llu},%u}", name, (unsigned long long)o->u, o->hint - 1);
}

static Status operand(Buf *out, const BeamFile *f, const Operand *o)
{
    unsigned long long u = o->u;
    switch (o->kind) {
    case K_U: return buf_printf(out, "%llu", u);
    case K_INT: return buf_printf(out, "{integer,%lld}", (long long)o->i);
    case K_BIG: return big(out, o);
    case K_NIL: return buf_append_str(out, "nil");
    case K_ATOM:
        TRY(buf_append_str(out, "{atom,"));
        TRY(atom(out, f, (uint32_t)u));
        return buf_append_str(out, "}");
    case K_X: return reg(out, "x", o);
    case K_Y: return reg(out, "y", o);
    case K_RAISE: return buf_append_str(out, "{f,0}");
    case K_LABEL: return buf_printf(out, "{f,%llu}", u);
    case K_FR: return buf_printf(out, "{fr,%llu}", u);
    case K_LITERAL: return literal(out, f, (uint32_t)u);
    case K_ALLOC: return alloc(out, o);
    default: return buf_append_str(out, "?");  // kinds that no instruction has
    }
}

static Status import(Buf *out, const BeamFile *f, uint64_t index)
{
    BeamImport m = beam_file_import(f, (uint32_t)index);
    TRY(buf_append_str(out, "{extfunc,"));
    TRY(atom(out, f, m.module));
    TRY(buf_append_str(out, ","));
    TRY(atom(out, f, m.function));
    return buf_printf(out, ",%u}", m.arity);
}

static Status lambda(Buf *out, const BeamFile *f, uint64_t index)
{
    BeamLambda m = beam_file_lambda(f, (uint32_t)index);
    TRY(buf_append_str(out, "{fun,"));
    TRY(atom(out, f, m.name));
    return buf_printf(out, ",%u,free,%u}", m.arity, m.num_free);
}

static Status line(Buf *out, const BeamFile *f, uint64_t index)
{
    BeamLine l = beam_file_line(f, index <= UINT32_MAX ? (uint32_t)index : 0);
    if (l.line == 0) return buf_append_str(out, "[]");
    TRY(buf_append_str(out, "{location,\""));
    TRY(beam_file_line_file(f, l.file, out));
    return buf_printf(out, "\",%u}", l.line);
}

static Status list(Buf *out, const BeamFile *f, const Operand *o)
{
    TRY(buf_append_str(out, "{list,["));
    for (uint32_t i = 0; i < o->count; i++) {
        if (i > 0) TRY(buf_append_str(out, ","));
        TRY(operand(out, f, &o->items[i]));
    }
    return buf_append_str(out, "]}");
}

// A number that is an index is shown as what it stands for.
static Status argument(Buf *out, const BeamFile *f, char letter, const Operand *o)
{
    if (o->kind == K_LIST) return list(out, f, o);
    if (o->kind == K_U) {
        switch (letter) {
        case OPERAND_IMPORT: return import(out, f, o->u);
        case OPERAND_LAMBDA:
        case OPERAND_FUN_TAG: return lambda(out, f, o->u);
        case OPERAND_LINE: return line(out, f, o->u);
        default: break;
        }
    }
    return operand(out, f, o);
}

Status disasm_instr(Buf *out, const BeamFile *f, const Instr *in)
{
    const char *open = in->argc > 0 ? "{" : "";
    TRY(buf_append_str(out, open));
    TRY(etf_print_atom(out, (const uint8_t *)in->info->name, strlen(in->info->name), false));
    for (uint32_t i = 0; i < in->argc; i++) {
        TRY(buf_append_str(out, ","));
        TRY(argument(out, f, in->info->operands[i], &in->args[i]));
    }
    return buf_append_str(out, in->argc > 0 ? "}." : ".");
}

static bool wanted(const CodeReader *r, const char *name, size_t size, int arity)
{
    if (arity >= 0 && r->arity != (uint32_t)arity) return false;
    BeamSpan s = beam_file_atom(r->file, r->function);
    return name == NULL || (s.size == size && memcmp(s.data, name, size) == 0);
}

static Status append_line(Buf *out, const char *indent, const BeamFile *f, const Instr *in)
{
    TRY(buf_append_str(out, indent));
    TRY(disasm_instr(out, f, in));
    return buf_append_str(out, "\n");
}

static Status function_title(Buf *out, const CodeReader *r)
{
    TRY(buf_append_str(out, "\n{function, "));
    TRY(atom(out, r->file, r->function));
    return buf_printf(out, ", %u}.\n", r->arity);
}

// Labels and lines stand before the func_info that tells whose they are, so
// they are kept in `pending` until something else comes.
static Status each_instr(CodeReader *r, Buf *out, Buf *pending, const char *name, size_t size,
                         int arity, bool *found, Diag *d)
{
    bool printing = false;
    while (!r->done) {
        Instr in;
        TRY(code_reader_next(r, &in, d));
        if (in.op == OP_label || in.op == OP_line) {
            TRY(append_line(pending, in.op == OP_label ? "  " : "    ", r->file, &in));
            continue;
        }
        if (in.op == OP_func_info) {
            printing = wanted(r, name, size, arity);
            *found |= printing;
            if (printing) TRY(function_title(out, r));
        }
        if (printing) {
            TRY(buf_append(out, pending->data, pending->len));
            if (in.op != OP_int_code_end) TRY(append_line(out, "    ", r->file, &in));
        }
        pending->len = 0;
    }
    return ST_OK;
}

Status disasm_functions(Buf *out, const BeamFile *f, const char *name, size_t size, int arity,
                        Diag *d)
{
    CodeReader r;
    code_reader_init(&r, f, out->arena);
    cleanup_with(buf_clear) Buf pending;
    buf_init_in(&pending, out->arena);
    bool found = false;
    Status st = each_instr(&r, out, &pending, name, size, arity, &found, d);
    code_reader_clear(&r);
    if (st != ST_OK || found) return st;
    diag_set(d, "no such function");
    return ST_NOT_FOUND;
}
