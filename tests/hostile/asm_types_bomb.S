% SPDX-License-Identifier: Apache-2.0
%% A million types that nobody refers to.
% hostile: 27 70
% verdict: done
{module, asm_types_bomb}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_types_bomb},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"Type", [<<1:32, 1000000:32>>, {copies, 1000000, <<0:144>>}]}]}.
