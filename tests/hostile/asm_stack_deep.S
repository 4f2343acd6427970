% SPDX-License-Identifier: Apache-2.0
%% The largest frames, again and again.
% hostile: 63 2
% verdict: killed
{module, asm_stack_deep}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_stack_deep},{atom,main},0}.
  {label,2}.
  {call_only,0,{f,4}}.
{function, deep, 0, 4}.
  {label,3}.
  {func_info,{atom,asm_stack_deep},{atom,deep},0}.
  {label,4}.
  {allocate_zero,1000,0}.
  {call,0,{f,4}}.
  {deallocate,1000}.
  return.
