# SPDX-License-Identifier: Apache-2.0
# A macro that expands into itself twice as large, each time.
# hostile: 58
# verdict: done or deadline or killed or limit memory or error undef
# limits: deadline=3s, memory=128M
defmodule :macro_bomb do
  def main do
    source = """
    defmodule Bomb do
      defmacro grow(0, e), do: e
      defmacro grow(n, e), do: quote(do: Bomb.grow(unquote(n - 1), [unquote(e), unquote(e)]))
    end
    """
    Code.compile_string(source)
    try do
      Code.eval_string("require Bomb; Bomb.grow(24, 1)")
    rescue
      _ -> :ok
    end
    :ok
  end
end
