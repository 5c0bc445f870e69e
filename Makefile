# The one front door: `make help`. The work is in scripts/.

.DEFAULT_GOAL := help
SHELL := bash

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## the storefront and its canary, in a browser (needs Rust alone)
	@scripts/demo

.PHONY: setup
setup: ## make this machine ready for `make test`
	@scripts/setup

.PHONY: test
test: ## every suite, with a table and a total at the end
	@scripts/test

.PHONY: test-rust
test-rust: ## unit, property and integration tests in Rust
	@scripts/test rust

.PHONY: test-kotlin
test-kotlin: ## the Android library, on the JVM (Robolectric)
	@scripts/test kotlin

.PHONY: test-swift
test-swift: ## the iOS library, in a chroot where there is no Swift
	@scripts/test swift

.PHONY: test-e2e
test-e2e: ## storefront and canary in Chromium
	@scripts/test e2e

.PHONY: cross
cross: ## build and link for phones, and check the size
	@scripts/cross

.PHONY: size
size: ## the same, with the figure for a std of its own as well
	@scripts/cross --build-std

.PHONY: lint
lint: ## formatting, clippy, rustdoc, shellcheck; warnings are errors
	@scripts/test format lint

.PHONY: format
format: ## format Rust, JavaScript, CSS, Swift and Kotlin
	@scripts/format

.PHONY: android-api
android-api: ## accept the public API of the Android library as it is now
	@scripts/bindings kotlin
	mvn -q -B -f android -pl shipped -am verify -Dtest=ApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dshipped.accept=true

.PHONY: android-size
android-size: ## weigh what the Android library adds to a shrunk app, and accept it as recorded (needs Google's artifacts)
	@scripts/bindings kotlin
	@scripts/android-libs --build-std
	mvn -q -B -f android -Pgoogle -pl shipped -am verify -Dtest=WeightTest -Dsurefire.failIfNoSpecifiedTests=false -Dshipped.accept=true
	@cat android/shipped/target/shrunk/weight.txt

SEEDS ?= 200
.PHONY: android-screens
android-screens: ## reference screens touched at random, each SEEDS times; ONLY="part of a name" (android/README.md; needs Google's artifacts, hours)
	@scripts/bindings kotlin
	mvn -q -B -f android -Pgoogle -pl screens -am verify -Dtest='*ScreensTest' -Dsurefire.failIfNoSpecifiedTests=false -Dscreens.seeds=$(SEEDS) -Dscreens.only="$(ONLY)"
	@cat android/screens/target/*.md

.PHONY: android-cost
android-cost: ## what the Android library costs beside Sentry and Datadog, in time, memory and size (needs Google's artifacts)
	@scripts/bindings kotlin
	@scripts/android-libs
	mvn -q -B -f android -Ppeers -pl cost -am verify -Dtest='*Cost' -Dsurefire.failIfNoSpecifiedTests=false

.PHONY: deny
deny: ## licences, banned crates and sources of crates
	@scripts/deny

.PHONY: bench
bench: ## benchmarks of the core
	cargo bench --workspace

.PHONY: page-timings
page-timings: ## how long the canary's pages take over 30 days of ten million counts
	cargo bench -p amends-canary --bench pages

.PHONY: fleet
fleet: ## 100,000 simulated phones through a day, in virtual time
	cargo run --release -p fleet

ROLLOUTS ?= 10000
.PHONY: rollouts
rollouts: ## thousands of rollouts, judged every hour by our verdict and by others (docs/verdict.md; a quarter of an hour)
	cargo run --release -p rollouts -- --rollouts $(ROLLOUTS)

.PHONY: verdict-oracles
verdict-oracles: ## record what savvi, confseq and gbstats say, for the tests of the verdict (needs Python and Boost)
	@scripts/verdict-oracles

.PHONY: rollout-tools
rollout-tools: ## ask a canary through Argo Rollouts' and Flagger's own code (needs Go; compiles for minutes)
	@scripts/rollout-tools

WORLDS ?= 10
.PHONY: alerts-report
alerts-report: ## how soon alerts see outages and how often they are wrong, over counts and over simulated phones (docs/alerts.md)
	cargo run --release -p outages -- --worlds $(WORLDS)
	cargo run --release -p outages -- --fleet 1500

.PHONY: explain
explain: ## what the engine decides about recorded events: make explain FILE=events.json
	@cargo run --quiet --release -p amends-replay --bin amends -- explain $(FILE)

FUZZ_SECONDS ?= 600
.PHONY: fuzz
fuzz: ## fuzz events, words and files, 10 minutes each
	@scripts/fuzz $(FUZZ_SECONDS)

.PHONY: mutants
mutants: ## which small changes to detectors and caps no test notices (an hour and more)
	@scripts/mutants

PROPTEST_CASES ?= 20000
.PHONY: long
long: ## the slow slices: many property cases, ignored (torture) tests, the whole fleet
	PROPTEST_CASES=$(PROPTEST_CASES) cargo test --release --workspace --no-fail-fast -- --include-ignored
	cargo run --release -p fleet

.PHONY: clean
clean: ## remove what was built here (not the caches of scripts/setup)
	cargo clean
	rm -rf ios/.build ios/Sources/AmendsCore ios/Sources/AmendsFFI tests/node_modules
	find android -type d -name target -prune -exec rm -rf {} +
