# SPDX-License-Identifier: Apache-2.0
# Compiles Elixir test programs: elixir compile.exs JOBS, one job a line, fields
# separated by tabs: source, output directory, file for the verdict. The verdict is
# "ok Module", the module that exports main/0, or "error Message".

[jobs] = System.argv()
Code.compiler_options(ignore_module_conflict: true)

for line <- jobs |> File.read!() |> String.split("\n", trim: true) do
  [source, dir, verdict] = String.split(line, "\t")

  text =
    try do
      modules = Code.compile_file(source)

      for {module, beam} <- modules do
        File.write!(Path.join(dir, "#{module}.beam"), beam)
      end

      main = Enum.find(modules, fn {module, _} -> function_exported?(module, :main, 0) end)

      # The next program may define modules of the same names.
      for {module, _} <- modules do
        :code.purge(module)
        :code.delete(module)
        :code.purge(module)
      end

      case main do
        {module, _} -> "ok #{module}"
        nil -> "error no module exports main/0"
      end
    catch
      kind, reason -> "error " <> Exception.format(kind, reason, [])
    end

  File.write!(verdict <> ".tmp", text)
  File.rename!(verdict <> ".tmp", verdict)
end
