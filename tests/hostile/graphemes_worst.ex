# SPDX-License-Identifier: Apache-2.0
# Graphemes of a text of marks, joiners and flags.
# hostile: 46 59
# verdict: done or killed or deadline
# limits: deadline=3s
defmodule :graphemes_worst do
  def main do
    t = String.duplicate("e\u0301\u200d\u{1f1e6}", 20_000)
    _ = String.length(t)
    _ = String.reverse(t)
    _ = String.normalize(t, :nfd)
    _ = String.jaro_distance(String.slice(t, 0, 500), String.slice(t, 1, 500))
    :ok
  end
end
