% SPDX-License-Identifier: Apache-2.0
%% A binary is written to that was not begun.
% hostile: 63
% verdict: refused no binary is under construction
{module, asm_binary_open}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_binary_open},{atom,main},0}.
  {label,2}.
  {bs_put_integer,{f,0},{integer,8},1,{field_flags,[]},{integer,1}}.
  {move,{atom,ok},{x,0}}.
  return.
