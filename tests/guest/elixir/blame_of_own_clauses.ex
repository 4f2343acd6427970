# A failed call to a function of the program itself lists its clauses, as the elixir command does.
#
# exit: 1
# stderr:         def f(-:a-, +x+) when -x > 1-
# stderr:         def f(-:b-, +x+) when -is_map(x)-
defmodule BlameOfOwnClauses do
  def f(:a, x) when x > 1, do: x
  def f(:b, x) when is_map(x), do: x

  def main do
    f(:c, 1)
  end
end
