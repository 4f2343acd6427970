# SPDX-License-Identifier: Apache-2.0
# Modules are defined by evaluated text until there may be no more.
# hostile: 58 26 36
# verdict: done or deadline or error badmatch or killed or limit memory
# limits: deadline=3s, memory=96M, modules=50
defmodule :eval_many_modules do
  def main do
    try do
      Enum.each(1..100, fn n -> Code.eval_string("defmodule M#{n} do; def f, do: #{n}; end") end)
    rescue
      _ -> :ok
    catch
      _, _ -> :ok
    end
    :ok
  end
end
