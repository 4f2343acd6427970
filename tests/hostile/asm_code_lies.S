% SPDX-License-Identifier: Apache-2.0
%% The head of the code says that there are a million functions.
% hostile: 62
% verdict: refused 4294967295 labels and 4294967295 functions cannot be in 1 bytes
{module, asm_code_lies}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_code_lies},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"Code", <<16:32, 0:32, 100:32, 16#FFFFFFFF:32, 16#FFFFFFFF:32, 3>>}]}.
