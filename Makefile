# `make run` serves the chat on the reports in corpus/; `make test` runs the test suite,
# `make test-long` what takes minutes: processes killed at random, many readers at once;
# `make audit` asks the package index for known weaknesses of what is installed.
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

audit: .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/python -m pip freeze --exclude-editable > .venv/installed.txt
	$(BIN)/python -m pip_audit --strict --no-deps --disable-pip --requirement .venv/installed.txt

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
