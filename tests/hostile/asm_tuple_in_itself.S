% SPDX-License-Identifier: Apache-2.0
%% A tuple that contains itself.
% hostile: 63
% verdict: refused the tuple may contain itself
{module, asm_tuple_in_itself}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_tuple_in_itself},{atom,main},0}.
  {label,2}.
  {move,{integer,1},{x,0}}.
  {move,{literal,{a,b}},{x,1}}.
  {move,{x,1},{x,2}}.
  {allocate,0,3}.
  {call_ext,3,{extfunc,erlang,setelement,3}}.
  {set_tuple_element,{x,0},{x,0},1}.
  {deallocate,0}.
  return.
