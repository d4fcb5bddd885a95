# `make run` and `make test` set up their own environment in .venv; nothing else is needed than Python 3.11, make and git.
.DEFAULT_GOAL := help
.PHONY: help run test check eval bench soak reference docs clean

PYTHON ?= python3.11
BIN := .venv/bin
SHARED ?= ../shared
RUNS ?= 10000
# statistics and Linux, before there were language models
NOT_AI := $(SHARED)/corpora/cjgb__datanalytics $(SHARED)/corpora/elbaulp__algui91-hugo
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1
# the tests start many processes; each would compile all modules anew
unexport PYTHONDONTWRITEBYTECODE

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

.venv/ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Recuento needs Python 3.11 or newer; say which: make PYTHON=python3.12 …" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "setting up .venv (once, about a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

run: .venv/ready ## ingest the sample posts with the Prefect flow; shows what was found
	@$(BIN)/python -m flows.ingest data/sample

test: .venv/ready ## run the tests
	$(BIN)/python -m pytest -n auto --dist loadfile

check: .venv/ready ## lint, types, SQL, data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar sql
	$(BIN)/python -m pipeline.lexicon

eval: .venv/ready ## score the extraction against the hand-annotated posts in ../shared
	@test -d $(SHARED)/gold || { echo "make eval needs the annotated posts in $(SHARED)/gold; they are not there" >&2; exit 1; }
	@mkdir -p build
	@$(BIN)/recuento extract $(SHARED)/seeds > build/seeds.jsonl
	@$(BIN)/python -m tests.bench.gold $(SHARED)/gold/dev $(SHARED)/corpora > build/dev.jsonl
	@echo "seeds"; $(BIN)/python $(SHARED)/eval/score.py $(SHARED)/gold/seeds build/seeds.jsonl
	@echo "dev";   $(BIN)/python $(SHARED)/eval/score.py $(SHARED)/gold/dev build/dev.jsonl
	@echo "posts that are not about AI"; $(BIN)/python -m tests.bench.false_positives 2018 $(NOT_AI) | tail -1

bench: .venv/ready ## measure speed: repair beside ftfy, extraction beside spaCy, load, publish, queries
	@for b in tests/bench/bench_*.py; do echo "== $$b"; $(BIN)/python $$b || exit 1; done

soak: .venv/ready ## runs killed at 60 random moments; RUNS (10000) runs in a row, which may not slow down or grow
	RECUENTO_KILLS=60 $(BIN)/python -m pytest tests/integration/test_killed.py -k killed_anywhere
	$(BIN)/python -m tests.bench.soak $(RUNS)

reference: .venv/ready ## make data/reference from Epoch AI's tables in ../shared
	@mkdir -p build
	$(BIN)/python -m pipeline.publish.reference $(SHARED)/reference > build/epoch.csv && mv build/epoch.csv data/reference/

docs: .venv/ready ## write docs/schema.md from the comments in the database
	$(BIN)/python -m pipeline.warehouse.describe > docs/schema.md

clean: ## remove what running left behind (the environment stays)
	rm -rf build .recuento recuento.duckdb digests report.html
