% SPDX-License-Identifier: Apache-2.0
%% A match context is sent as a message.
% hostile: 63
% verdict: refused x0 may hold a match context
{module, asm_context_escapes}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_context_escapes},{atom,main},0}.
  {label,2}.
  {move,{literal,<<1,2,3>>},{x,0}}.
  {test,bs_start_match3,{f,1},1,[{x,0}],{x,0}}.
  {move,{atom,someone},{x,1}}.
  {test_heap,3,2}.
  {put_list,{x,0},nil,{x,0}}.
  return.
