% SPDX-License-Identifier: Apache-2.0
%% Room for a term of terabytes is asked for.
% hostile: 63
% verdict: refused reservation too large
{module, asm_heap_huge}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_heap_huge},{atom,main},0}.
  {label,2}.
  {test_heap,1000000000,0}.
  {move,{atom,ok},{x,0}}.
  return.
