# `make backtest` and `make test` need nothing but Debian (or macOS) and Swift: .ci/install brings the rest.

.DEFAULT_GOAL := help
.PHONY: help build install uninstall backtest check test hooks trust tools docs-pictures integrity simulate container sanitize lint bench format clean

BINARY := .build/release/trading-playbook
RELEASE := -c release --static-swift-stdlib -Xlinker -s
ifeq ($(shell uname),Linux)
# Nothing looks for symbols in the program, and no library lies beside it: smaller, and sooner started. The libraries of
# C++ and of GCC are linked in: the linker finds the static one of C++ first, in a directory that has nothing else. A
# function that nothing calls is left out, and functions of the same instructions are kept once. Functions that
# are nearly the same are not merged: the merged one would call others through pointers.
STATIC := $(CURDIR)/.build/static
RELEASE += -Xswiftc -Xfrontend -Xswiftc -function-sections -Xswiftc -Xllvm -Xswiftc -swiftmergefunc-threshold=0 \
	-Xlinker --icf=all -Xlinker --no-export-dynamic \
	--disable-local-rpath -Xswiftc -use-ld=lld -Xlinker -L$(STATIC) -Xswiftc -Xclang-linker -Xswiftc -static-libgcc
# Where the C library knows them (glibc 2.36), packed relocations save 2 MB and a quarter of the start.
ifeq ($(shell printf '2.36\n%s\n' "$$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d' ' -f2)" | sort -VC && echo packed),packed)
RELEASE += -Xlinker -z -Xlinker pack-relative-relocs
endif
endif
CHECKS := --explicit-target-dependency-import-check error
# Tests are built a sixth sooner without what only a debugger reads: `make check DEBUG_INFO=dwarf` keeps it.
DEBUG_INFO ?= none
CHECKED := $(CHECKS) -debug-info-format $(DEBUG_INFO)
# What is not built again for each change is built whole, and not as a debug build: in one the parser of command lines
# checks all commands at each start, half of a short run's time, and tests start the program thousands of times. A module
# is read through once, not a second time for those who import it: they wait for it all the same.
WHOLE := -c release --scratch-path .build/tests
TESTED := $(WHOLE) $(CHECKED) -Xswiftc -Onone -Xswiftc -enable-testing -Xswiftc -num-threads -Xswiftc 2 \
	-Xswiftc -no-emit-module-separately-wmo
SERVED := PlaybookHTTPTests|PlaybookAlertsTests|PlaybookServerTests|FakeStorageTests|FakeIdentityTests|StorageServer|Mongo|Postgres|ToyMarketJournal
PYTEST := .venv/bin/python -m pytest -q -n 4 --dist loadfile
# The program that is tested from outside.
CHECKED_PROGRAM := TRADING_PLAYBOOK=.build/debug/trading-playbook
TESTED_PROGRAM := TRADING_PLAYBOOK=.build/tests/release/trading-playbook
# What Python compiles is kept beside the build, whatever the environment says: tests start it hundreds of times.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/.build/python
FAKES := $(sort $(dir $(wildcard Tests/Fake*/test_*.py)))
ENDS := Tests/EndToEnd $(FAKES)
MAIN_PATHS := $(addprefix Tests/EndToEnd/,documents nightly/test_status.py data/test_data_check.py \
	reference/test_statistics.py writers/test_writers_rows.py)
SWIFT_FILES := Package.swift Sources Tests Benchmarks/swift

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

build: ## build the release binary
	@.ci/install build
ifdef STATIC
	@mkdir -p $(STATIC)
	@ln -sf "$$(gcc -print-file-name=libstdc++.a)" $(STATIC)/
endif
	swift build $(RELEASE) $(CHECKS) --product trading-playbook

PREFIX ?= /usr/local
PROGRAM := $(DESTDIR)$(PREFIX)/bin/trading-playbook
SHARE := $(DESTDIR)$(PREFIX)/share
MANUAL := $(SHARE)/man/man1/trading-playbook.1
BASH_COMPLETION := $(SHARE)/bash-completion/completions/trading-playbook
ZSH_COMPLETION := $(SHARE)/zsh/site-functions/_trading-playbook
FISH_COMPLETION := $(SHARE)/fish/vendor_completions.d/trading-playbook.fish

install: build ## install the program, its manual page and shell completions under PREFIX (/usr/local)
	@.ci/install install
	install -d $(dir $(PROGRAM) $(MANUAL) $(BASH_COMPLETION) $(ZSH_COMPLETION) $(FISH_COMPLETION))
	install -m 755 $(BINARY) $(PROGRAM)
	.ci/manual $(BINARY) >$(MANUAL)
	$(BINARY) --generate-completion-script bash >$(BASH_COMPLETION)
	$(BINARY) --generate-completion-script zsh >$(ZSH_COMPLETION)
	$(BINARY) --generate-completion-script fish >$(FISH_COMPLETION)

uninstall: ## remove what install put there
	rm -f $(PROGRAM) $(MANUAL) $(BASH_COMPLETION) $(ZSH_COMPLETION) $(FISH_COMPLETION)

backtest: build ## run DP20 on the built-in sample and show the summary and where the journal is
	$(BINARY) backtest --symbol QQQ --start 2025-01-02 --end 2025-11-04 --source sample

