% SPDX-License-Identifier: Apache-2.0
%% A table of choices that leads out of the function.
% hostile: 63
% verdict: refused label 5 is jumped to and stands nowhere in the function
{module, asm_select_bad_label}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_select_bad_label},{atom,main},0}.
  {label,2}.
  {move,{atom,a},{x,0}}.
  {select_val,{x,0},{f,3},{list,[{atom,a},{f,5}]}}.
  {label,3}.
  {move,{atom,ok},{x,0}}.
  return.
{function, other, 0, 5}.
  {label,4}.
  {func_info,{atom,asm_select_bad_label},{atom,other},0}.
  {label,5}.
  {move,{atom,ok},{x,0}}.
  return.
