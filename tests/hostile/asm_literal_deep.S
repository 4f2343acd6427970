% SPDX-License-Identifier: Apache-2.0
%% A constant of ten million levels.
% hostile: 25 68
% verdict: done or refused no room for the literals
{module, asm_literal_deep}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_literal_deep},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"LitT", {deflated, [<<1:32>>, <<4000002:32, 131>>, {copies, 2000000, <<104, 1>>}, <<106>>]}}]}.
