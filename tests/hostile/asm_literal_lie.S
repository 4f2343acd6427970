% SPDX-License-Identifier: Apache-2.0
%% Constants whose size is a lie.
% hostile: 25 62
% verdict: refused literals of 4294967295 bytes, the limit is 67108864
{module, asm_literal_lie}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_literal_lie},{atom,main},0}.
  {label,2}.
  {move,{atom,ok},{x,0}}.
  return.
{chunks, [{"LitT", <<255, 255, 255, 255, 120, 156, 3, 0, 0, 0, 0, 1>>}]}.
