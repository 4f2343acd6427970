# exit: 1
# stderr: ** (exit) :out
# stderr:     tests/guest/elixir/exit_of_the_program_shows_its_stack.ex:6: ExitOfTheProgramShowsItsStack.main/0
defmodule ExitOfTheProgramShowsItsStack do
  def main do
    exit(:out)
  end
end
