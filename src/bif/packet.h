// SPDX-License-Identifier: Apache-2.0
// bif/packet.h - the parts of erlang:decode_packet/3.
#pragma once
#include "bif/bif.h"

// One line of HTTP, its end included, as {http_request, …}, {http_response, …},
// {http_header, …}, http_eoh or {http_error, Line}. headers: not the first line.
// strings are binaries or lists. TERM_NONE: refused, exception set.
Term packet_http(Process *p, const uint8_t *line, size_t len, bool headers, bool binaries);
