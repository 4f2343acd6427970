% SPDX-License-Identifier: Apache-2.0
%% Attributes that are nested a million times.
% hostile: 68 70
% verdict: done
{module, asm_attributes_bomb}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_attributes_bomb},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"Attr", [<<131>>, {copies, 1000000, <<104, 1>>}, <<106>>]}]}.
