%% SPDX-License-Identifier: Apache-2.0
-module(eh_custom).
-export([undefined_function/3, undefined_lambda/3]).

undefined_function(M, F, A) -> {custom, M, F, A}.
undefined_lambda(M, F, A) -> {lambda, M, F, A}.
