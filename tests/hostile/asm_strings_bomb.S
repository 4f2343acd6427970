% SPDX-License-Identifier: Apache-2.0
%% A string table of forty megabytes.
% hostile: 70
% verdict: done
{module, asm_strings_bomb}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_strings_bomb},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"StrT", {copies, 40000000, <<0>>}}]}.
