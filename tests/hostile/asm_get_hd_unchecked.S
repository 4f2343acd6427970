% SPDX-License-Identifier: Apache-2.0
%% The head of an argument that nobody has looked at.
% hostile: 63
% verdict: error badarg
{module, asm_get_hd_unchecked}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_get_hd_unchecked},{atom,main},0}.
  {label,2}.
  {move,{integer,7},{x,0}}.
  {call_only,1,{f,4}}.
{function, other, 1, 4}.
  {label,3}.
  {func_info,{atom,asm_get_hd_unchecked},{atom,other},1}.
  {label,4}.
  {get_list,{x,0},{x,0},{x,1}}.
  return.
