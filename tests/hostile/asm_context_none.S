% SPDX-License-Identifier: Apache-2.0
%% A match goes on in what is no match context.
% hostile: 63
% verdict: error badarg
{module, asm_context_none}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_context_none},{atom,main},0}.
  {label,2}.
  {move,{atom,a},{x,0}}.
  {test,bs_get_integer2,{f,1},1,[{x,0},{integer,8},1,{field_flags,[]}],{x,0}}.
  return.
