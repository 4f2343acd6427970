% SPDX-License-Identifier: Apache-2.0
%% What a handler gets for a stack trace is taken apart: it holds no addresses of the host.
% hostile: 80 82
% verdict: done
{module, asm_raw_trace}.
{exports, [{main,0}]}.
{labels, 10}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_raw_trace},{atom,main},0}.
  {label,2}.
  {allocate,1,0}.
  {'try',{y,0},{f,3}}.
  {move,{atom,a},{x,0}}.
  {call_ext,1,{extfunc,erlang,error,1}}.
  {try_end,{y,0}}.
  {deallocate,1}.
  return.
  {label,3}.
  {try_case,{y,0}}.
  {test,is_tuple,{f,4},[{x,2}]}.
  {test,test_arity,{f,4},[{x,2},6]}.
  {get_tuple_element,{x,2},0,{x,0}}.
  {test,is_integer,{f,4},[{x,0}]}.
  % Addresses of user space have these bits clear.
  {gc_bif,'band',{f,0},1,[{x,0},{integer,16#FFFF800000000000}],{x,0}}.
  {test,is_eq_exact,{f,4},[{x,0},{integer,0}]}.
  {move,{atom,address},{x,0}}.
  {call_ext,1,{extfunc,erlang,error,1}}.
  {label,4}.
  {move,{atom,ok},{x,0}}.
  {deallocate,1}.
  return.
