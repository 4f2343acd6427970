# What a program logs, and how its processes end, is printed as Elixir's Logger does it, also what
# is logged just before the program ends. The first message is not lost although nothing has
# asked for the logger before.
#
# expect: info first
# expect: error GenServer Named terminating
# expect: ** (RuntimeError) boom
# expect:     tests/guest/elixir/logger_of_elixir_reports.ex:23: LoggerOfElixirReports.Server.handle_cast/2
# expect:     (stdlib 4.2) gen_server.erl:1123: :gen_server.try_dispatch/4
# expect:     (stdlib 4.2) gen_server.erl:1200: :gen_server.handle_msg/6
# expect:     (stdlib 4.2) proc_lib.erl:240: :proc_lib.init_p_do_apply/3
# expect: Last message: {:"$gen_cast", :boom}
# expect: State: 1
# expect: warning last
defmodule LoggerOfElixirReports do
  require Logger

  defmodule Server do
    use GenServer
    def init(x), do: {:ok, x}

    def handle_cast(:boom, _state) do
      raise "boom"
    end
  end

  def main do
    Logger.configure_backend(:console, format: "$level $message\n")
    Logger.info("first")
    {:ok, pid} = GenServer.start(Server, 1, name: Named)
    ref = Process.monitor(pid)
    GenServer.cast(pid, :boom)
    receive do: ({:DOWN, ^ref, _, _, _} -> :ok)
    Logger.warn("last")
  end
end
