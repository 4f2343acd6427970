% SPDX-License-Identifier: Apache-2.0
%% A frame is trimmed below its end.
% hostile: 63
% verdict: refused trims a frame of another size than 2
{module, asm_trim_too_far}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_trim_too_far},{atom,main},0}.
  {label,2}.
  {allocate,2,0}.
  {init_yregs,{list,[{y,0},{y,1}]}}.
  {trim,5,0}.
  {deallocate,2}.
  return.
