% SPDX-License-Identifier: Apache-2.0
%% Floats as texts of hundreds of digits, and texts as floats that lie near a border.
% hostile: 44
% verdict: done or deadline
% limits: deadline=3s
-module(float_texts).
-export([main/0]).

main() ->
    [begin
         _ = (catch float_to_list(F, [{decimals, 253}])), _ = (catch float_to_list(F, [{scientific, 249}])), _ = float_to_list(F, [short]),
         F = binary_to_float(float_to_binary(F))
     end || F <- [1.7976931348623157e308, 5.0e-324, 2.2250738585072014e-308, 0.1, 123456789.123456789], _ <- lists:seq(1, 2000)],
    [catch list_to_float(T) || T <- ["1.0e309", "1.0e-400", "2.2250738585072011e-308", lists:duplicate(100000, $1) ++ ".0", "0." ++ lists:duplicate(300000, $0) ++ "1"]],
    ok.
