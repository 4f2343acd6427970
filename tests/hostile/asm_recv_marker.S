% SPDX-License-Identifier: Apache-2.0
%% A message is removed that was not received.
% hostile: 63
% verdict: done
{module, asm_recv_marker}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_recv_marker},{atom,main},0}.
  {label,2}.
  remove_message.
  {move,{atom,ok},{x,0}}.
  return.
