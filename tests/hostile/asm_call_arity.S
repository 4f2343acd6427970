% SPDX-License-Identifier: Apache-2.0
%% A local call with another number of arguments.
% hostile: 63
% verdict: refused calls a function of another arity
{module, asm_call_arity}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_call_arity},{atom,main},0}.
  {label,2}.
  {call_only,0,{f,4}}.
{function, other, 2, 4}.
  {label,3}.
  {func_info,{atom,asm_call_arity},{atom,other},2}.
  {label,4}.
  return.
