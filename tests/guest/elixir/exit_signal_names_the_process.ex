# exit: 1
# stderr: ** (EXIT from #PID<
# stderr: >) :linked
defmodule ExitSignalNamesTheProcess do
  def main do
    spawn_link(fn -> exit(:linked) end)
    Process.sleep(:infinity)
  end
end
