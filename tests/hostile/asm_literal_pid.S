% SPDX-License-Identifier: Apache-2.0
%% Constants that are pids, ports and references.
% hostile: 25 69
% verdict: done
{module, asm_literal_pid}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_literal_pid},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"LitT", {deflated, [<<1:32, 29:32, 131, 88, 119, 13, "nonode@nohost", 0:32, 0:32, 0:32>>]}}]}.
