% SPDX-License-Identifier: Apache-2.0
%% The names of the system are this sandbox's own.
% hostile: 37
% verdict: done
-module(register_hijack).
-export([main/0]).

main() ->
    catch unregister(logger), catch register(logger, self()),
    catch unregister(user), catch register(user, self()),
    catch unregister(init), catch register(init, self()),
    catch unregister(code_server), ok.
