% SPDX-License-Identifier: Apache-2.0
%% A frame is dropped that is not there.
% hostile: 63
% verdict: refused there is no frame
{module, asm_frame_missing}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_frame_missing},{atom,main},0}.
  {label,2}.
  {deallocate,1}.
  return.
