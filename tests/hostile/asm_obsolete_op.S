% SPDX-License-Identifier: Apache-2.0
%% An instruction of twenty years ago.
% hostile: 62
% verdict: refused wrong kind of operand
{module, asm_obsolete_op}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_obsolete_op},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"Code", <<16:32, 0:32, 150:32, 3:32, 1:32, 1, 16, 2, 18, 34, 0, 1, 32, 53, 3, 3>>}]}.
