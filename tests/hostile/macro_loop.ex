# SPDX-License-Identifier: Apache-2.0
# A macro whose expansion calls it again, for ever.
# hostile: 58
# verdict: deadline or killed or limit memory
# limits: deadline=2s, memory=128M
defmodule :macro_loop do
  def main do
    Code.compile_string("defmodule Again do; defmacro again(n), do: quote(do: Again.again([unquote(n)])); end")
    Code.eval_string("require Again; Again.again(1)")
    :ok
  end
end
