# `make run` serves the chat on the reports in corpus/; `make test` runs the test suite,
# `make test-long` what takes minutes: processes killed at random, many readers at once;
# `make audit` asks what is known against the installed packages.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test test-long audit clean

run: .venv/run
	$(BIN)/python -m ingest corpus/
	$(BIN)/python app.py

test: .venv/test
	$(BIN)/python -m pytest

test-long: .venv/test
	$(BIN)/python -m pytest -m long -s

# OSV, since pip-audit's own choice finds nothing wrong where it can find nothing out.
audit: .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip-audit>=2.7"
	$(BIN)/python -m pip_audit --progress-spinner off --skip-editable --vulnerability-service osv

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/test: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	touch $@ .venv/run

clean:
	rm -rf .venv .kb
