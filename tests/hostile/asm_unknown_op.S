% SPDX-License-Identifier: Apache-2.0
%% An instruction that does not exist.
% hostile: 62
% verdict: refused 255
{module, asm_unknown_op}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_unknown_op},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"Code", <<16:32, 0:32, 184:32, 3:32, 1:32, 1, 16, 255, 0, 3>>}]}.
