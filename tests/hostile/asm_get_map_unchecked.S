% SPDX-License-Identifier: Apache-2.0
%% The elements of a map that is none.
% hostile: 63
% verdict: error badarg or error function_clause
{module, asm_get_map_unchecked}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_get_map_unchecked},{atom,main},0}.
  {label,2}.
  {move,{integer,7},{x,0}}.
  {call_only,1,{f,4}}.
{function, other, 1, 4}.
  {label,3}.
  {func_info,{atom,asm_get_map_unchecked},{atom,other},1}.
  {label,4}.
  {get_map_elements,{f,3},{x,0},{list,[{atom,a},{x,1}]}}.
  {move,{x,1},{x,0}}.
  return.
