# SPDX-License-Identifier: Apache-2.0
# Many processes through the library: tasks, streams of tasks, timeouts of servers, a partitioned
# registry, monitors, timers, supervisors that restart.
defmodule ConcurrencyAtScale do
  defmodule Counter do
    use GenServer
    def start_link(opts), do: GenServer.start_link(__MODULE__, opts[:start] || 0, opts)
    def init(n), do: {:ok, n, {:continue, :ready}}
    def handle_continue(:ready, n), do: {:noreply, n + 100}
    def handle_call(:slow, _from, n), do: Process.sleep(5_000) && {:reply, n, n}
    def handle_call({:later, ms}, from, n), do: Process.send_after(self(), {:reply, from}, ms) && {:noreply, n}
    def handle_call(:get, _from, n), do: {:reply, n, n}
    def handle_call(:idle, _from, n), do: {:reply, :ok, n, 10}
    def handle_call(:hibernate, _from, n), do: {:reply, :sleepy, n, :hibernate}
    def handle_call(:stop, _from, n), do: {:stop, :normal, :stopping, n}
    def handle_cast({:add, m}, n), do: {:noreply, n + m}
    def handle_info({:reply, from}, n), do: GenServer.reply(from, :later) && {:noreply, n}
    def handle_info(:timeout, n), do: {:noreply, n + 1000}
    def handle_info(_, n), do: {:noreply, n}
  end

  def main do
    :logger.set_primary_config(:level, :none)
    tasks()
    streams()
    servers()
    registry()
    agents()
    supervision()
    monitors()
    lazy()
  end

  defp tasks do
    IO.inspect(1..500 |> Enum.map(&Task.async(fn -> &1 * &1 end)) |> Task.await_many() |> Enum.sum())
    IO.inspect(Task.await(Task.async(fn -> Task.await(Task.async(fn -> :inner end)) end)))
    slow = Task.async(fn -> Process.sleep(:infinity) end)
    IO.inspect(Task.yield(slow, 10))
    IO.inspect(Task.shutdown(slow, :brutal_kill))
    slow = Task.async(fn -> Process.sleep(10_000) end)

    try do
      Task.await(slow, 10)
    catch
      :exit, {:timeout, {Task, :await, [%Task{}, 10]}} -> IO.puts("timeout")
    end

    {:ok, sup} = Task.Supervisor.start_link()
    IO.inspect(Task.Supervisor.async_nolink(sup, fn -> raise "x" end) |> Task.yield() |> elem(1) |> elem(0))
    IO.inspect(Task.Supervisor.async_stream(sup, [1, 2, 3], &div(6, &1), on_timeout: :kill_task) |> Enum.take(2))
    IO.inspect(Task.Supervisor.async_stream_nolink(sup, [1, 0, 2], &div(6, &1)) |> Enum.map(fn {:ok, v} -> v; {:exit, {e, _}} -> e end))
    IO.inspect(Task.Supervisor.children(sup))
    IO.inspect(Task.completed({:a, 1}) |> Task.await())
    IO.inspect(Task.yield_many([Task.async(fn -> 1 end), Task.async(fn -> Process.sleep(:infinity) end)], timeout: 50, on_timeout: :kill_task) |> Enum.map(&elem(&1, 1)))
  rescue
    e -> IO.inspect(e)
  end

  defp streams do
    IO.inspect(Task.async_stream(1..200, fn x -> x * 2 end, max_concurrency: 16) |> Enum.reduce(0, fn {:ok, x}, acc -> acc + x end))
    IO.inspect(Task.async_stream([50, 0, 25], fn ms -> Process.sleep(ms); ms end, ordered: false, max_concurrency: 3) |> Enum.to_list())
    IO.inspect(Task.async_stream([1, 5_000], fn ms -> Process.sleep(ms); ms end, timeout: 100, on_timeout: :kill_task) |> Enum.to_list())
    resource = Stream.resource(fn -> {self(), 3} end, fn {_, 0} = s -> {:halt, s}; {pid, n} -> {[n], {pid, n - 1}} end, fn {pid, n} -> send(pid, {:closed, n}) end)
    IO.inspect(Enum.to_list(resource))
    IO.inspect(Enum.take(resource, 1))
    IO.inspect({closed(), closed(), closed()})
    IO.inspect(Stream.interval(1) |> Enum.take(3))
    IO.inspect(Stream.timer(1) |> Enum.to_list())
    IO.inspect(1..1000 |> Stream.chunk_every(7) |> Stream.map(&Enum.sum/1) |> Stream.filter(&(rem(&1, 2) == 0)) |> Stream.with_index() |> Enum.at(20))
  end

  defp servers do
    {:ok, pid} = Counter.start_link(start: 1, name: Named)
    IO.inspect(GenServer.call(Named, :get))
    for n <- 1..100, do: GenServer.cast({:global, :nobody}, n) && GenServer.cast(Named, {:add, n})
    IO.inspect(GenServer.call(pid, :get))
    IO.inspect(GenServer.call(pid, {:later, 5}))
    IO.inspect(GenServer.call(pid, :hibernate))
    IO.inspect(GenServer.call(pid, :idle))
    Process.sleep(100)
    IO.inspect(:sys.get_state(pid))
    IO.inspect(:sys.replace_state(pid, fn n -> n - 1 end))
    IO.inspect(catch_exit(fn -> GenServer.call(pid, :slow, 20) end) |> elem(0))
    {:ok, other} = GenServer.start(Counter, 1)
    IO.inspect(GenServer.call(other, :stop))
    IO.inspect(catch_exit(fn -> GenServer.call(other, :get) end) |> elem(0))
    IO.inspect(catch_exit(fn -> GenServer.call(:nobody, :get) end))
    IO.inspect(GenServer.start_link(Counter, 1, name: Named) |> elem(0))
    IO.inspect(GenServer.whereis(Named) == pid)
    {replies, bad} = GenServer.multi_call([node()], Named, :hibernate, 100)
    IO.inspect({replies, bad})
  end

  defp registry do
    {:ok, _} = Registry.start_link(keys: :unique, name: Uniq, partitions: 4)
    {:ok, _} = Registry.start_link(keys: :duplicate, name: Dup, partitions: 4, listeners: [])
    parent = self()

    pids =
      for n <- 1..100 do
        pid = spawn(fn ->
          {:ok, _} = Registry.register(Uniq, n, n * n)
          {:ok, _} = Registry.register(Dup, rem(n, 5), n)
          send(parent, :registered)
          receive do: (:stop -> :ok)
        end)
        receive do: (:registered -> pid)
      end

    IO.inspect({Registry.count(Uniq), Registry.count(Dup)})
    IO.inspect(Registry.lookup(Uniq, 7) |> Enum.map(&elem(&1, 1)))
    IO.inspect(Registry.lookup(Dup, 3) |> Enum.map(&elem(&1, 1)) |> Enum.sort())
    IO.inspect(Registry.select(Uniq, [{{:"$1", :_, :"$2"}, [{:>, :"$1", 97}], [{{:"$1", :"$2"}}]}]) |> Enum.sort())
    Registry.dispatch(Dup, 2, fn entries -> for {pid, n} <- entries, n > 90, do: send(pid, :stop) end)
    refs = for {pid, n} <- Enum.zip(pids, 1..100), rem(n, 5) == 2 and n > 90, do: Process.monitor(pid)
    for ref <- refs, do: receive(do: ({:DOWN, ^ref, _, _, _} -> :ok))
    wait(fn -> Registry.count(Dup) == 98 end)
    IO.inspect({Registry.count(Uniq), Registry.count(Dup)})
    {:ok, _} = Counter.start_link(name: {:via, Registry, {Uniq, :server}})
    IO.inspect(GenServer.call({:via, Registry, {Uniq, :server}}, :get))
    IO.inspect(Registry.register(Uniq, :server, 1) |> elem(0))
    IO.inspect(Registry.update_value(Uniq, :none, & &1))
    for pid <- pids, do: send(pid, :stop)
    wait(fn -> Registry.count(Uniq) == 1 end)
    IO.inspect(Registry.keys(Uniq, self()))
  end

  defp agents do
    {:ok, agent} = Agent.start_link(fn -> %{} end)
    1..50 |> Enum.map(fn n -> Task.async(fn -> Agent.update(agent, &Map.update(&1, rem(n, 3), 1, fn v -> v + 1 end)) end) end) |> Task.await_many()
    IO.inspect(Agent.get(agent, & &1))
    IO.inspect(Agent.get_and_update(agent, fn m -> {map_size(m), :gone} end))
    IO.inspect(Agent.stop(agent))
  end

  defp supervision do
    Process.flag(:trap_exit, true)
    children = for n <- 1..3, do: Supervisor.child_spec({Counter, start: n, name: :"c#{n}"}, id: n)
    {:ok, sup} = Supervisor.start_link(children, strategy: :rest_for_one)
    before = for n <- 1..3, do: Process.whereis(:"c#{n}")
    ref = Process.monitor(Enum.at(before, 1))
    Process.exit(Enum.at(before, 1), :kill)
    receive do: ({:DOWN, ^ref, _, _, _} -> :ok)
    wait(fn -> Supervisor.count_children(sup).active == 3 and Process.whereis(:c3) not in [nil | before] end)
    IO.inspect(for {n, pid} <- Enum.zip(1..3, before), do: Process.whereis(:"c#{n}") == pid)
    IO.inspect(Supervisor.which_children(sup) |> Enum.map(&elem(&1, 0)))
    IO.inspect({Supervisor.terminate_child(sup, 2), Supervisor.delete_child(sup, 2), Supervisor.delete_child(sup, 9)})
    IO.inspect(Supervisor.stop(sup))
    {:ok, dyn} = DynamicSupervisor.start_link(strategy: :one_for_one, max_children: 3)
    IO.inspect(for n <- 1..4, do: DynamicSupervisor.start_child(dyn, {Counter, start: n}) |> elem(0))
    IO.inspect(DynamicSupervisor.count_children(dyn))
    {:ok, _} = PartitionSupervisor.start_link(child_spec: {Agent, fn -> [] end}, name: Parts, partitions: 3)
    for n <- 0..8, do: Agent.update({:via, PartitionSupervisor, {Parts, n}}, &[n | &1])
    IO.inspect(for {id, pid, _, _} <- Enum.sort(PartitionSupervisor.which_children(Parts)), do: {id, Agent.get(pid, & &1)})
  end

  defp monitors do
    pids = for n <- 1..200, do: spawn(fn -> receive do: (:go -> exit({:done, n})) end)
    refs = Map.new(pids, &{Process.monitor(&1), &1})
    for pid <- pids, do: send(pid, :go)
    IO.inspect(Enum.reduce(refs, 0, fn {ref, pid}, sum -> receive(do: ({:DOWN, ^ref, :process, ^pid, {:done, n}} -> sum + n)) end))
    timer = Process.send_after(self(), :never, 50_000)
    IO.inspect(is_integer(Process.cancel_timer(timer)))
    IO.inspect({Process.cancel_timer(timer), Process.read_timer(timer)})
    for n <- [30, 10, 20], do: Process.send_after(self(), {:timer, n}, n)
    IO.inspect(for _ <- 1..3, do: receive(do: ({:timer, n} -> n)))
    {pid, ref} = spawn_monitor(fn -> Process.hibernate(__MODULE__, :woken, [self()]) end)
    send(pid, :wake)
    IO.inspect(receive(do: ({:DOWN, ^ref, _, _, reason} -> reason)))
  end

  def woken(_), do: receive(do: (message -> exit({:woken, message})))

  defp lazy do
    IO.inspect(Stream.unfold({0, 1}, fn {a, b} -> {a, {b, a + b}} end) |> Enum.take(20))
    IO.inspect(Stream.transform(1..100, 0, fn x, acc -> if acc < 50, do: {[x], acc + x}, else: {:halt, acc} end) |> Enum.to_list())
    IO.inspect(Enum.zip_with([1..3, Stream.cycle([:a, :b]), [1.0, 2.0, 3.0]], & &1))
    IO.inspect(Stream.zip(Stream.repeatedly(fn -> 1 end), 1..3) |> Enum.to_list())
  end

  defp closed, do: receive(do: ({:closed, n} -> n), after: (0 -> :empty))

  defp catch_exit(fun) do
    fun.()
  catch
    :exit, reason -> reason
  end

  defp wait(fun), do: fun.() || (Process.sleep(5) && wait(fun))
end
