% SPDX-License-Identifier: Apache-2.0
%% A frame of another size is dropped.
% hostile: 63
% verdict: refused drops 2 slots of a frame of 3
{module, asm_frame_size}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_frame_size},{atom,main},0}.
  {label,2}.
  {allocate,3,0}.
  {init_yregs,{list,[{y,0},{y,1},{y,2}]}}.
  {move,{atom,ok},{x,0}}.
  {deallocate,2}.
  return.
