% SPDX-License-Identifier: Apache-2.0
%% Half a million imports of the same function.
% hostile: 27
% verdict: done
{module, asm_imports_bomb}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_imports_bomb},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"ImpT", [<<500000:32>>, {copies, 500000, <<1:32, 1:32, 0:32>>}]}]}.
