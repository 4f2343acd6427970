% SPDX-License-Identifier: Apache-2.0
%% A fun with more of its environment than there is.
% hostile: 63
% verdict: refused x9 is read before it is set
{module, asm_fun_env}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_fun_env},{atom,main},0}.
  {label,2}.
  {make_fun3,{f,4},0,0,{x,0},{list,[{x,9},{x,8}]}}.
  return.
{function, other, 2, 4}.
  {label,3}.
  {func_info,{atom,asm_fun_env},{atom,other},2}.
  {label,4}.
  return.
