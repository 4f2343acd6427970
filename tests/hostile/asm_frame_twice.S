% SPDX-License-Identifier: Apache-2.0
%% Two frames on top of each other.
% hostile: 63
% verdict: refused there is a frame of 1
{module, asm_frame_twice}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_frame_twice},{atom,main},0}.
  {label,2}.
  {allocate,1,0}.
  {allocate,1,0}.
  {deallocate,1}.
  return.
