% SPDX-License-Identifier: Apache-2.0
%% An element is taken of what is no tuple.
% hostile: 63
% verdict: error badarg or error badmatch
{module, asm_get_tuple_of_atom}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_get_tuple_of_atom},{atom,main},0}.
  {label,2}.
  {move,{atom,a},{x,0}}.
  {get_tuple_element,{x,0},0,{x,0}}.
  return.
