# SPDX-License-Identifier: Apache-2.0
# The front door. Each target installs what is missing, builds and does its
# work; the building itself is CMake's (CMakePresets.json).

.DEFAULT_GOAL := help
.PHONY: help deps build run test hostile fuzz fuzz-stress debug asan tsan stress bench install format lint clean

PREFIX ?= /usr/local
FUZZ_SECONDS ?= 1200
TURNS_EVERY  ?= 1
TURNS_MS     ?= 2
JOBS   ?= $(shell nproc)
NINJA   = cmake --build --preset

help:
	@echo "make run      build, then run the demonstration in examples/"
	@echo "make test     build, then all tests (unit, guest, differential)"
	@echo "make hostile  hostile programs beside a well-behaved sandbox, as a table"
	@echo "make fuzz     each fuzz target for FUZZ_SECONDS=$(FUZZ_SECONDS) seconds, as a table"
	@echo "make fuzz-stress  the same with a collection at every reserve"
	@echo "make asan     the tests under AddressSanitizer and UndefinedBehaviorSanitizer"
	@echo "make tsan     the tests under ThreadSanitizer"
	@echo "make stress   the tests with a collection at every reserve and one-reduction slices"
	@echo "make bench    measure beside the installed Erlang (options: bench/run --help)"
	@echo "make debug    the tests with internal assertions"
	@echo "make install  build and install below PREFIX=$(PREFIX) (DESTDIR is honoured)"
	@echo "make format   rewrite the sources with clang-format"
	@echo "make lint     formatting, layers and clang-tidy, changing nothing"
	@echo "make clean    remove what was built"
	@echo
	@echo "Each installs missing Debian/Ubuntu packages first (scripts/install-deps);"
	@echo "APEX_NO_DEPS=1 leaves that out. The command is build/apex."

deps:
	@if [ -z "$$APEX_NO_DEPS" ]; then scripts/install-deps; fi

build: deps
	@scripts/build release $(JOBS)

run: build
	build/apex run examples/tenants/*

test: build
	@tools/check_layers
	@tools/check_symbols build
	@tests/hostile/attacks -q
	@scripts/test release --jobs $(JOBS)

hostile: build
	@tests/hostile/run -s -j $(JOBS)
	@build/hostile/churn_test build/hostile/churn_000000.beam 10000
	@build/hostile/turns_test -e $(TURNS_EVERY) -m $(TURNS_MS) build/hostile/turns.beam

fuzz: deps
	@scripts/build fuzz $(JOBS)
	@tests/fuzz/run --jobs $(JOBS) --seconds $(FUZZ_SECONDS)

fuzz-stress: deps
	@scripts/build fuzz-stress $(JOBS)
	@tests/fuzz/run --build build-fuzz-stress --jobs $(JOBS) --seconds $(FUZZ_SECONDS)

debug asan tsan stress: deps
	@scripts/build $@ $(JOBS)
	@scripts/test $@ --jobs $(JOBS)

bench: build
	@bench/run

install: build
	cmake --install build --prefix "$(PREFIX)"

format: deps
	@git ls-files '*.c' '*.h' | xargs clang-format-19 -i

lint: build
	@scripts/lint $(JOBS)

clean:
	rm -rf build build-debug build-asan build-tsan build-stress build-fuzz build-fuzz-stress
