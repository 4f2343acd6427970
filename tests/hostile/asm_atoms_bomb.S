% SPDX-License-Identifier: Apache-2.0
%% Half a million atoms in one file.
% hostile: 34 27
% verdict: refused a limit was reached
% limits: atoms=100000
{module, asm_atoms_bomb}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_atoms_bomb},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"AtU8", [<<500001:32, 14, "asm_atoms_bomb">>, {names, 500000}]}]}.
