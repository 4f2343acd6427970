% SPDX-License-Identifier: Apache-2.0
%% A match context is returned.
% hostile: 63
% verdict: refused x0 may hold a match context
{module, asm_context_stored}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_context_stored},{atom,main},0}.
  {label,2}.
  {move,{literal,<<1,2,3>>},{x,0}}.
  {bs_start_match4,{atom,no_fail},1,{x,0},{x,0}}.
  return.
