% SPDX-License-Identifier: Apache-2.0
%% There are no other nodes, and none can be made.
% hostile: 76
% verdict: done or deadline
% limits: deadline=5s
-module(distribution).
-export([main/0]).

main() ->
    {error, _} = net_kernel:start([hostile, shortnames]),
    nonode@nohost = node(), [] = nodes(), [] = nodes(known) -- [node()],
    [begin {name, N} ! hello, catch erlang:send({name, N}, x, [noconnect]), catch monitor_node(N, true) end || N <- ['x@y', 'a@localhost']],
    [catch erlang:spawn(N, fun() -> ok end) || N <- ['x@y', 'a@localhost']],
    catch monitor(process, {name, 'x@y'}),
    receive {'DOWN', _, process, _, noconnection} -> ok after 0 -> ok end,
    pang = net_adm:ping('x@y'),
    {badrpc, nodedown} = rpc:call('x@y', erlang, node, []),
    catch erlang:set_cookie(node(), x), catch erlang:disconnect_node('x@y'), catch erlang:setnode('evil@host', 1),
    nonode@nohost = node(),
    [catch monitor_node('x@y', true) || _ <- lists:seq(1, 10000)],
    ok.
