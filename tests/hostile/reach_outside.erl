% SPDX-License-Identifier: Apache-2.0
%% Files, programs, sockets and the environment of the host are not there.
% hostile: 75 82
% verdict: done
-module(reach_outside).
-export([main/0]).

main() ->
    [{error, _} = file:read_file(F) || F <- ["/etc/passwd", "../../../etc/passwd", "/proc/self/mem", "/proc/self/environ", "/dev/mem", <<"/etc/passwd">>]],
    [{error, _} = file:write_file(F, <<"x">>) || F <- ["/tmp/hostile_was_here", "hostile_was_here", "/dev/null"]],
    [{error, _} = file:list_dir(D) || D <- ["/", "/tmp", "."]],
    {error, _} = file:make_symlink("/etc/passwd", "/tmp/hostile_link"),
    {error, _} = file:delete("/tmp/x"), {error, _} = file:consult("/etc/passwd"),
    [{'EXIT', _} = (catch open_port(P, [])) || P <- [{spawn, "sh"}, {spawn_executable, "/bin/sh"}, {fd, 0, 1}, {spawn_driver, "x"}, {fd, 2, 2}]],
    case catch os:cmd("id") of {'EXIT', _} -> ok; "uid" ++ _ -> error(escaped); _ -> ok end,
    [] = [V || V <- ["PATH", "HOME", "USER", "APEX_OTP_ROOT"], os:getenv(V) =/= false],
    [case catch F() of {'EXIT', _} -> ok; {error, _} -> ok end ||
        F <- [fun() -> gen_tcp:listen(0, []) end, fun() -> gen_tcp:connect({127, 0, 0, 1}, 80, [], 100) end,
              fun() -> gen_tcp:connect({169, 254, 169, 254}, 80, [], 100) end, fun() -> gen_udp:open(0) end,
              fun() -> socket:open(inet, stream) end, fun() -> prim_inet:open(tcp, inet, stream) end]],
    ok.
