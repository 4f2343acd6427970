# SPDX-License-Identifier: Apache-2.0
# Binaries: construction and matching of all segment types.
defmodule Bitstrings do
  def main do
    <<a, b::16, c::little-32, d::float, e::3, f::5, rest::binary>> = <<1, 2::16, 3::little-32, 1.5::float, 5::3, 9::5, "tail">>
    IO.inspect({a, b, c, d, e, f, rest})
    IO.inspect([<<1, 2, 3>>, <<1::4>>, <<"é"::utf8>>, <<"é"::utf16>>, <<300::16>>, <<-1::8>>, <<1.0::float-32>>, <<0x1F600::utf8>>, "a" <> <<0>>])
    <<n, s::binary-size(n), _::bits>> = <<3, "abcdef">>
    IO.inspect(s)
    IO.inspect([byte_size("日本"), bit_size(<<1::3>>), is_binary(<<1::3>>), is_bitstring(<<1::3>>), binary_part("hello", 1, 3)])
    IO.inspect(parse("key=value;k2=v2;"))
    IO.inspect(for <<c::utf8 <- "aé日">>, do: c)
    IO.inspect(<<1, 2>> <> "str" <> <<255>>)
    x = 7
    IO.inspect(match?(<<^x, _::binary>>, <<7, 8>>))
    IO.inspect(:binary.bin_to_list("abc"))
    IO.inspect(<<for(i <- 1..5, do: i * 2)::binary>>) 
  rescue
    e in ArgumentError -> IO.puts(Exception.message(e))
  end

  def parse(""), do: []
  def parse(b) do
    [k, r] = :binary.split(b, "=")
    [v, r] = :binary.split(r, ";")
    [{k, v} | parse(r)]
  end
end
