% SPDX-License-Identifier: Apache-2.0
%% An imported function is called with fewer arguments than it has.
% hostile: 63
% verdict: refused the imported function has 2 arguments
{module, asm_call_ext_arity}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_call_ext_arity},{atom,main},0}.
  {label,2}.
  {call_ext_only,0,{extfunc,erlang,'++',2}}.
