% SPDX-License-Identifier: Apache-2.0
%% A collection is told of more live registers than there are.
% hostile: 63
% verdict: refused x0 is kept but not set
{module, asm_live_too_many}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_live_too_many},{atom,main},0}.
  {label,2}.
  {test_heap,2,200}.
  {put_list,nil,nil,{x,0}}.
  return.
