% SPDX-License-Identifier: Apache-2.0
%% A list is built without room for it.
% hostile: 63
% verdict: refused builds 2 words where 0 are reserved
{module, asm_no_heap}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_no_heap},{atom,main},0}.
  {label,2}.
  {put_list,nil,nil,{x,0}}.
  return.
