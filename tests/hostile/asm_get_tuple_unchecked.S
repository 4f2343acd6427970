% SPDX-License-Identifier: Apache-2.0
%% An element is taken of an argument that nobody has looked at.
% hostile: 63
% verdict: error badarg
{module, asm_get_tuple_unchecked}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_get_tuple_unchecked},{atom,main},0}.
  {label,2}.
  {move,{literal,no_tuple},{x,0}}.
  {call_only,1,{f,4}}.
{function, other, 1, 4}.
  {label,3}.
  {func_info,{atom,asm_get_tuple_unchecked},{atom,other},1}.
  {label,4}.
  {get_tuple_element,{x,0},100000,{x,0}}.
  return.
