% SPDX-License-Identifier: Apache-2.0
%% catch_end names another slot.
% hostile: 63
% verdict: refused y1 is not the slot of the innermost handler
{module, asm_catch_slot}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_catch_slot},{atom,main},0}.
  {label,2}.
  {allocate,2,0}.
  {init_yregs,{list,[{y,1}]}}.
  {'catch',{y,0},{f,3}}.
  {move,{atom,a},{x,0}}.
  {label,3}.
  {catch_end,{y,1}}.
  {deallocate,2}.
  return.
