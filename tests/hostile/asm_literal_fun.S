% SPDX-License-Identifier: Apache-2.0
%% A constant that is a fun of other code.
% hostile: 25 69
% verdict: refused a literal is malformed
{module, asm_literal_fun}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_literal_fun},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"LitT", {deflated, [<<1:32, 58:32, 131, 112, 56:32, 0, 0:128, 0:32, 0:32, 119, 5, "lists", 97, 0, 97, 0, 88, 119, 1, $a, 0:96>>]}}]}.
