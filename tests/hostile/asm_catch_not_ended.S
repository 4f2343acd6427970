% SPDX-License-Identifier: Apache-2.0
%% A function returns while a catch is active.
% hostile: 63
% verdict: refused a catch
{module, asm_catch_not_ended}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_catch_not_ended},{atom,main},0}.
  {label,2}.
  {allocate,1,0}.
  {'catch',{y,0},{f,3}}.
  {move,{atom,a},{x,0}}.
  {deallocate,1}.
  return.
  {label,3}.
  {catch_end,{y,0}}.
  {deallocate,1}.
  return.
