% SPDX-License-Identifier: Apache-2.0
%% A message that is still in the mailbox is returned.
% hostile: 63
% verdict: refused there is no frame
{module, asm_loop_rec_leak}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_loop_rec_leak},{atom,main},0}.
  {label,2}.
  {label,3}.
  {loop_rec,{f,4},{x,0}}.
  return.
  {label,4}.
  {wait,{f,3}}.
