# SPDX-License-Identifier: Apache-2.0
# Macros at compile time, module attributes, generated functions, quote at run time.
defmodule MacrosAndMetaprogramming.M do
    defmacro unless_(c, do: b), do: quote(do: if(unquote(c), do: nil, else: unquote(b)))
    defmacro __using__(opts) do
      quote do
        def injected, do: unquote(opts[:value])
        @before_compile MacrosAndMetaprogramming.M
      end
    end
    defmacro __before_compile__(_), do: quote(do: def(late, do: @acc))
end

defmodule MacrosAndMetaprogramming do
  alias MacrosAndMetaprogramming.M

  defmodule User do
    use M, value: 42
    Module.register_attribute(__MODULE__, :acc, accumulate: true)
    @acc 1
    @acc 2
    for {n, v} <- [one: 1, two: 2], do: def(unquote(n)(), do: unquote(v))
    @doc "documented"
    def documented(x \\ 1, y \\ 2), do: {x, y}
  end

  require M
  def main do
    IO.inspect([M.unless_(false, do: :ran), M.unless_(true, do: :ran), User.injected(), User.late(), User.one(), User.two(), User.documented(), User.documented(5)])
    q = quote do: 1 + unquote(2) * x
    IO.inspect(q)
    IO.puts(Macro.to_string(q))
    IO.inspect(Macro.prewalk(q, fn {:x, _, _} -> 10; n -> n end) |> Macro.to_string())
    IO.inspect([Macro.camelize("foo_bar"), Macro.underscore("FooBar"), Macro.var(:a, nil), Macro.escape({1, 2, 3})])
    IO.inspect(User.__info__(:functions))
    IO.inspect([__MODULE__, User.module_info(:module), function_exported?(User, :one, 0), Module.concat(User, Sub), Module.split(User)])
    IO.inspect(apply(User, :documented, [7, 8]))
    f = &User.documented/2
    IO.inspect([f.(1, 2), is_function(f, 2), Function.info(f, :arity), Function.capture(Enum, :sum, 1).([1, 2])])
    IO.inspect((& &1 + &2).(1, 2))
    IO.inspect([1, 2, 3] |> Enum.map(&(&1 + 1)) |> then(&{:then, &1}) |> tap(fn _ -> IO.puts("tap") end))
    IO.inspect(Code.string_to_quoted("a + b * [1, c: 2]"))
    IO.inspect(Code.string_to_quoted("1 +") |> elem(0))
  end
end
