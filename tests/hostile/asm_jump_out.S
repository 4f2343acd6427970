% SPDX-License-Identifier: Apache-2.0
%% A jump into another function.
% hostile: 63
% verdict: refused label 4 is jumped to and stands nowhere in the function
{module, asm_jump_out}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_jump_out},{atom,main},0}.
  {label,2}.
  {jump,{f,4}}.
{function, other, 0, 4}.
  {label,3}.
  {func_info,{atom,asm_jump_out},{atom,other},0}.
  {label,4}.
  {move,{atom,ok},{x,0}}.
  return.
