# Every developer command, a line of help each; `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
export UV_PROJECT_ENVIRONMENT := $(VENV)
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
PYTHON_SOURCES := server e2e bench tools hatch_build.py
SOURCES := $(shell find sfu server/jumpa web/src web/public Cargo.lock Cargo.toml hatch_build.py pyproject.toml web/*.json web/*.ts web/index.html -type f -not -path '*/static/*' -not -path '*/_bin/*' -not -name '*.pyc' 2>/dev/null)

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: run
run: build ## set everything up and start the server
	exec $(BIN)/jumpa serve

.PHONY: setup
setup: $(VENV)/ready web/node_modules/ready ## install what developing needs

$(VENV)/ready: requirements.lock pyproject.toml
	@command -v cargo >/dev/null || { echo "cargo is not on the PATH. Install the Rust toolchain (rustup) and try again."; exit 1; }
	test -x $(BIN)/uv || { $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet uv; }
	$(BIN)/uv pip sync --quiet --require-hashes requirements.lock
	JUMPA_BUILD_SKIP=1 $(BIN)/uv pip install --quiet --no-deps --editable .
	touch $@

web/node_modules/ready: $(VENV)/ready web/package.json web/package-lock.json
	tools/npm run setup
	touch $@

.PHONY: build
build: dist/built ## build the wheel: web app and SFU inside; .venv/bin/jumpa serves them

dist/built: $(VENV)/ready web/node_modules/ready $(SOURCES)
	rm -rf dist && mkdir dist
	$(BIN)/uv build --quiet --wheel --out-dir dist
	touch $@

.PHONY: test
test: check unit e2e ## everything that must pass before a change lands

.PHONY: check
check: setup ## format, lint, types and contracts in three languages
	$(BIN)/python tools/check-files
	$(BIN)/ruff format --check $(PYTHON_SOURCES)
	$(BIN)/ruff check $(PYTHON_SOURCES)
	$(BIN)/mypy server/jumpa server/tests bench hatch_build.py
	$(BIN)/mypy e2e
	$(BIN)/lint-imports
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	tools/npm run check

.PHONY: unit
unit: setup ## the fast suites in three languages
	@# The engine's own tests leave the program that the server's tests start.
	cargo test --workspace --locked
	@# Counting lines makes them twice as slow, and a second database runs the same ones.
	JUMPA_SFU_BINARY=$(CURDIR)/target/debug/jumpa-sfu $(BIN)/pytest -n 2 -k "not postgresql" --cov --cov-report=term server/tests bench/tests
	JUMPA_SFU_BINARY=$(CURDIR)/target/debug/jumpa-sfu $(BIN)/pytest -n 2 -k postgresql server/tests
	tools/npm run test

.PHONY: e2e
e2e: build ## the whole product: real browsers, LiveKit SDKs, kill -9
	tools/install-browser chromium firefox
	rm -rf e2e/out
	@# Robots wait more than they work; browsers fill the machine.
	$(BIN)/pytest e2e -m robots -n 2 --dist loadfile
	$(BIN)/pytest e2e -m "not robots"

.PHONY: lints
lints: setup ## plant a violation of every rule and see it caught
	$(BIN)/pytest tools/tests

.PHONY: fix
fix: setup ## repair what machines can repair
	$(BIN)/ruff check --fix $(PYTHON_SOURCES)
	$(BIN)/ruff format $(PYTHON_SOURCES)
	cargo fmt --all
	tools/npm run fix

.PHONY: generate
generate: setup ## rewrite what is generated: link messages, OpenAPI, web types, settings page
	tools/generate

.PHONY: picture
picture: build ## take the picture in the README: a real meeting with drawn people
	cd e2e && ../$(BIN)/python picture.py

.PHONY: gallery
gallery: build ## one page with every screen: sizes, languages, light and dark (DRAWN=folder of drawings)
	cd e2e && ../$(BIN)/python gallery.py $(abspath $(DRAWN))

.PHONY: lighthouse
lighthouse: build ## ask Lighthouse about the front page and the start page: 95 of 100 in all four
	tools/install-browser
	cd e2e && ../$(BIN)/python lighthouse.py

.PHONY: lock
lock: ## resolve the Python dependencies again
	$(BIN)/uv lock --quiet
	$(BIN)/uv export --quiet --frozen --no-emit-project --all-groups --no-annotate --no-header --format requirements-txt > requirements.lock

.PHONY: livekit-server
livekit-server: setup ## build livekit-server, which some tests ask and others skip without (needs Go)
	tools/install-livekit-server

.PHONY: bench
bench: build ## compare CPU, loss and delay with livekit-server in one run (needs Go)
	cargo build --release --package jumpa-load --locked
	$(BIN)/python -m bench

.PHONY: bench-clients
bench-clients: build ## time LiveKit's own client on both servers (needs Go and Chromium)
	tools/install-browser
	$(BIN)/python -m bench.clients

.PHONY: bench-churn
bench-churn: build ## let people come and go for half an hour and look for leaks
	cargo build --release --package jumpa-load --locked
	$(BIN)/python -m bench.churn

.PHONY: bench-api
bench-api: build ## measure the API with a million messages stored
	$(BIN)/python -m bench.api

.PHONY: fuzz
fuzz: setup ## look for answers that the API's description does not know, for half an hour
	FUZZ_EXAMPLES=20 FUZZ_SECONDS=150 $(BIN)/pytest -p no:randomly server/tests/test_fuzzing.py
