% SPDX-License-Identifier: Apache-2.0
%% A tuple is built in the room for a cell.
% hostile: 63
% verdict: refused builds 4 words where 2 are reserved
{module, asm_heap_too_small}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_heap_too_small},{atom,main},0}.
  {label,2}.
  {test_heap,2,0}.
  {put_tuple2,{x,0},{list,[{atom,a},{atom,b},{atom,c}]}}.
  return.
