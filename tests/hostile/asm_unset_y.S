% SPDX-License-Identifier: Apache-2.0
%% A stack slot is read that nobody has set.
% hostile: 63
% verdict: refused y0 is read before it is set
{module, asm_unset_y}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_unset_y},{atom,main},0}.
  {label,2}.
  {allocate,1,0}.
  {move,{y,0},{x,0}}.
  {deallocate,1}.
  return.
