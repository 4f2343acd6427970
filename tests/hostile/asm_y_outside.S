% SPDX-License-Identifier: Apache-2.0
%% A slot outside of the frame is written.
% hostile: 63
% verdict: refused y700 is outside of the frame of 1
{module, asm_y_outside}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_y_outside},{atom,main},0}.
  {label,2}.
  {allocate,1,0}.
  {init_yregs,{list,[{y,0}]}}.
  {move,{atom,a},{y,700}}.
  {deallocate,1}.
  return.
