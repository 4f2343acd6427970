% SPDX-License-Identifier: Apache-2.0
%% A loop that never gives way.
% hostile: 63
% verdict: refused a loop to label 3 never gives way
{module, asm_endless_loop}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_endless_loop},{atom,main},0}.
  {label,2}.
  {label,3}.
  {jump,{f,3}}.
