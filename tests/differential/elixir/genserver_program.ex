# SPDX-License-Identifier: Apache-2.0
# GenServer: calls, casts, info, continue, timeouts, names, stop, crash reasons.
defmodule GenserverProgram do
  defmodule Counter do
    use GenServer
    def start_link(n, opts \\ []), do: GenServer.start_link(__MODULE__, n, opts)
    @impl true
    def init(:stop), do: {:stop, :refused}
    def init(n), do: {:ok, n, {:continue, :double}}
    @impl true
    def handle_continue(:double, n), do: {:noreply, n * 2}
    @impl true
    def handle_call(:get, _from, n), do: {:reply, n, n}
    def handle_call({:later, x}, from, n) do
      Task.start(fn -> GenServer.reply(from, {:later, x}) end)
      {:noreply, n}
    end
    def handle_call(:crash, _from, _n), do: raise("crashed")
    def handle_call(:slow, _from, n), do: {:noreply, n}
    @impl true
    def handle_cast({:add, x}, n), do: {:noreply, n + x}
    @impl true
    def handle_info({:tick, pid}, n) do
      send(pid, {:tock, n})
      {:noreply, n}
    end
    @impl true
    def terminate(reason, n), do: if(is_pid(Process.whereis(:observer_of_end)), do: send(:observer_of_end, {:ended, reason, n}))
  end

  def main do
    Process.flag(:trap_exit, true)
    Process.register(self(), :observer_of_end)
    {:ok, pid} = Counter.start_link(5)
    IO.inspect(GenServer.call(pid, :get))
    GenServer.cast(pid, {:add, 3})
    IO.inspect(GenServer.call(pid, :get))
    IO.inspect(GenServer.call(pid, {:later, 9}))
    send(pid, {:tick, self()})
    receive do m -> IO.inspect(m) end
    try do GenServer.call(pid, :slow, 10) catch :exit, {:timeout, {GenServer, :call, [_ | args]}} -> IO.inspect(args) end
    IO.inspect(GenServer.stop(pid))
    receive do {:ended, r, n} -> IO.inspect({r, n}) end
    receive do {:EXIT, ^pid, r} -> IO.inspect(r) end
    IO.inspect(Counter.start_link(:stop))
    receive do {:EXIT, _, r} -> IO.inspect(r) end
    {:ok, named} = Counter.start_link(1, name: :counter_name)
    IO.inspect({GenServer.call(:counter_name, :get), GenServer.whereis(:counter_name) == named})
    IO.inspect(match?({:error, {:already_started, ^named}}, Counter.start_link(1, name: :counter_name)))
    try do GenServer.call(:counter_name, :crash) catch :exit, {{%RuntimeError{} = e, _}, _} -> IO.inspect(e) end
    receive do {:EXIT, ^named, {e, _}} -> IO.inspect(e) end
    receive do {:ended, {e, _}, n} -> IO.inspect({e, n}) end
    try do GenServer.call(:counter_name, :get) catch :exit, r -> IO.inspect(r) end
    IO.inspect(Counter.child_spec(1))
    IO.inspect(GenServer.whereis({:global, :nobody}) |> is_nil())
  end
end
