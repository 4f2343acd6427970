# exit: 3
defmodule ShutdownIsTheExitStatus do
  def main do
    exit({:shutdown, 3})
  end
end
