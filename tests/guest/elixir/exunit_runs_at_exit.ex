# ExUnit runs the tests of the program after it, and the failure is the exit status.
#
# exit: 2
# expect: first
defmodule ExunitRunsAtExit do
  def main do
    ExUnit.start(formatters: [], seed: 0)

    defmodule Tests do
      use ExUnit.Case

      test "first" do
        IO.puts("first")
        assert 1 + 1 == 2
      end

      test "second" do
        assert 1 + 1 == 3
      end
    end
  end
end
