// SPDX-License-Identifier: Apache-2.0
// examples/host/hello.c - the smallest host: one sandbox, one call.
//
//     cc hello.c $(pkg-config --cflags --libs apex) -o hello && ./hello
#include <apex.h>
#include <stdio.h>

int main(void)
{
    ApexEngine *engine;
    ApexSandbox *sandbox;
    ApexError error;
    if (apex_engine_new(NULL, &engine, &error) != APEX_OK)
        return fprintf(stderr, "%s\n", error.text), 1;
    if (apex_sandbox_new(engine, NULL, &sandbox, &error) != APEX_OK)
        return fprintf(stderr, "%s\n", error.text), 1;

    ApexWriter args;  // [<<"hello, world">>]
    apex_writer_init(&args);
    apex_put_list(&args, 1);
    apex_put_text(&args, "hello, world");
    apex_put_nil(&args);

    ApexResult result;
    ApexBytes text;
    apex_sandbox_call(sandbox, "string", "titlecase", args.data, args.len, NULL, &result);
    if (apex_term_text(result.term.data, result.term.len, &text) == APEX_OK)
        puts((char *)text.data);

    apex_bytes_free(&text);
    apex_result_clear(&result);
    apex_writer_clear(&args);
    apex_sandbox_release(sandbox);
    apex_engine_free(engine);
    return 0;
}
