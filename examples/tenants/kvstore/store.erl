%% SPDX-License-Identifier: Apache-2.0
%% The store: a map in memory and the log from which it can be made again.
%%
%% A record of the log: magic, kind, lengths, key, value, CRC-32 of all before it.
%% The log is kept in one page a key and joined when somebody asks for it, so it does
%% not depend on the order in which the workers came.
-module(store).
-behaviour(gen_server).
-export([start_link/0, put/3, get/2, delete/2, snapshot/1, replay/1, compact/1]).
-export([init/1, handle_call/3, handle_cast/2]).

-define(MAGIC, 16#a7).

start_link() -> gen_server:start_link(?MODULE, [], []).

put(Store, Key, Value) -> gen_server:call(Store, {put, Key, Value}).
get(Store, Key) -> gen_server:call(Store, {get, Key}).
delete(Store, Key) -> gen_server:call(Store, {delete, Key}).

%% The whole log and the map it stands for.
snapshot(Store) -> gen_server:call(Store, snapshot).

init([]) -> {ok, {#{}, #{}}}.

handle_call({get, Key}, _From, {Map, _} = State) ->
    {reply, maps:find(Key, Map), State};
handle_call({put, Key, Value}, _From, {Map, Pages}) ->
    {reply, ok, {Map#{Key => Value}, append(Key, record(put, Key, Value), Pages)}};
handle_call({delete, Key}, _From, {Map, Pages}) ->
    case maps:take(Key, Map) of
        {_, Left} -> {reply, ok, {Left, append(Key, record(delete, Key, <<>>), Pages)}};
        error -> {reply, error, {Map, Pages}}
    end;
handle_call(snapshot, _From, {Map, Pages} = State) ->
    Log = << <<Page/binary>> || {_, Page} <- lists:sort(maps:to_list(Pages)) >>,
    {reply, {Log, Map}, State}.

handle_cast(_, State) -> {noreply, State}.

append(Key, Record, Pages) ->
    case Pages of
        #{Key := Page} -> Pages#{Key := <<Page/binary, Record/binary>>};
        #{} -> Pages#{Key => Record}
    end.

record(Kind, Key, Value) ->
    Body = <<?MAGIC, (code(Kind)):2, (byte_size(Key)):14, (byte_size(Value)):32/little,
             Key/binary, Value/binary>>,
    <<Body/binary, (erlang:crc32(Body)):32>>.

code(put) -> 1;
code(delete) -> 2.

%% The state after the longest prefix of intact records.
replay(Log) -> replay(Log, Log, #{}).

replay(<<>>, _, Map) -> {Map, clean};
replay(<<?MAGIC, Kind:2, K:14, V:32/little, Key:K/binary, Value:V/binary, Crc:32, Rest/binary>> = Here,
       Log, Map) ->
    case erlang:crc32(binary:part(Here, 0, 7 + K + V)) of
        Crc when Kind =:= 1 -> replay(Rest, Log, Map#{Key => Value});
        Crc when Kind =:= 2 -> replay(Rest, Log, maps:remove(Key, Map));
        _ -> {Map, {corrupt, byte_size(Log) - byte_size(Here)}}
    end;
replay(Here, Log, Map) -> {Map, {corrupt, byte_size(Log) - byte_size(Here)}}.

%% The shortest log of a state.
compact(Map) ->
    << <<(record(put, Key, Value))/binary>> || {Key, Value} <- lists:sort(maps:to_list(Map)) >>.
