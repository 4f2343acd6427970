# SPDX-License-Identifier: Apache-2.0
# ETS, Erlang modules, records, charlists from Elixir.
defmodule EtsAndErlangInterop do
  require Record
  Record.defrecord(:user, name: "none", age: 0)

  def main do
    t = :ets.new(:tab, [:ordered_set, :public])
    :ets.insert(t, [{1, "one"}, {2, "two"}, {3, "three"}])
    IO.inspect([:ets.lookup(t, 2), :ets.tab2list(t), :ets.select(t, [{{:"$1", :"$2"}, [{:>, :"$1", 1}], [:"$2"]}]), :ets.info(t, :size), :ets.update_counter(t, :n, 5, {:n, 0})])
    IO.inspect(Enum.map(1..3, &:ets.member(t, &1)))
    u = user(name: "ann")
    IO.inspect([u, user(u, :name), user(u, age: 5), Record.is_record(u, :user), match?(user(age: 0), u)])
    IO.inspect([:lists.reverse([1, 2]), :string.uppercase('abc'), :maps.to_list(%{a: 1}), :erlang.phash2({1, "a"}), :binary.copy("x", 3), :math.pow(2, 3), :queue.to_list(:queue.from_list([1])), :orddict.from_list(b: 1, a: 2)])
    IO.inspect([List.to_string('abc'), to_charlist("é"), List.to_integer('42'), Atom.to_string(:a), to_string(nil), to_string([?a, "b"]), List.to_tuple([1]), Tuple.to_list({1, 2}), Tuple.append({1}, 2), put_elem({1, 2}, 0, :x), elem({1, 2}, 1)])
    IO.inspect([List.flatten([1, [2, [3]]]), List.first([1]), List.last([]), List.delete([1, 2, 1], 1), List.insert_at([1, 2], 1, :x), List.replace_at([1, 2], 0, :y), List.keyfind([a: 1], :a, 0), List.zip([[1, 2], [3, 4]]), List.foldr([1, 2], 0, &-/2), List.wrap(nil), List.starts_with?([1, 2], [1]), List.myers_difference([1, 2], [1, 3]), List.ascii_printable?('a'), List.duplicate(1, 2), List.update_at([1], 0, &(&1 + 1)), List.pop_at([1, 2], 0)])
    try do :ets.lookup(:no_table, 1) rescue e -> IO.puts(Exception.message(e)) end
    try do :lists.nth(0, [1]) rescue e -> IO.inspect(e.__struct__) end
    IO.inspect(:erlang.term_to_binary(%{a: [1, "b"]}) |> :erlang.binary_to_term())
    IO.inspect(Base.encode64("hello") <> Base.encode16(<<255, 1>>) <> Base.url_encode64(<<255>>) <> Base.encode32("a"))
    IO.inspect([Base.decode64("aGVsbG8="), Base.decode16("zz"), Base.decode16!("ff01", case: :lower)])
    IO.inspect([URI.parse("http://u@h:80/p?q=1#f") |> Map.take([:host, :path, :query, :port]), URI.encode("a b/é"), URI.decode("a%20b"), URI.encode_query(a: 1, b: "x y"), URI.decode_query("a=1&b=x+y"), Path.join("a", "b"), Path.basename("/x/y.ex", ".ex"), Version.compare("1.2.3", "1.10.0"), Version.match?("1.5.0", "~> 1.4")])
  end
end
