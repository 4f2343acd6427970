% SPDX-License-Identifier: Apache-2.0
%% An exponent of many digits.
% hostile: 44
% verdict: error badarg
-module(float_parse_exponent).
-export([main/0]).

main() -> binary_to_float(<<"1.0e", (binary:copy(<<"9">>, 5000000))/binary>>).
