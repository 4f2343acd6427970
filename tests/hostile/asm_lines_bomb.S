% SPDX-License-Identifier: Apache-2.0
%% A million names of files that are all left out.
% hostile: 27
% verdict: done
{module, asm_lines_bomb}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_lines_bomb},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"Line", [<<0:32, 0:32, 0:32, 0:32, 1000000:32>>, {copies, 1000000, <<0:16>>}]}]}.
