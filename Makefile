# `make run` and `make test` are all a new machine needs: Python 3.11 or later, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check lock clean

run: $(VENV)/run-ready
	@$(BIN)/python -m dashboard build || echo "The build failed, as said above; the last good build is served, if there is one." >&2
	@$(BIN)/python -m dashboard serve

test: $(VENV)/test-ready check
	$(BIN)/python -m pytest

check: $(VENV)/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The pinned requirements again, from requirements*.in; a deliberate step, never a part of run or test.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes requirements-dev.in --output-file requirements-dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes requirements.in --constraint requirements-dev.txt --output-file requirements.txt

clean:
	rm -rf $(VENV) data/build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/run-ready: requirements.txt $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/test-ready: requirements-dev.txt $(VENV)/run-ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m tests.browser.chromium
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Corridor needs Python 3.11 or later; name one with: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); } \
	  || { echo "The virtual environment could not be made; on Debian: sudo apt install python3-venv" >&2; exit 1; }; }
