% SPDX-License-Identifier: Apache-2.0
%% The mark of a catch is overwritten by a term.
% hostile: 63
% verdict: refused y0 holds an active catch
{module, asm_catch_overwritten}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_catch_overwritten},{atom,main},0}.
  {label,2}.
  {allocate,1,0}.
  {'catch',{y,0},{f,3}}.
  {move,{atom,evil},{y,0}}.
  {move,{atom,a},{x,0}}.
  {label,3}.
  {catch_end,{y,0}}.
  {deallocate,1}.
  return.
