# The level is that of Elixir's Logger from the first message on, also for a program whose first
# call is the message.
#
# expect: true
defmodule FirstMessageIsLogged do
  require Logger

  def main do
    Logger.debug(fn -> throw(:asked_for) end)
    IO.puts(false)
  catch
    :asked_for -> IO.puts(true)
  end
end
