# The doors: make demo, make test, make bench, make lint.

SHELL := /bin/bash
.DELETE_ON_ERROR:

release = $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)/release

.PHONY: help demo test test-rust test-sdk test-gallery test-app bench lint types shots page app clean

help:
	@echo 'make demo    build Usher, start it with the sandbox inside, and walk a login'
	@echo 'make test    every test, on what is built from here'
	@echo 'make bench   speed and memory of the release build, as ratios against named peers'
	@echo 'make lint    formatters, linters, documentation, licences'
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
	cargo test -p usher-tests

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

types:
	USHER_WRITE_TYPES=1 cargo test -p usher --lib typescript

shots:
	@tests/prepare test
	tests/gallery/run shots

clean:
	rm -rf target ui/dist ui/node_modules tests/gallery/node_modules tests/sdk/node_modules
