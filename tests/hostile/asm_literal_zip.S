% SPDX-License-Identifier: Apache-2.0
%% Constants that inflate to a hundred megabytes.
% hostile: 25 60 70
% verdict: done or refused no room for the literals
{module, asm_literal_zip}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_literal_zip},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"LitT", {deflated, [<<1:32>>, <<60000006:32, 131, 109, 60000000:32>>, {copies, 60000000, <<0>>}]}}]}.
