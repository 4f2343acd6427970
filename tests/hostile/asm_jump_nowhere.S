% SPDX-License-Identifier: Apache-2.0
%% A jump to a label that is not there.
% hostile: 63
% verdict: refused label 7 is jumped to and stands nowhere in the function
{module, asm_jump_nowhere}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_jump_nowhere},{atom,main},0}.
  {label,2}.
  {jump,{f,7}}.
