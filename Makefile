# Two commands matter on a fresh machine: `make demo` and `make test`.
# Each makes the environment that it needs in .venv; only Python >= 3.11 and make must be there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint types tests andere-python browser javascript completeness kit api bench clean

demo: $(VENV)/.demo
	$(BIN)/bpvo-rules demo demo

test: lint types tests

lint: $(VENV)/.dev
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(VENV)/.dev
	$(BIN)/mypy

tests: $(VENV)/.dev
	$(BIN)/pytest -n auto --dist loadgroup

# The same fotos under other versions of Python: CPython compiled to WebAssembly, for which node and npm are needed.
andere-python: $(VENV)/.dev
	npm ci --prefix tests/andere_python --no-audit --no-fund --silent
	$(BIN)/python -m tests.andere_python.vergelijk

# What only a real browser can say about the pages of a report, for which Chromium is needed.
browser: $(VENV)/.dev
	$(BIN)/pytest -n auto tests/browser/kijk.py

# The second reading of the rules, for which node is needed, passes the conformance cases and answers chains of chance alike.
javascript: $(VENV)/.dev
	$(BIN)/bpvo-rules rules --format json --output $(VENV)/catalogue.json
	$(BIN)/bpvo-rules verify --lang en --generated 400 --command "node tests/javascript/antwoord.mjs $(VENV)/catalogue.json"

# Every public name has a type that any type checker knows, of which pyright has the measure; node and npm are needed.
completeness: $(VENV)/.dev
	PATH="$(CURDIR)/$(BIN):$$PATH" PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright --verifytypes bpvo_rules --ignoreexternal

# The conformance cases, out of the tables that are drawn in the tests.
kit: $(VENV)/.dev
	$(BIN)/python -m tests.conformance.tekenbord

# What is public, anew; a change of it belongs in CHANGELOG.md.
api: $(VENV)/.dev
	$(BIN)/python -m tests.api.publiek

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/judge.py
	$(BIN)/python benchmarks/read_ketendata.py
	$(BIN)/python benchmarks/report.py

clean:
	rm -rf $(VENV) demo

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Python 3.11 or newer is needed: make PYTHON=python3.11 ..." && false)
	$(PYTHON) -m venv $(VENV)

# The library itself is installed as it stands in src, so that a change needs no new install.
$(VENV)/.demo: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[cli,report]'
	touch $@

# Dependency groups need a newer pip than Python 3.11 brings.
$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable '.[cli]' --group dev
	touch $@
