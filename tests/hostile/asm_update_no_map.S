% SPDX-License-Identifier: Apache-2.0
%% An update of a map that is none.
% hostile: 63
% verdict: error badmap or error {badmap,7}
{module, asm_update_no_map}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_update_no_map},{atom,main},0}.
  {label,2}.
  {move,{integer,7},{x,0}}.
  {put_map_assoc,{f,0},{x,0},{x,0},1,{list,[{atom,a},{atom,b}]}}.
  return.
