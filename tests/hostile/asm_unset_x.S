% SPDX-License-Identifier: Apache-2.0
%% A register is read that nobody has set.
% hostile: 63
% verdict: refused x5 is read before it is set
{module, asm_unset_x}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_unset_x},{atom,main},0}.
  {label,2}.
  {move,{x,5},{x,0}}.
  return.
