# `make backtest` and `make test` need nothing but Debian (or macOS) and Swift: .ci/install brings the rest.

.DEFAULT_GOAL := help
.PHONY: help build backtest test lint bench format clean

BINARY := .build/release/trading-playbook
RELEASE := -c release --static-swift-stdlib -Xlinker -s
CHECKS := --explicit-target-dependency-import-check error
SWIFT_FILES := Package.swift Sources Tests Benchmarks/swift

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

build: ## build the release binary
	@.ci/install build
	swift build $(RELEASE) $(CHECKS) --product trading-playbook

backtest: build ## run DP20 on the built-in sample and show the summary and where the journal is
	$(BINARY) backtest --symbol QQQ --start 2025-01-02 --end 2025-11-04 --source sample

test: lint ## install what tests need and run every test
	@.ci/install test
	swift build $(CHECKS) --build-tests
	swift test --skip-build --parallel --skip PlaybookHTTPTests
	# On their own: they wait for a server, and others' calculations would hold them up.
	swift test --skip-build --parallel --filter PlaybookHTTPTests
	TRADING_PLAYBOOK=.build/debug/trading-playbook .venv/bin/python -m pytest -q -n 2 --dist loadfile Tests/EndToEnd

lint: ## check the format of the Swift sources
	@.ci/install build
	swift format lint --strict -r $(SWIFT_FILES)

format: ## format the Swift sources
	swift format format -i -r $(SWIFT_FILES)

bench: ## measure against the baselines in Benchmarks/
	@.ci/install bench
	swift build $(RELEASE) $(CHECKS)
	.venv/bin/python Benchmarks/run.py --binary $(BINARY) --engine-benchmark .build/release/engine-benchmark \
		--python .venv/bin/python --work-dir .build/bench

clean: ## remove everything that was built or installed here
	rm -rf .build .venv
