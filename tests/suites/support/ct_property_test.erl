%% SPDX-License-Identifier: Apache-2.0
%% There is no property tester: suites that need one are skipped.
-module(ct_property_test).
-export([init_per_suite/1, quickcheck/2]).

init_per_suite(_Config) -> {skip, no_property_tester}.
quickcheck(_Property, _Config) -> exit({test_case_skipped, no_property_tester}).
