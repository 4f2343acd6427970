% SPDX-License-Identifier: Apache-2.0
%% Lists of millions of options, each of them right.
% hostile: more
% verdict: done
% limits: memory=256M,deadline=60s
-module(options_endless).
-export([main/0]).

main() ->
    [alone(What) || What <- [new, setopts, trim, split, match, matches, t2b, b2t, spawn, monitor, purge, flat,
                           term_text, send, port, refc, trace, info, timer, cancel, exit_call, re, packet,
                           raise, error_info, garbage, gc, flags, open_port]],
    ok.

%% What it has made is gone afterwards.
alone(What) ->
    {Pid, Ref} = spawn_monitor(fun() -> use(What), exit(used) end),
    receive {'DOWN', Ref, process, Pid, used} -> ok end.

many(X) -> lists:duplicate(5000000, X).

use(new) -> ets:delete(ets:new(t, many(public)));
use(setopts) -> T = ets:new(t, []), catch ets:setopts(T, many({heir, none})), ets:delete(T);
use(trim) -> binary:split(binary:copy(<<",">>, 2000000), <<",">>, [global, trim]);
use(split) -> binary:split(<<"a,b">>, <<",">>, many(global));
use(match) -> binary:match(<<"a,b">>, [<<",">>], many({scope, {0, 1}}));
use(matches) -> binary:matches(<<"a,b">>, <<",">>, many({scope, {0, 1}}));
use(t2b) -> term_to_binary(a, many({minor_version, 1}));
use(b2t) -> binary_to_term(<<131, 106>>, many(safe));
use(spawn) -> spawn_opt(fun() -> ok end, many({priority, normal}));
use(monitor) -> monitor(process, self(), many({tag, x}));
use(purge) -> catch erlang:check_process_code(self(), lists, many({allow_gc, true}));
use(flat) -> float_to_binary(1.0, many({decimals, 2}));
use(term_text) -> float_to_list(1.0, many(compact));
use(send) -> erlang:send(self(), x, many(noconnect));
use(port) -> catch open_port({spawn, "x"}, many(binary));
use(refc) -> catch erlang:suspend_process(spawn(fun() -> receive x -> ok end end), many(asynchronous));
use(trace) -> catch erlang:trace(self(), true, many(send));
use(info) -> catch process_info(self(), lists:duplicate(1000000, reductions));
use(timer) -> catch erlang:start_timer(1, self(), x, many({abs, false}));
use(cancel) -> R = erlang:start_timer(1000, self(), x), erlang:cancel_timer(R, many({async, false}));
use(exit_call) -> catch demonitor(make_ref(), many(flush));
use(re) -> catch re:compile("a", many(caseless)), catch re:run("a", "a", many(caseless));
use(packet) -> catch erlang:decode_packet(line, <<"a\n">>, many({packet_size, 0}));
use(raise) -> catch erlang:raise(error, x, many({a, b, 1, []}));
use(error_info) -> catch error(x, [], many({error_info, #{}}));
use(garbage) -> catch erlang:garbage_collect(self(), many({type, major}));
use(gc) -> catch ets:match_spec_compile(lists:duplicate(100000, {'_', [], ['$_']}));
use(flags) -> catch erlang:system_monitor(self(), many(busy_port));
use(open_port) -> catch apply(lists, reverse, many(x)), catch spawn(lists, reverse, many(x)), catch erlang:halt(x, many({flush, true})).
