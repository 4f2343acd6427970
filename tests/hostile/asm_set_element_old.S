% SPDX-License-Identifier: Apache-2.0
%% A constant is changed in place.
% hostile: 63
% verdict: refused the tuple is not one that setelement has just made
{module, asm_set_element_old}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_set_element_old},{atom,main},0}.
  {label,2}.
  {move,{literal,{a,b}},{x,0}}.
  {set_tuple_element,{atom,c},{x,0},0}.
  return.
