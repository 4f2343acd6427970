% SPDX-License-Identifier: Apache-2.0
%% Two ways meet with frames of different size.
% hostile: 63
% verdict: refused different frames
{module, asm_frames_differ}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_frames_differ},{atom,main},0}.
  {label,2}.
  {move,{atom,a},{x,0}}.
  {test,is_atom,{f,3},[{x,0}]}.
  {allocate,1,1}.
  {init_yregs,{list,[{y,0}]}}.
  {jump,{f,4}}.
  {label,3}.
  {allocate,2,1}.
  {init_yregs,{list,[{y,0},{y,1}]}}.
  {label,4}.
  {deallocate,1}.
  return.
