% SPDX-License-Identifier: Apache-2.0
%% spawn in the place of a guard builtin.
% hostile: 63
% verdict: refused is not allowed in guards
{module, asm_gc_bif_spawn}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_gc_bif_spawn},{atom,main},0}.
  {label,2}.
  {move,{literal,fun erlang:halt/0},{x,0}}.
  {gc_bif,spawn,{f,0},1,[{x,0}],{x,0}}.
  return.
