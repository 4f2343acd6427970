% SPDX-License-Identifier: Apache-2.0
%% A function returns with its frame.
% hostile: 63
% verdict: refused there is a frame of 1
{module, asm_frame_kept}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_frame_kept},{atom,main},0}.
  {label,2}.
  {allocate,1,0}.
  {init_yregs,{list,[{y,0}]}}.
  {move,{atom,ok},{x,0}}.
  return.
