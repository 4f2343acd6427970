% SPDX-License-Identifier: Apache-2.0
%% A register is used that a collection was not told of.
% hostile: 63
% verdict: refused x1 is read before it is set
{module, asm_live_too_few}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_live_too_few},{atom,main},0}.
  {label,2}.
  {move,{literal,[1,2]},{x,1}}.
  {test_heap,2,0}.
  {put_list,{x,1},nil,{x,0}}.
  return.
