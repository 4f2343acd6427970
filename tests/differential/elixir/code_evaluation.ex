# SPDX-License-Identifier: Apache-2.0
# The compiler itself at work: evaluation with bindings as iex does it, modules made at run time,
# macros, protocols, syntax and compile errors, quoted code, the formatter.
defmodule CodeEvaluation do
  def main do
    evaluation()
    shell()
    modules()
    protocols()
    macros()
    failures()
    erlang()
    formatter()
  end

  defp show(x), do: IO.inspect(x, limit: :infinity, width: 100)

  defp evaluation do
    show(Code.eval_string("a + b * c", a: 1, b: 2, c: 3))
    show(Code.eval_string("x = y = 5\nfn z -> x + y + z end", []) |> elem(0) |> apply([1]))
    show(Code.eval_string("for i <- 1..10, rem(i, 3) == 0, into: %{}, do: {i, i * i}"))
    show(Code.eval_string("case x do\n {:ok, v} when v > 1 -> v\n _ -> :none\nend", x: {:ok, 2}))
    show(Code.eval_string("try do\n raise \"oops\"\nrescue\n e in RuntimeError -> e.message\nend"))
    show(Code.eval_string("receive do\n :never -> 1\nafter\n 0 -> :timeout\nend"))
    show(Code.eval_string("with {:ok, a} <- {:ok, 1}, {:ok, b} <- :error, do: a + b"))
    show(Code.eval_string("<<a::8, b::binary>> = \"xyz\"; {a, b}"))
    show(Code.eval_string("import Bitwise; {1 <<< 10, 255 &&& 15, bnot(0)}"))
    show(Code.eval_string("&(&1 <> \"!\")") |> elem(0) |> then(& &1.("hi")))
    show(Code.eval_string("Enum.map([1, 2, 3], fn x when x > 1 -> :big; _ -> :small end)"))
    show(Code.eval_string("%{map | b: 3}", map: %{a: 1, b: 2}))
    show(Code.eval_string("\"\#{name}: \#{1 + 1}\"", name: "sum"))
    show(Code.eval_string("~w(a b c)a ++ ~c(xy) ++ [~s(q), ~r/a.c/ |> Regex.run(\"xabcx\")]"))
    show(Code.eval_quoted(quote(do: 1 + unquote(41))))
    show(Code.eval_string("^x = 1; x", x: 1))
    show(Code.eval_string("__ENV__.file", [], file: "made_up.exs"))
    show(Code.eval_string("fact = fn\n 0, _ -> 1\n n, f -> n * f.(n - 1, f)\nend\nfact.(30, fact)") |> elem(0))
  end

  # Lines one after another, each with the environment that the last one has left.
  defp shell do
    lines = ["require Integer", "a = 20", "f = fn x -> x + a end", "import Enum, only: [sum: 1]",
             "alias String, as: S", "S.upcase(\"abc\")", "sum([f.(1), f.(2)])", "Integer.is_odd(a)",
             "defmodule Shell.One do\n def hi, do: :hi\nend", "Shell.One.hi()", "[a | _] = [7, 8]", "a"]

    Enum.reduce(lines, {[], Code.env_for_eval(file: "shell")}, fn line, {binding, env} ->
      quoted = Code.string_to_quoted!(line, file: "shell")
      {value, binding, env} = Code.eval_quoted_with_env(quoted, binding, env)
      unless is_function(value) or match?({:module, _, _, _}, value), do: show(value)
      {binding, env}
    end)
  end

  defp modules do
    [{module, beam}] = Code.compile_string("""
    defmodule Made do
      @moduledoc "made at run time"
      @on_load :loaded
      @external 12
      defstruct [:a, b: 2]
      @type t :: %__MODULE__{a: integer, b: integer}
      @spec size(t) :: integer
      def size(%__MODULE__{a: a, b: b}), do: a * b * @external
      for {name, value} <- [one: 1, two: 2], do: def unquote(name)(), do: unquote(value)
      defp loaded do
        :persistent_term.put(:made_loaded, true)
        :ok
      end
      def private, do: loaded()
    end
    """)

    show({module, is_binary(beam), :persistent_term.get(:made_loaded)})
    show(module.__struct__(a: 3))
    show({module.size(module.__struct__(a: 3)), module.one(), module.two(), module.private()})
    show(module.__info__(:functions))
    show(Code.ensure_loaded?(module))
    show(:code.which(module))
    show(:code.get_object_code(module))
    show(Code.fetch_docs(module))

    Code.compiler_options(ignore_module_conflict: true)
    Code.eval_string("defmodule Made do\n def one, do: :new\nend")
    show({module.one(), function_exported?(module, :two, 0)})

    {:module, name, _, value} = Module.create(Made.By.Create, quote(do: def(x, do: __MODULE__)), Macro.Env.location(__ENV__))
    show({name, value, name.x()})
    :code.purge(name)
    show({:code.delete(name), Code.ensure_loaded(name)})
  end

  defp protocols do
    Code.eval_string("""
    defprotocol Sized do
      @fallback_to_any true
      def size(x)
    end
    defimpl Sized, for: [List, Tuple] do
      def size(x) when is_list(x), do: length(x)
      def size(x), do: tuple_size(x)
    end
    defimpl Sized, for: Any do
      def size(_), do: :unknown
    end
    defmodule Box do
      @derive Sized
      defstruct [:x]
    end
    """)

    sized = Sized
    show(Enum.map([[1, 2], {1}, %{}, struct(Box)], &sized.size/1))
    show({sized.impl_for([]), sized.impl_for(1), sized.__protocol__(:consolidated?)})
    show(Protocol.consolidated?(Enumerable))
  end

  defp macros do
    quoted = quote(do: unless(a, do: b, else: c))
    show(Macro.to_string(Macro.expand_once(quoted, __ENV__)))
    show(Macro.to_string(quote(do: fn x, y when x > y -> x |> f(y) |> g() end)))
    show(Macro.prewalk(quote(do: 1 + 2 * 3), fn n when is_integer(n) -> n * 10; n -> n end) |> Code.eval_quoted() |> elem(0))

    Code.eval_string("""
    defmodule Twice do
      defmacro twice(do: block), do: quote(do: [unquote(block), unquote(block)])
      defmacro __using__(opts) do
        quote bind_quoted: [n: opts[:n]] do
          @n n
          @before_compile Twice
        end
      end
      defmacro __before_compile__(env), do: quote(do: def(n, do: {unquote(env.module), @n}))
    end
    """)

    show(Code.eval_string("""
    require Twice
    {Twice.twice(do: 1 + 1), (defmodule User do use Twice, n: 3 end; User.n())}
    """) |> elem(0))
  end

  defp failures do
    for text <- ["1 +", "foo(", "end", "\"abc", "fn -> end end", "undefined_variable", "Nope.f()", "nope()",
                 "%Nope{}", "defmodule Bad do\n def f(x), do: y\nend", "defmodule Bad do\n use Nope\nend",
                 "1 = 2", "raise ArgumentError, \"given\"", "throw(:up)", "exit(:down)", "case 1 do\n 2 -> 3\nend",
                 "(fn 1 -> 1 end).(2)", ":erlang.error(:own)", "hd([])", "a = 1; a.(2)", "Integer.is_odd(1)"] do
      try do
        show(Code.eval_string(text, []))
      rescue
        e -> show({text, e.__struct__, Exception.message(e)})
      catch
        kind, value -> show({text, kind, value})
      end
    end
  end

  defp erlang do
    text = '-module(from_erlang). -export([f/1]). f(X) when X > 0 -> [Y || Y <- lists:seq(1, X), Y rem 2 =:= 1]; f(_) -> none.'
    {:ok, tokens, _} = :erl_scan.string(text)
    {forms, []} = Enum.reduce(tokens, {[], []}, fn
      {:dot, _} = dot, {done, current} ->
        {:ok, form} = :erl_parse.parse_form(Enum.reverse([dot | current]))
        {[form | done], []}
      token, {done, current} -> {done, [token | current]}
    end)
    {:ok, module, beam} = :compile.forms(Enum.reverse(forms), [])
    {:module, ^module} = :code.load_binary(module, 'from_erlang.erl', beam)
    show({module.f(9), module.f(0)})

    {:ok, tokens, _} = :erl_scan.string('F = fun Fact(0) -> 1; Fact(N) -> N * Fact(N - 1) end, [F(N) || N <- [X, 20]].')
    {:ok, expressions} = :erl_parse.parse_exprs(tokens)
    {:value, value, bindings} = :erl_eval.exprs(expressions, [X: 5])
    show({value, Keyword.keys(bindings)})
  end

  defp formatter do
    source = "defmodule   A do\ndef f( x,y )  do\n  x+y|>g( )\n end\n@doc   \"\"\"\n  doc\n  \"\"\"\n  def g(%{a: 1,b: [1,2,3]}=m), do: if m.a do m else nil end # why\nend"
    IO.puts(Code.format_string!(source))
    show(Code.string_to_quoted("a.b.c(1, [x: 2])"))
    show(Code.string_to_quoted("x = # c\n 1", columns: true, token_metadata: true))
    show(Code.string_to_quoted("1 ="))
    show(Code.Fragment.cursor_context("Enum.ma"))
    show(Code.string_to_quoted!("[1, \#{2}]", existing_atoms_only: true) |> Macro.to_string())
  rescue
    e -> show(e)
  end
end
