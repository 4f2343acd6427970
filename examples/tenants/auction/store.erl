%% SPDX-License-Identifier: Apache-2.0
%% The order book of one symbol. Resting orders are in two ordered trees with the
%% key {Price, Sequence}, bids with negated prices, so the best is always the smallest.
-module(store).
-behaviour(gen_server).
-export([start_link/1, order/4, summary/1]).
-export([init/1, handle_call/3, handle_cast/2]).

-record(book, {symbol, bids = gb_trees:empty(), asks = gb_trees:empty(), sequence = 0,
               trades = 0, volume = 0, turnover = 0, bought = #{}, sold = #{}}).

start_link(Symbol) -> gen_server:start_link({local, Symbol}, ?MODULE, Symbol, []).

%% The fills as a list of {Price, Quantity}; what is left rests in the book.
order(Symbol, Client, Side, {Price, Quantity}) ->
    gen_server:call(Symbol, {order, Client, Side, Price, Quantity}).

summary(Symbol) -> gen_server:call(Symbol, summary).

init(Symbol) -> {ok, #book{symbol = Symbol}}.

handle_call({order, Client, Side, Price, Quantity}, _From, Book) ->
    Numbered = Book#book{sequence = Book#book.sequence + 1},
    {Fills, Matched} = match(Side, Client, Price, Quantity, Numbered, []),
    {reply, Fills, Matched};
handle_call(summary, _From, Book) ->
    #book{sequence = N, trades = T, volume = V, turnover = M, bought = B, sold = S} = Book,
    Sum = fun(Map) -> lists:sum(maps:values(Map)) end,
    {reply, #{orders => N, trades => T, volume => V, turnover => M,
              balanced => Sum(B) =:= V andalso Sum(S) =:= V}, Book}.

handle_cast(_, Book) -> {noreply, Book}.

match(_, _, _, 0, Book, Fills) -> {lists:reverse(Fills), Book};
match(Side, Client, Price, Quantity, Book, Fills) ->
    Others = other_side(Side, Book),
    case gb_trees:is_empty(Others) orelse gb_trees:smallest(Others) of
        {{Key, _} = Best, {Owner, Rest}} ->
            case crosses(Side, Price, abs(Key)) of
                true ->
                    Traded = min(Quantity, Rest),
                    Left = if
                        Traded =:= Rest -> gb_trees:delete(Best, Others);
                        true -> gb_trees:update(Best, {Owner, Rest - Traded}, Others)
                    end,
                    Next = trade(Side, Client, Owner, abs(Key), Traded, set_other(Side, Left, Book)),
                    match(Side, Client, Price, Quantity - Traded, Next, [{abs(Key), Traded} | Fills]);
                false -> {lists:reverse(Fills), rest(Side, Client, Price, Quantity, Book)}
            end;
        true -> {lists:reverse(Fills), rest(Side, Client, Price, Quantity, Book)}
    end.

crosses(buy, Price, Ask) -> Price >= Ask;
crosses(sell, Price, Bid) -> Price =< Bid.

other_side(buy, #book{asks = A}) -> A;
other_side(sell, #book{bids = B}) -> B.

set_other(buy, Tree, Book) -> Book#book{asks = Tree};
set_other(sell, Tree, Book) -> Book#book{bids = Tree}.

rest(buy, C, P, Q, #book{bids = B, sequence = N} = Book) ->
    Book#book{bids = gb_trees:insert({-P, N}, {C, Q}, B)};
rest(sell, C, P, Q, #book{asks = A, sequence = N} = Book) ->
    Book#book{asks = gb_trees:insert({P, N}, {C, Q}, A)}.

trade(Side, Client, Owner, Price, Quantity, Book) ->
    {Buyer, Seller} = case Side of buy -> {Client, Owner}; sell -> {Owner, Client} end,
    Add = fun(Who, Map) -> maps:update_with(Who, fun(N) -> N + Quantity end, Quantity, Map) end,
    Book#book{trades = Book#book.trades + 1, volume = Book#book.volume + Quantity,
              turnover = Book#book.turnover + Price * Quantity,
              bought = Add(Buyer, Book#book.bought), sold = Add(Seller, Book#book.sold)}.
