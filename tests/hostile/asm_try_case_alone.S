% SPDX-License-Identifier: Apache-2.0
%% A handler is entered without an exception.
% hostile: 63
% verdict: done
{module, asm_try_case_alone}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_try_case_alone},{atom,main},0}.
  {label,2}.
  {allocate,1,0}.
  {'try',{y,0},{f,3}}.
  {move,{atom,a},{x,0}}.
  {label,3}.
  {try_case,{y,0}}.
  {deallocate,1}.
  return.
