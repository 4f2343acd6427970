# SPDX-License-Identifier: Apache-2.0
# Tasks that start tasks and do not wait for them.
# hostile: 17 14
# verdict: deadline or killed or limit memory
# limits: deadline=1s
defmodule :task_storm do
  def main, do: storm()
  def storm do
    Task.start(fn -> receive do :never -> :ok end end)
    storm()
  end
end
