%% SPDX-License-Identifier: Apache-2.0
%% A case over many atoms; the order of atom numbers must not matter.
-module(select_atoms).
-export([main/0]).

main() ->
    [io:format("~p ~p~n", [A, f(A)])
     || A <- [alpha, beta, gamma, delta, epsilon, zeta, eta, theta, iota, kappa, lambda, mu, nu,
              true, false, undefined, '', 'quoted atom', 'été', nobody, 1, [], "alpha"]].

f(alpha) -> 1;
f(beta) -> 2;
f(gamma) -> 3;
f(delta) -> 4;
f(epsilon) -> 5;
f(zeta) -> 6;
f(eta) -> 7;
f(theta) -> 8;
f(iota) -> 9;
f(kappa) -> 10;
f(lambda) -> 11;
f(mu) -> 12;
f(nu) -> 13;
f(true) -> yes;
f(false) -> no;
f(undefined) -> undef;
f('') -> empty;
f('quoted atom') -> quoted;
f('été') -> summer;
f(_) -> other.
