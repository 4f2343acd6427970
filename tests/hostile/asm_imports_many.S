% SPDX-License-Identifier: Apache-2.0
%% A quarter of a million imports, each of another arity or function.
% hostile: 27
% verdict: error undef
{module, asm_imports_many}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_imports_many},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"ImpT", [<<65025:32>>, {pairs, 255, 255}]}, {"AtU8", [<<260:32, 16, "asm_imports_many">>, {names, 259}]}]}.