test: lint ## install what tests need and run every test
	@mkdir -p .build
	# What tests need is downloaded and unpacked while the compiler works, and Python compiles them once for all workers.
	@echo "swift build $(TESTED) --build-tests, and beside it .ci/install test"
	@{ .ci/install test && { $(PYTEST) -n 0 --collect-only $(ENDS) >/dev/null 2>&1 || true; }; } > .build/install.log 2>&1 & installing=$$!; \
		swift build $(TESTED) --build-tests; built=$$?; \
		wait $$installing; installed=$$?; cat .build/install.log; \
		[ $$installed = 0 ] && [ $$built = 0 ]
	swift test $(WHOLE) --skip-build --parallel --skip '$(SERVED)|FileFuzzTests'
	# What waits for servers or is one, and the damaged files, run beside the end-to-end tests, which wait too.
	@echo "swift test $(WHOLE) --skip-build --parallel --filter '$(SERVED)|FileFuzzTests', and beside it $(PYTEST) $(ENDS)"
	@FUZZ_FILES=100000 swift test $(WHOLE) --skip-build --parallel --filter '$(SERVED)|FileFuzzTests' > .build/served.log 2>&1 & \
		served=$$!; \
		$(TESTED_PROGRAM) $(PYTEST) $(ENDS); ends=$$?; \
		wait $$served; code=$$?; \
		if [ $$code = 0 ]; then tail -n 1 .build/served.log; else cat .build/served.log; fi; \
		[ $$code = 0 ] && [ $$ends = 0 ]

check: lint ## before each commit: the tests that wait for nothing, and the program's main paths; under 90 s after a change of one file
	@.ci/install test
	swift build $(CHECKED) --build-tests
	swift test --skip-build --parallel --skip '$(SERVED)'
	$(CHECKED_PROGRAM) $(PYTEST) $(MAIN_PATHS)

hooks: ## have Git run make check before each commit in this clone
	git config core.hooksPath .ci/hooks

trust: ## what is too long for every run: a million damaged files for the readers, a million damaged playbooks, 200,000 fills and 3,000 random playbooks against the reference, the sample's fairness, 600 sweeps with and without an edge, all kills, all fakes; an hour
	@.ci/install test
	swift build $(TESTED) --build-tests
	FUZZ_FILES=1000000 FUZZ_PLAYBOOKS=1000000 FILLS=200000 SAMPLE_SYMBOLS=50 RESEARCH_SWEEPS=200 swift test $(WHOLE) --skip-build \
		--filter 'FileFuzzTests|PlaybookFuzzTests|PlaybookFileReplayTests|ReferenceAgreementTests|SampleFairnessTests|NullTests'
	TRUST=1 $(TESTED_PROGRAM) RANDOM_PLAYBOOKS=3000 $(PYTEST) $(ENDS)

tools: ## run the tests of the fake services and of the tools that check, and record that they passed: `make test` leaves them out until one changes
	@.ci/install test
	swift build $(TESTED) --product trading-playbook
	TRUST=1 $(TESTED_PROGRAM) $(PYTEST) $(FAKES)
	TRUST=1 $(TESTED_PROGRAM) $(PYTEST) -m proof Tests/EndToEnd
	.venv/bin/python Tests/EndToEnd/support/trust.py record

docs-pictures: build ## draw the pictures of docs/reports.md anew
	@.ci/install test
	.venv/bin/python .ci/docs-pictures $(BINARY)

container: ## build the image as the Dockerfile says, measure and test it: as root, some ten minutes the first time
	@.ci/install container
	Tests/Container/run.sh

integrity: build ## write every journal with many processes under faults and 500 kill -9, and count the rows: some ten minutes
	@.ci/install test
	.venv/bin/python Tests/Integrity/run.py --binary $(BINARY) --kills 500

simulate: build ## run 60 simulated sessions of a scheduler, kills and faults against the service and the job, and ten months of late and partial data: a few minutes
	@.ci/install test
	.venv/bin/python Tests/Simulation/run.py --binary $(BINARY) --sessions 60
	for seed in 1 2 3 4 5 6 7 8 9 10; do .venv/bin/python Tests/Simulation/month.py --binary $(BINARY) --seed $$seed || exit 1; done

sanitize: ## run what goes over libcurl, libcrypto and libmongoc under ThreadSanitizer and AddressSanitizer
	@.ci/install test
	swift test --sanitize=thread --scratch-path .build/thread --disable-xctest --filter '$(SERVED)'
	LSAN_OPTIONS=suppressions=Tests/leaks.txt \
		swift test --sanitize=address --scratch-path .build/address --disable-xctest --filter '$(SERVED)'

lint: ## check the format of the Swift sources
	@.ci/install build
	swift format lint --parallel --strict -r $(SWIFT_FILES)

format: ## format the Swift sources
	swift format format -i -r $(SWIFT_FILES)

bench: build ## measure against the baselines in Benchmarks/
	@.ci/install bench
	swift build $(RELEASE) $(CHECKS) --product engine-benchmark
	.venv/bin/python Benchmarks/run.py --binary $(BINARY) --engine-benchmark .build/release/engine-benchmark \
		--python .venv/bin/python --work-dir .build/bench

clean: ## remove everything that was built or installed here
	rm -rf .build .venv
