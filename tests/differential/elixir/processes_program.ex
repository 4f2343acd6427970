# SPDX-License-Identifier: Apache-2.0
# spawn, send, receive, links, monitors, Process functions.
defmodule ProcessesProgram do
  def main do
    me = self()
    pid = spawn(fn -> receive do {:ping, from} -> send(from, :pong) end end)
    send(pid, {:ping, me})
    receive do :pong -> IO.puts("pong") end
    IO.inspect(receive do :nothing -> 1 after 5 -> :timeout end)
    Process.flag(:trap_exit, true)
    l = spawn_link(fn -> exit(:linked) end)
    receive do {:EXIT, ^l, r} -> IO.inspect(r) end
    {m, ref} = spawn_monitor(fn -> raise "monitored" end)
    receive do {:DOWN, ^ref, :process, ^m, {e, st}} -> IO.inspect({e, is_list(st)}) end
    IO.inspect([Process.alive?(m), Process.whereis(:nobody), Process.put(:k, 1), Process.get(:k), Process.get(:z, 9), Process.delete(:k)])
    Process.register(me, :main_of_program)
    send(:main_of_program, :by_name)
    IO.inspect([receive(do: (x -> x)), Process.info(me, :registered_name), Process.unregister(:main_of_program)])
    t = Process.send_after(me, :timer, 1)
    IO.inspect([receive(do: (:timer -> :fired)), Process.cancel_timer(t), Process.read_timer(t)])
    w = spawn(fn -> Process.sleep(:infinity) end)
    r = Process.monitor(w)
    Process.exit(w, :kill)
    receive do {:DOWN, ^r, _, _, why} -> IO.inspect(why) end
    IO.inspect(Process.demonitor(r, [:flush]))
    a = :erlang.alias([:reply])
    send(a, :one) && send(a, :two)
    IO.inspect([receive(do: (y -> y), after: (5 -> nil)), receive(do: (y -> y), after: (5 -> nil))])
    IO.inspect(for(i <- 1..5, do: spawn(fn -> send(me, {i, i * i}) end)) |> length())
    IO.inspect(for(i <- 1..5, do: receive(do: ({^i, v} -> v))))
    IO.inspect([is_pid(me), is_reference(make_ref()), node(), Node.alive?(), Process.list() |> Enum.member?(me)])
    try do send(:no_such_name, 1) rescue e -> IO.inspect(e.__struct__) end
    try do exit({:shutdown, 1}) catch :exit, x -> IO.inspect(x) end
  end
end
