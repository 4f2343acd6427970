% SPDX-License-Identifier: Apache-2.0
%% A function that goes on behind its end.
% hostile: 63
% verdict: refused a way leads past the end of the function
{module, asm_fall_out}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_fall_out},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
{function, other, 0, 4}.
  {label,3}.
  {func_info,{atom,asm_fall_out},{atom,other},0}.
  {label,4}.
  {move,{atom,ok},{x,0}}.
  return.
