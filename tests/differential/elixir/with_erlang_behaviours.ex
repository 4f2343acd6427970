# SPDX-License-Identifier: Apache-2.0
# gen_statem, gen_event, ets, counters and supervisors of Erlang from Elixir.
defmodule WithErlangBehaviours do
  defmodule Door do
    @behaviour :gen_statem
    def callback_mode, do: :state_functions
    def init(code), do: {:ok, :locked, %{code: code, tries: 0}}
    def locked({:call, from}, {:unlock, c}, %{code: c} = d), do: {:next_state, :open, d, [{:reply, from, :opened}]}
    def locked({:call, from}, {:unlock, _}, d), do: {:keep_state, %{d | tries: d.tries + 1}, [{:reply, from, {:wrong, d.tries + 1}}]}
    def locked({:call, from}, :close, _), do: {:keep_state_and_data, [{:reply, from, :already}]}
    def open({:call, from}, :close, d), do: {:next_state, :locked, d, [{:reply, from, :closed}]}
    def open({:call, from}, _, _), do: {:keep_state_and_data, [{:reply, from, :is_open}]}
  end

  defmodule Log do
    @behaviour :gen_event
    def init(pid), do: {:ok, {pid, []}}
    def handle_event(e, {pid, l}), do: {:ok, {pid, [e | l]}}
    def handle_call(:all, {_, l} = s), do: {:ok, Enum.reverse(l), s}
  end

  def main do
    {:ok, d} = :gen_statem.start_link(Door, 42, [])
    IO.inspect(for q <- [{:unlock, 1}, {:unlock, 2}, :close, {:unlock, 42}, {:unlock, 42}, :close], do: :gen_statem.call(d, q))
    {:ok, e} = :gen_event.start_link()
    :ok = :gen_event.add_handler(e, Log, self())
    for n <- 1..3, do: :gen_event.notify(e, {:n, n})
    IO.inspect(:gen_event.call(e, Log, :all))
    c = :counters.new(2, [])
    1..10 |> Enum.map(&Task.async(fn -> :counters.add(c, rem(&1, 2) + 1, &1) end)) |> Task.await_many()
    IO.inspect([:counters.get(c, 1), :counters.get(c, 2)])
    t = :ets.new(:t, [:bag])
    :ets.insert(t, for(i <- 1..6, do: {rem(i, 3), i}))
    IO.inspect(for k <- 0..2, do: :ets.lookup(t, k))
    IO.inspect(:queue.to_list(:queue.in(3, :queue.from_list([1, 2]))))
    IO.inspect(:gb_trees.to_list(:gb_trees.from_orddict(a: 1, b: 2)))
    IO.inspect(:proplists.get_value(:a, a: 1))
    IO.inspect(:io_lib.format("~5.2f|~-6s|~4..0b", [3.14159, "ab", 42]) |> to_string())
    :persistent_term.put({__MODULE__, :k}, %{v: 1})
    IO.inspect(:persistent_term.get({__MODULE__, :k}))
    IO.inspect(:persistent_term.erase({__MODULE__, :k}))
    IO.inspect(:erlang.fun_info(&Enum.map/2, :module))
    IO.inspect(:unicode.characters_to_binary([?é, "x"]))
    IO.inspect(:sets.to_list(:sets.from_list([1])))
    IO.inspect(:array.to_list(:array.from_list([1, 2])))
    IO.inspect(:string.titlecase("abc"))
    IO.inspect(:timer.tc(fn -> :done end) |> elem(1))
  end
end
