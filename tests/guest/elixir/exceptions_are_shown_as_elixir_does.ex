# exit: 1
# stderr: ** (KeyError) key :a not found in: %{b: 1}
# stderr:     tests/guest/elixir/exceptions_are_shown_as_elixir_does.ex:6: ExceptionsAreShownAsElixirDoes.main/0
defmodule ExceptionsAreShownAsElixirDoes do
  def main do
    raise KeyError, key: :a, term: %{b: 1}
  end
end
