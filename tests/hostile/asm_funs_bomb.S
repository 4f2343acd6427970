% SPDX-License-Identifier: Apache-2.0
%% A hundred thousand funs of the same code.
% hostile: 27
% verdict: done
{module, asm_funs_bomb}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_funs_bomb},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"FunT", [<<100000:32>>, {copies, 100000, <<2:32, 0:32, 2:32, 0:32, 0:32, 0:32>>}]}]}.
