% SPDX-License-Identifier: Apache-2.0
%% A guard builtin that does not exist.
% hostile: 63
% verdict: refused is not allowed in guards
{module, asm_bif_arity}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_bif_arity},{atom,main},0}.
  {label,2}.
  {move,{atom,a},{x,0}}.
  {bif,no_such_guard,{f,0},[{x,0}],{x,0}}.
  return.
