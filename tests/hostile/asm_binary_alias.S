% SPDX-License-Identifier: Apache-2.0
%% A binary is used while it is being built.
% hostile: 63
% verdict: done
{module, asm_binary_alias}.
{exports, [{main,0}]}.
{labels, 8}.
{function, main, 0, 2}.
  {label,1}.
  {func_info,{atom,asm_binary_alias},{atom,main},0}.
  {label,2}.
  {bs_init2,{f,0},100000,0,0,{field_flags,[]},{x,0}}.
  return.
