% SPDX-License-Identifier: Apache-2.0
%% A call of a label in the middle of a function.
% hostile: 63
% verdict: refused calls what is not the entry of a function
{module, asm_call_middle}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_call_middle},{atom,main},0}.
  {label,2}.
  {call_only,0,{f,5}}.
{function, other, 0, 4}.
  {label,3}.
  {func_info,{atom,asm_call_middle},{atom,other},0}.
  {label,4}.
  {move,{atom,a},{x,0}}.
  {label,5}.
  return.
