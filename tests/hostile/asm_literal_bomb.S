% SPDX-License-Identifier: Apache-2.0
%% Constants of eight million parts in a file of kilobytes.
% hostile: 25 70
% verdict: refused no room for the literals
{module, asm_literal_bomb}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_literal_bomb},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"LitT", {deflated, [<<1:32>>, <<8000007:32, 131, 108, 8000000:32>>, {copies, 8000000, <<106>>}, <<106>>]}}]}.
