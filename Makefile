# Contested Figures: the commands a newcomer needs. `make help` lists them.
# Written for any make (GNU or BSD) and any shell that is a POSIX shell.
.POSIX:

# Which Python makes the environment, and what the report is about:
#   make report AS_OF=2022-03-03 DATA=data OUT=reports
# AS_OF, DATA and OUT may be left out; the program's own defaults hold then.
PYTHON ?= python3
AS_OF ?=
DATA ?=
OUT ?=
# What `make test` runs, and how: make test TESTS="tests/bounds -x"
TESTS ?=
# `make constraints UPGRADE=1` takes the newest versions; without it pinned ones stay.
UPGRADE ?=

BIN = .venv/bin
STAMP = .venv/installed
PIP = $(BIN)/python -m pip --disable-pip-version-check -q -q

.PHONY: help setup report test bench lint notebook check constraints clean

help:  ## list the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | \
	while IFS='|' read -r command does; do printf '%-18s%s\n' "$$command" "$$does"; done

setup:  ## make .venv with the pinned packages; done in a moment where it stands already
	@# An environment whose checkout has moved, or whose Python is gone, would run other code.
	@test ! -d .venv || { test "$$(cat $(STAMP) 2>&1)" = "$$(pwd -P)" && $(BIN)/python -c ''; } \
		2>/dev/null || rm -f $(STAMP)
	@$(MAKE) -s $(STAMP)

$(STAMP): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "$(PYTHON): Python 3.11 or newer is needed;" \
		"name one that you have: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON): the module venv is missing;" \
		"on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up .venv (a minute or two, once) ..."
	@test -e $@ || $(PYTHON) -m venv --clear .venv
	@$(PIP) install --no-deps --require-hashes -r constraints.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@# pip compiles what it installs, but not a checkout.
	@$(BIN)/python -m compileall -q src
	@pwd -P > $@

report: setup  ## write the report of a day; the last line is its path
	@$(BIN)/figures report $${AS_OF:+"--as-of=$$AS_OF"} $${DATA:+"--data=$$DATA"} $${OUT:+"--out=$$OUT"}

check: setup  ## check the tables in data/, or in DATA=folder
	@$(BIN)/figures check $${DATA:+"$$DATA"}

notebook: setup  ## open the notebooks in JupyterLab
	@$(BIN)/python -m jupyterlab notebooks

test: setup  ## run the tests
	@# A file is one worker's, whose fixtures and readings serve all its tests; what is compiled is
	@# kept, which the processes that tests start are glad of, whatever the shell says.
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist loadfile \
		--no-loadscope-reorder $(TESTS)

bench: setup  ## time everything against papermill as it is; writes benchmarks/RESULTS.md
	@# What is compiled is kept on any machine, unless its shell says otherwise.
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python benchmarks

lint: setup  ## check style and types
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m mypy

constraints: setup  ## pin all packages again after a change in pyproject.toml
	@$(PIP) install uv
	@$(BIN)/python -m uv pip compile pyproject.toml --extra scale --extra files --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --quiet \
		--custom-compile-command 'make constraints' $${UPGRADE:+--upgrade} -o constraints.txt

clean:  ## remove the environment and all caches; reports stay
	rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
