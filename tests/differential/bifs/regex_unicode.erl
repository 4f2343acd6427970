%% SPDX-License-Identifier: Apache-2.0
%% Which subjects and patterns are text of Unicode, and what Latin-1 is to classes.
-module(regex_unicode).
-export([main/0]).

main() ->
    [show(fun() -> {X, P, re:run([X], P, [unicode]), re:run([X], P, [unicode, ucp])} end)
     || X <- [181, 192, 160, 133, $_, 223, 255, 215, 48, 178, 189, 1024, $a],
        P <- ["\\w", "\\W", "\\s", "\\S", "\\d", "\\w|x", "x?\\w", "[\\w]", "[^\\W]", "(\\w+)?b|\\w", "[[:punct:]]",
              "[[:lower:]]", "[[:alpha:]]", "[[:space:]]", "\\h", "\\v", "\\B.", ".\\b"]],
    show(fun() -> re:run([223, 228, 32, $a], "^\\w{2}\\s\\w$", [unicode]) end),
    show(fun() -> re:replace([223, 32, 228, $a], "\\w", "-", [unicode, global]) end),
    %% What is no pattern is so before it could be text.
    [show(fun() -> re:run(id(S), id(P), id(O)) end)
     || S <- ["abc", <<"abc">>, a, [1024], <<255>>, <<1:1>>],
        P <- [{a, b, c, d, e}, {a, b, c, d}, <<1:1>>, a, 1, 1 bsl 64, [a], [1024], "(", <<"(">>, <<255>>, "b", <<"b">>],
        O <- [[unicode], [unicode, {capture, all, list}], [unicode, {capture, all, binary}],
              [unicode, {capture, all, list}, global], [unicode, {capture, [z], list}], [caseless]]],
    [show(fun() -> re:compile(id(P), [unicode]) end) || P <- [<<1:1>>, a, [a]]],
    %% The third element says whether it is text.
    {ok, U} = re:compile("a", [unicode]),
    {ok, L} = re:compile("a"),
    {ok, L2} = re:compile("(*UTF8)a"),
    [show(fun() -> re:run(id(S), setelement(3, P, F), id(O)) end)
     || P <- [U, L, L2], F <- [0, 1, 2], S <- ["xa", [1024, $a], <<1024/utf8, $a>>, <<97>>, <<"a", 1:1>>, a],
        O <- [[], [{capture, all, list}], [{capture, all, list}, global], [{capture, all, binary}], [unicode], [caseless],
              [{capture, none}, unicode]]].

%% Prints a value, or class, reason and the first entry of the trace.
show(F) ->
    R = try F() catch C:E:S -> {C, E, entry(hd(S))} end,
    io:format("~0tp~n", [R]).

entry({M, F, A, Info}) when is_list(A) -> {M, F, [no_code(X) || X <- A], Info};
entry(Other) -> Other.

no_code({re_pattern, Groups, Unicode, CrLf, _}) -> {re_pattern, Groups, Unicode, CrLf};
no_code(Other) -> Other.

id(X) -> X.
