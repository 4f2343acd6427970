# SPDX-License-Identifier: Apache-2.0
# What Elixir and beam_lib read from the .beam files of the library: clauses for the blame of a
# failed call, documentation, types, attributes; and reading such a file piece by piece.
defmodule BeamFilesAreReadable do
  def main do
    blame(fn -> Access.fetch(:foo, :bar) end)
    blame(fn -> Keyword.pop([a: 1], "not an atom") end)
    blame(fn -> String.slice(:a, 1, 2) end)

    path = :code.which(Enum)
    {:ok, {Enum, [attributes: attributes]}} = :beam_lib.chunks(path, [:attributes])
    IO.inspect(Keyword.keys(attributes))
    {:ok, {module, [debug_info: {:debug_info_v1, backend, _}]}} = :beam_lib.chunks(path, [:debug_info])
    IO.inspect({module, backend})
    IO.inspect(:beam_lib.md5(:code.which(:lists)) |> elem(1) |> elem(0))
    IO.inspect(:beam_lib.chunks('/nowhere/lists.beam', [:attributes]) |> elem(0))

    {:ok, whole} = File.read(path)
    {_, bytes, _} = :code.get_object_code(Enum)
    IO.inspect(whole == bytes)

    {:ok, file} = :file.open(path, [:raw, :read, :binary])
    IO.inspect(:file.read(file, 4))
    IO.inspect(:file.position(file, {:cur, 4}))
    IO.inspect(:file.read(file, 4))
    IO.inspect(:file.pread(file, 0, 4))
    IO.inspect(:file.pread(file, [{0, 4}, {8, 4}]))
    IO.inspect(:file.position(file, :eof) == {:ok, byte_size(bytes)})
    IO.inspect(:file.read(file, 1))
    IO.inspect(:file.position(file, {:bof, 8}))
    IO.inspect(:file.position(file, {:cur, -9}))
    IO.inspect(:file.pread(file, byte_size(bytes) + 100, 4))
    IO.inspect(:file.pread(file, -1, 4))
    IO.inspect(:file.write(file, "x"))
    IO.inspect(:file.close(file))
    IO.inspect(:file.read(file, 1))
    IO.inspect(:file.close(file))
  end

  defp blame(fun) do
    fun.()
  rescue
    error ->
      {blamed, _} = Exception.blame(:error, error, __STACKTRACE__)
      IO.puts(Exception.format_banner(:error, blamed))
      IO.inspect(Map.get(blamed, :clauses) != nil)
      if Map.get(blamed, :clauses), do: IO.puts(FunctionClauseError.blame(blamed, &inspect/1, &Macro.to_string(&1.node)))
  end
end
