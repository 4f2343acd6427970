# SPDX-License-Identifier: Apache-2.0
# Compiles files of Elixir's own test suite to .beam, without running them:
#
#   elixir compile.exs JOBS
#
# JOBS is a file with one job a line, fields separated by tabs: the test helper of the
# library, the test file, directory for the .beam files. A file `ok` in that directory
# says that it is complete; `error` has the message of a file that does not compile.
# The modules of the helper go into a directory `helper` beside it.

# Notes each module that is compiled, also those of files that the test file requires.
defmodule ApexSuiteTracer do
  def start, do: :ets.new(__MODULE__, [:public, :named_table])

  def trace({:on_module, beam, _}, env) do
    :ets.insert(__MODULE__, {env.module, beam})
    :ok
  end

  def trace(_event, _env), do: :ok

  def write(dir) do
    File.mkdir_p!(dir)

    for {module, beam} <- :ets.tab2list(__MODULE__) do
      File.write!(Path.join(dir, "#{module}.beam"), beam)
    end

    :ets.delete_all_objects(__MODULE__)
  end
end

defmodule ApexSuiteCompile do
  def helper(path, dir) do
    required = Code.required_files()
    Code.require_file(path)
    if Code.required_files() != required, do: ApexSuiteTracer.write(dir)
  end

  def test(path, dir) do
    required = Code.required_files()
    Code.compile_file(path)
    ApexSuiteTracer.write(dir)
    File.write!(Path.join(dir, "ok"), "")
    # The next file has to find in its directory what it requires.
    Code.unrequire_files(Code.required_files() -- required)
  catch
    kind, reason ->
      :ets.delete_all_objects(ApexSuiteTracer)
      File.write!(Path.join(dir, "error"), Exception.format(kind, reason, __STACKTRACE__))
  end
end

[jobs] = System.argv()
ApexSuiteTracer.start()

Code.compiler_options(
  ignore_module_conflict: true,
  debug_info: true,
  tracers: [ApexSuiteTracer]
)

ExUnit.start(autorun: false)

for line <- jobs |> File.read!() |> String.split("\n", trim: true) do
  [helper, path, dir] = String.split(line, "\t")
  ApexSuiteCompile.helper(helper, Path.join(Path.dirname(dir), "helper"))
  ApexSuiteCompile.test(path, dir)
end
