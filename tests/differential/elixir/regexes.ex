# SPDX-License-Identifier: Apache-2.0
# Regex: run, scan, replace, split, named captures, options.
defmodule Regexes do
  def main do
    IO.inspect([Regex.run(~r/(\w)(\d)?/, "a"), Regex.run(~r/x/, "a"), Regex.scan(~r/\d+/, "1 22 333"), Regex.scan(~r/(\w)(\d)/, "a1b2"), Regex.match?(~r/^a/i, "ABC"), "abc" =~ ~r/c$/, "abc" =~ "b"])
    IO.inspect([Regex.replace(~r/\d/, "a1b2", "#"), Regex.replace(~r/(\w)(\d)/, "a1b2", "\\2\\1"), Regex.replace(~r/\d/, "a1b2", fn x -> "<#{x}>" end), Regex.replace(~r/b/, "abb", "x", global: false)])
    IO.inspect([Regex.split(~r/,\s*/, "a, b,c"), Regex.split(~r/(-)/, "a-b", include_captures: true), Regex.split(~r//, "abc", trim: true), String.split("a1b22c", ~r/\d+/)])
    IO.inspect([Regex.named_captures(~r/(?<y>\d{4})-(?<m>\d\d)/, "on 2024-05"), Regex.names(~r/(?<b>.)(?<a>.)/), Regex.escape("a.b*c"), Regex.source(~r/a/i), Regex.opts(~r/a/im)])
    IO.inspect([Regex.run(~r/é+/u, "caféé"), Regex.run(~r/./u, "日本"), Regex.run(~r/\p{Lu}/u, "aÉ"), Regex.run(~r/b/, "abc", return: :index), Regex.run(~r/a (?# comment) b/x, "ab"), Regex.run(~r/a.b/s, "a\nb"), Regex.run(~r/(a)(b)?(c)/, "ac")])
    IO.inspect([Regex.compile("("), elem(Regex.compile("a+"), 0), Regex.regex?(~r/a/), Regex.run(~r/(?<=a)b/, "ab"), Regex.run(~r/\bfoo\b/, "a foo b"), Regex.run(~r/a{2,3}?/, "aaaa"), Regex.run(~r/[[:alpha:]]+/, "12abc")])
    IO.inspect(Regex.run(Regex.compile!("^(\\d+)\\.(\\d+)$"), "10.25", capture: :all_but_first))
    try do Regex.compile!("*") rescue e -> IO.puts(Exception.message(e)) end
  end
end
