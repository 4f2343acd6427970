# Hooks run after the program, the last one first, each with the status so far; they may add
# hooks, fail, and change the status.
#
# expect: main
# expect: third 0
# expect: second 1
# expect: first 1
# expect: added 7
# stderr: ** (RuntimeError) in a hook
# exit: 7
defmodule AtExitHooksRun do
  def main do
    System.at_exit(fn status ->
      IO.puts("first #{status}")
      System.at_exit(fn status -> IO.puts("added #{status}") end)
      exit({:shutdown, 7})
    end)

    System.at_exit(fn status -> IO.puts("second #{status}") end)

    System.at_exit(fn status ->
      IO.puts("third #{status}")
      raise "in a hook"
    end)

    IO.puts("main")
  end
end
