# SPDX-License-Identifier: Apache-2.0
# String: graphemes, cases, splitting, padding, replacing.
defmodule StringFunctions do
  def main do
    s = "Hello, Wörld! 日本 é"
    IO.inspect([String.length(s), byte_size(s), String.upcase(s), String.downcase(s), String.capitalize("éCOLE"), String.reverse(s)])
    IO.inspect([String.graphemes("e\u0301👨‍👩‍👧x"), String.codepoints("e\u0301"), String.to_charlist("aé"), String.next_grapheme("ab")])
    IO.inspect([String.split("a b  c"), String.split("a,b,,c", ","), String.split("a,b,,c", ",", trim: true), String.split("a-b_c", ["-", "_"], parts: 2), String.split_at("hello", 2), String.split_at("hello", -2)])
    IO.inspect([String.slice("hello", 1..3), String.slice("hello", -3, 2), String.at("hello", 1), String.first("日本"), String.last("日本"), String.slice("héllo", 1, 10)])
    IO.inspect([String.trim("  a "), String.trim_leading("xxa", "x"), String.pad_leading("7", 3, "0"), String.pad_trailing("ab", 5), String.duplicate("ab", 3)])
    IO.inspect([String.replace("a.b.c", ".", "-"), String.replace("a.b.c", ".", "-", global: false), String.replace("abc", ~r/[bc]/, &String.upcase/1), String.replace_prefix("abc", "a", "z"), String.replace_suffix("abc", "c", "z")])
    IO.inspect([String.contains?("abc", ["x", "b"]), String.starts_with?("abc", "ab"), String.ends_with?("abc", ["c"]), String.match?("abc", ~r/b/), String.equivalent?("é", "e\u0301")])
    IO.inspect([String.to_integer("42"), String.to_integer("ff", 16), String.to_float("1.5"), String.to_atom("abc"), String.to_existing_atom("ok")])
    IO.inspect([Integer.parse("12abc"), Integer.parse("x"), Float.parse("1.5e3x"), Float.parse("."), Integer.to_string(255, 16), Integer.digits(1234), Integer.undigits([1, 2])])
    IO.inspect([String.valid?("é"), String.valid?(<<255>>), String.printable?("a\n"), String.printable?(<<0>>), String.jaro_distance("martha", "marhta"), String.myers_difference("abc", "adc")])
    IO.inspect([String.normalize("é", :nfd) |> byte_size(), String.chunk("abc\0\0def", :printable), String.splitter("a,b", ",") |> Enum.to_list(), String.bag_distance("abc", "bcd")])
    for f <- [fn -> String.to_integer("x") end, fn -> String.to_float("1") end, fn -> String.slice(:a, 1, 1) end, fn -> String.duplicate("a", -1) end, fn -> String.to_existing_atom("surely no atom yet so far") end, fn -> String.upcase(5) end] do
      try do
        IO.inspect(f.())
      rescue
        e -> IO.inspect(e.__struct__)
      end
    end
  end
end
