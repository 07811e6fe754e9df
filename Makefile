# Two commands do everything: `make brief` and `make test`. Both set up what they need first.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
CODE := $(shell find src -type f -not -path '*/__pycache__/*')

.PHONY: brief test lint gate lock help

help:
	@echo "make brief   set up and write the brief of the example reports (brief.html)"
	@echo "make test    set up and run the tests"
	@echo "make lint    style, types and the import rule between rooms"
	@echo "make gate    score the coder on the gold data beside the project and hold the figures against the floors"
	@echo "make lock    pin the dependencies anew"

.venv/run.stamp: requirements/run.lock pyproject.toml
	@echo "Setting up: a virtual environment in .venv with the pinned dependencies (a minute or two, once) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Standoff needs Python 3.11 or later: call make with PYTHON=/path/to/python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: requirements/dev.lock .venv/run.stamp
	@echo "Setting up: the tools for tests and checks ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

brief: .venv/run.stamp
	@echo "Reading the example reports in examples/reports and writing their brief ..."
	@$(BIN)/standoff brief examples/reports -o brief.html
	@echo "Open brief.html in a browser. Next: docs/tutorial.md, or your own: $(BIN)/standoff brief REPORT... -o brief.html"

test: .venv/dev.stamp
	@echo "Running the tests ..."
	@$(BIN)/python -m pytest -n 2
	@echo "All tests passed. Next: make lint, make gate, or CONTRIBUTING.md."

lint: .venv/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

gate: .venv/dev.stamp
	@$(BIN)/python benchmarks/gate.py

lock: .venv/dev.stamp
	@$(BIN)/uv pip compile pyproject.toml requirements/build.in --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements/run.lock
	@$(BIN)/uv pip compile pyproject.toml requirements/build.in --extra dev --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements/dev.lock
