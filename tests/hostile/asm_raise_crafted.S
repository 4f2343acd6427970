% SPDX-License-Identifier: Apache-2.0
%% An exception is raised from what was never one.
% hostile: 63
% verdict: error a
{module, asm_raise_crafted}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_raise_crafted},{atom,main},0}.
  {label,2}.
  {move,{atom,a},{x,0}}.
  {move,{literal,[{x,y,1000,[]}]},{x,1}}.
  {bif,raise,{f,0},[{x,1},{x,0}],{x,0}}.
  return.
