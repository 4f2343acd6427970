% SPDX-License-Identifier: Apache-2.0
%% An operand that is a number of megabytes.
% hostile: 62 41
% verdict: refused truncated
{module, asm_number_huge}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_number_huge},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"Code", [<<16:32, 0:32, 150:32, 3:32, 1:32, 1, 16, 2, 18, 34, 0, 1, 32, 64, 249, 232, 3:8, 13, 64>>, {copies, 100000, <<255>>}, <<3, 19, 3>>]}]}.
