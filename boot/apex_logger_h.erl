%% SPDX-License-Identifier: Apache-2.0
%% The default handler of logger in a sandbox: what it logs is formatted by the process
%% that logs and goes to the host's error stream at once.
-module(apex_logger_h).
-export([log/2, config/0]).

%% As the default handler of OTP's kernel, but for the module.
config() ->
    #{id => default,
      module => ?MODULE,
      level => all,
      config => #{type => standard_error},
      filter_default => stop,
      filters => [{remote_gl, {fun logger_filters:remote_gl/2, stop}},
                  {domain, {fun logger_filters:domain/2, {log, super, [otp, sasl]}}},
                  {no_domain, {fun logger_filters:domain/2, {log, undefined, []}}}],
      formatter => {logger_formatter, #{legacy_header => true, single_line => false}}}.

log(Event, #{formatter := {Formatter, Config}}) ->
    Text = try unicode:characters_to_binary(Formatter:format(Event, Config)) of
               Bytes when is_binary(Bytes) -> Bytes;
               _ -> fallback(Event)
           catch
               _:_ -> fallback(Event)
           end,
    _ = apex_host:output(2, Text),
    ok.

fallback(Event) ->
    unicode:characters_to_binary(io_lib:format("FORMATTER CRASH: ~tp~n", [Event])).
