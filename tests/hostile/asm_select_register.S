% SPDX-License-Identifier: Apache-2.0
%% A choice between registers.
% hostile: 63
% verdict: refused a choice is a register
{module, asm_select_register}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_select_register},{atom,main},0}.
  {label,2}.
  {move,{atom,a},{x,0}}.
  {select_val,{x,0},{f,3},{list,[{x,0},{f,3}]}}.
  {label,3}.
  {move,{atom,ok},{x,0}}.
  return.
