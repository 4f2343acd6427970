% SPDX-License-Identifier: Apache-2.0
%% A float register is used that nobody has set.
% hostile: 63
% verdict: refused fr3 is read before it is set
{module, asm_float_register}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_float_register},{atom,main},0}.
  {label,2}.
  {bif,fadd,{f,0},[{fr,3},{fr,4}],{fr,5}}.
  {test_heap,{alloc,[{words,0},{floats,1}]},0}.
  {fmove,{fr,5},{x,0}}.
  return.
