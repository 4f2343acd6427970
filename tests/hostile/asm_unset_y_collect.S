% SPDX-License-Identifier: Apache-2.0
%% A collection sees stack slots that nobody has set.
% hostile: 63
% verdict: refused y0 is not set when a collection may come
{module, asm_unset_y_collect}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_unset_y_collect},{atom,main},0}.
  {label,2}.
  {allocate,3,0}.
  {test_heap,2,0}.
  {put_list,nil,nil,{x,0}}.
  {deallocate,3}.
  return.
