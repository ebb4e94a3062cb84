# The doors: make demo, make test, make bench, make lint.

SHELL := /bin/bash
.DELETE_ON_ERROR:

debug = $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)/debug
release = $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)/release

.PHONY: help demo test test-rust test-sdk test-gallery test-app faults soak bench lint fuzz mutants types shots page app clean

help:
	@echo 'make demo    build Usher, start it with the sandbox inside, and walk a login'
	@echo 'make test    every test, on what is built from here'
	@echo 'make bench   speed and memory of the release build, as ratios against named peers'
	@echo 'make faults  every fault at every step of a flow'
	@echo 'make soak    200 logins at a time for MINUTES=60, while things go wrong'
	@echo 'make lint    formatters, linters, documentation, licences'
	@echo 'make fuzz    each fuzz target for SECONDS=60, where a nightly toolchain is'
	@echo 'make mutants whether the tests notice changes in FILES=…'
	@echo 'make types   write the TypeScript types that come from the Rust types'
	@echo 'make shots   a picture of every state of the page, under target/gallery'

demo:
	@tests/prepare demo
	@$(MAKE) --no-print-directory app
	cargo run --quiet -p usher-tests --bin demo

test:
	@tests/prepare test
	@$(MAKE) --no-print-directory test-rust test-sdk test-gallery test-app

# The page is part of the app, so it is built first.
page:
	cd ui && npm run --silent build

app: page
	cargo build -p usher

# Units, properties, the wire against the sandbox, and the drift of generated types.
test-rust: page
	cargo test --workspace --exclude usher-tests

test-sdk:
	tests/sdk/run

test-gallery:
	tests/gallery/run

test-app: app
	cargo test -p usher-tests --no-fail-fast

# Every fault at every step of a flow, and two hundred flows through a restart.
faults:
	@tests/prepare build
	cargo test -p follower --test faults -- --nocapture --include-ignored --skip soak

# People who log in again and again for so many minutes, while things go wrong at random.
soak: MINUTES = 60
soak: FLOWS = 200
soak: export USHER_SOAK_MINUTES = $(MINUTES)
soak: export USHER_SOAK_FLOWS = $(FLOWS)
soak: export SANDBOX_BIN = $(debug)/sandbox
soak:
	@tests/prepare build
	cargo build -p sandbox
	cargo test -p follower --test faults -- --nocapture --ignored soak

# `make bench WITH='--flows 100 --window 60'`; `--help` lists what can be set.
bench: export USHER_BIN = $(release)/usher
bench: export SANDBOX_BIN = $(release)/sandbox
bench:
	@tests/prepare test
	tests/sdk/install
	@$(MAKE) --no-print-directory page
	cargo build --release -p usher -p sandbox
	cargo bench -p managed-auth
	cargo run --quiet -p usher-tests --bin bench -- $(WITH)

lint:
	@tests/prepare lint
	@$(MAKE) --no-print-directory page
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --all-features -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --all-features --document-private-items
	target/tools/bin/cargo-deny --all-features check bans licenses sources
	cd ui && npm run --silent check && npm run --silent lint

# Fuzzing needs a nightly compiler. Without one the corpora are still replayed by `make test`. What
# a run finds is kept under target/fuzz and used by the next. Nothing that is fuzzed is unsafe, so the
# address sanitizer would only make it five times slower.
fuzz: SECONDS = 60
fuzz:
	@if ! rustup run nightly rustc --version >/dev/null 2>&1; then \
	  echo 'make fuzz: there is no nightly toolchain here (rustup toolchain install nightly), so nothing was fuzzed' >&2; \
	  exit 1; \
	fi
	@tests/prepare fuzz
	@set -e; for crate in src-tauri/crates/authflow src-tauri/crates/managed-auth src-tauri/crates/login-flow src-tauri; do \
	  for target in $$crate/fuzz/fuzz_targets/*.rs; do \
	    target=$$(basename $$target .rs); echo "== $$crate: $$target, $(SECONDS) s"; \
	    found=target/fuzz/found/$$target; mkdir -p $$found; \
	    env CARGO_TARGET_DIR="$(CURDIR)/target/fuzz" PATH="$(CURDIR)/target/tools/bin:$$PATH" rustup run nightly \
	      cargo fuzz run --sanitizer none --fuzz-dir $$crate/fuzz $$target $$found $$crate/fuzz/corpus/$$target -- -max_total_time=$(SECONDS); \
	  done; \
	done

# The rooms whose rules must not change unnoticed: the decoder's guard, the flow's rules, the retry
# policy, the link parser, the cleaning of text. Each is built in a copy, which needs the page.
mutants: FILES = src-tauri/crates/managed-auth/src/stream/*.rs src-tauri/crates/login-flow/src/*.rs src-tauri/src/link.rs
mutants: export MUTANTS_FILES = $(FILES)
mutants:
	@tests/prepare mutants
	@$(MAKE) --no-print-directory page
	@set -f; files=(); for file in $$MUTANTS_FILES; do files+=(--file "$$file"); done; \
	  target/tools/bin/cargo-mutants mutants --jobs 1 --gitignore false --output target --timeout 120 --build-timeout 1200 "$${files[@]}"

types:
	USHER_WRITE_TYPES=1 cargo test -p usher --lib typescript

shots:
	@tests/prepare test
	tests/gallery/run shots

clean:
	rm -rf target ui/dist ui/node_modules tests/gallery/node_modules tests/sdk/node_modules
