%% SPDX-License-Identifier: Apache-2.0
%% Which replacements keep the key, and what they leave behind.
-module(select_replace).
-export([main/0]).

r(Spec) ->
    [begin
         T = ets:new(t, [Type]),
         ets:insert(T, [{1, 2}, {{a, 1}, 3}]),
         Answer = try ets:select_replace(T, Spec)
                  catch Class:Reason -> {Class, Reason}
                  end,
         io:format("~w ~w ~p ~p~n", [Type, Spec, Answer, lists:sort(ets:tab2list(T))])
     end || Type <- [set, ordered_set, bag, duplicate_bag]].

main() ->
    [r(Spec) || Spec <- [
  [{{'$1','$2'},[],['$_']}],
  [{{'$1','$2'},[],[{{'$1',{'+','$2',1}}}]}],
  [{{'$1','$2'},[],[{{'$2','$1'}}]}],
  [{{1,'$2'},[],[{{1,x}}]}],
  [{{1,'$2'},[],[{{{const,1},x}}]}],
  [{{1,'$2'},[],[{{2,x}}]}],
  [{{{a,'$1'},'$2'},[],[{{{{a,'$1'}},x}}]}],
  [{{{a,'$1'},'$2'},[],[{{{a,'$1'},x}}]}],
  [{{{a,1},'$2'},[],[{{{{a,1}},x}}]}],
  [{{{a,1},'$2'},[],[{{{const,{a,1}},x}}]}],
  [{'$1',[],['$1']}],[{'$1',[],['$_']}],
  [{'_',[],['$_']}],
  [{{'$1','$2'},[],[a,'$_']}],
  [{{'$1','$2'},[],[a]}],
  [{{'_','$2'},[],[{{'_',2}}]}],
  [{{'$1','$2'},[],[{const,{'$1',2}}]}],
  [{{1,'$2'},[],[{const,{1,2}}]}],
  [{{'$1','$2'},[],[{{'$1'}}]}],
  [{{'$1','$2'},[],[{{'$1','$2',3}}]}],
  [{{'$1','$2'},[{'>','$2',2}],[{{'$1',new}}]}], foo, [], [{{'$1',a},[],[x]}]
    ]],
    ok.
