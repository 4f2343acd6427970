# SPDX-License-Identifier: Apache-2.0
# IO.puts beyond the limit of output.
# hostile: 12
# verdict: deadline or killed or error terminated or error badarg or error system_limit or error enospc
# limits: deadline=1s, output=64K
defmodule :puts_flood do
  def main do
    IO.puts("a line of output that is not short")
    main()
  end
end
