% SPDX-License-Identifier: Apache-2.0
%% Five megabytes of digits as a float.
% hostile: 44
% verdict: error badarg or done
-module(float_parse).
-export([main/0]).

main() -> is_float(binary_to_float(<<"1.", (binary:copy(<<"7">>, 5000000))/binary>>)).
