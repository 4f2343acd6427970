% SPDX-License-Identifier: Apache-2.0
%% An element beyond the end of a constant tuple.
% hostile: 63
% verdict: error badarg
{module, asm_element_of_literal}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_element_of_literal},{atom,main},0}.
  {label,2}.
  {move,{literal,{a,b}},{x,0}}.
  {get_tuple_element,{x,0},5000000,{x,0}}.
  return.
