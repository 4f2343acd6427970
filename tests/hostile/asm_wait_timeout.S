% SPDX-License-Identifier: Apache-2.0
%% A wait whose time is thrown away by it.
% hostile: 63
% verdict: refused the time is not kept over the sleep
{module, asm_wait_timeout}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_wait_timeout},{atom,main},0}.
  {label,2}.
  {allocate,0,0}.
  {move,{integer,10},{x,0}}.
  {label,3}.
  {loop_rec,{f,4},{x,1}}.
  {loop_rec_end,{f,3}}.
  {label,4}.
  {wait_timeout,{f,3},{x,0}}.
  timeout.
  {deallocate,0}.
  return.
