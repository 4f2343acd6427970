% SPDX-License-Identifier: Apache-2.0
%% The mark of a catch is taken for a term.
% hostile: 63
% verdict: refused y0 holds a catch
{module, asm_catch_read}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_catch_read},{atom,main},0}.
  {label,2}.
  {allocate,1,0}.
  {'catch',{y,0},{f,3}}.
  {move,{y,0},{x,0}}.
  {label,3}.
  {catch_end,{y,0}}.
  {deallocate,1}.
  return.
