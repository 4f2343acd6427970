# SPDX-License-Identifier: Apache-2.0
# raise, rescue, catch, after, else, custom exceptions and their messages.
defmodule ExceptionsProgram do
  defmodule MyError do
    defexception [:code, message: "default text"]
  end

  defmodule Built do
    defexception [:message]
    @impl true
    def exception(n), do: %__MODULE__{message: "built from #{inspect(n)}"}
  end

  def main do
    for f <- [fn -> raise "plain" end, fn -> raise MyError end, fn -> raise MyError, code: 7, message: "m" end, fn -> raise Built, 42 end, fn -> raise ArgumentError end,
              fn -> throw(:ball) end, fn -> exit(:bye) end, fn -> :erlang.error(:custom) end, fn -> 1 / zero() end, fn -> hd(zero()) end, fn -> :nomod.f(1) end,
              fn -> {:ok, _} = zero() end, fn -> case zero() do 1 -> 1 end end, fn -> cond do zero() == 1 -> 1 end end, fn -> Map.fetch!(%{a: 1}, :b) end,
              fn -> String.to_integer("x") end, fn -> clause(:nope) end, fn -> zero().(1) end, fn -> (fn x -> x end).(1, 2) end, fn -> apply(zero(), :f, []) end, fn -> with 1 <- zero() do 1 else 2 -> 2 end end,
              fn -> :erlang.atom_to_list("a") end, fn -> <<zero()::binary>> end, fn -> %MyError{} = zero() end, fn -> raise %MyError{code: 1} end, fn -> :maps.get(:k, zero()) end, fn -> Process.sleep(:x) end, fn -> zero() and true end] do
      IO.inspect(attempt(f))
    end
    IO.inspect(try do :ok after IO.puts("after") end)
    IO.inspect(try do 5 rescue _ -> 1 else x when x > 3 -> :large; _ -> :small end)
    try do
      try do
        raise "first"
      rescue
        e in RuntimeError -> reraise %MyError{message: "second: " <> e.message}, __STACKTRACE__
      after
        IO.puts("cleanup")
      end
    rescue
      e in [MyError, ArgumentError] -> IO.inspect(e)
    end
    IO.puts(Exception.format(:error, %RuntimeError{message: "shown"}, []))
    IO.puts(Exception.format(:exit, {:shutdown, :x}, []))
    IO.puts(Exception.format_banner(:throw, :t))
    IO.inspect(Exception.normalize(:error, :badarith))
    IO.puts(Exception.format_mfa(Enum, :map, 2))
    IO.puts(Exception.format_stacktrace_entry({Enum, :map, 2, [file: 'lib/enum.ex', line: 7]}))
  end

  defp attempt(f) do
    f.()
  rescue
    e -> {e.__struct__, Exception.message(e) |> String.split("\n") |> hd()}
  catch
    kind, value -> {kind, value}
  end

  defp clause(:a), do: 1
  def zero, do: 0
end
