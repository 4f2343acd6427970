# SPDX-License-Identifier: Apache-2.0
# IO.puts, write, inspect, chardata, StringIO, Inspect.Algebra.
defmodule IoAndOutput do
  def main do
    IO.puts("line")
    IO.puts(:atom)
    IO.puts(1.5)
    IO.puts(["io", [?l | "ist"], 'chars'])
    IO.write("no newline")
    IO.write("\n")
    IO.puts("ünïcödé 日本")
    IO.binwrite("bytes\n")
    IO.puts(IO.iodata_to_binary(["a", ?b, ["c"]]))
    IO.inspect([IO.iodata_length(["ab", 1]), IO.chardata_to_string(["é", 233])])
    {:ok, io} = StringIO.open("first\nsecond\n")
    IO.inspect([IO.gets(io, ""), IO.read(io, :line), IO.read(io, :line)])
    IO.puts(io, "written")
    IO.inspect(StringIO.contents(io))
    IO.inspect(StringIO.close(io))
    IO.inspect(IO.gets("prompt"))
    IO.puts(:stdio, "device")
    IO.puts(Process.group_leader(), "leader")
    import Inspect.Algebra
    doc = group(nest(glue(concat("begin", break()), " ", concat("middle", concat(break(), "end"))), 2))
    IO.puts(format(doc, 80) |> IO.iodata_to_binary())
    IO.puts(format(doc, 10) |> IO.iodata_to_binary())
    IO.puts(:io_lib.format("~p ~s ~w", [{:a, "b"}, "c", 'd']) |> IO.iodata_to_binary())
    IO.puts(~s(sigil #{1 + 1} "quotes"))
    IO.puts(~S(raw #{no}))
    IO.inspect([~w(a b c), ~w(a b)a, ~c(chars)])
    IO.puts("""
    heredoc
      indented
    """)
    IO.puts(IO.ANSI.format([:red, "x"], false) |> IO.iodata_to_binary())
  end
end
