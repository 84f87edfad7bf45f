# Needs Python 3.11 or newer and make; everything else is set up in this folder, from the locks.
#
#   make run     open the app on 127.0.0.1 with the curated case loaded
#   make test    the test suite
#   make check   formatting, lint, types, import directions, then the test suite
#   make fuzz    the route search against exhaustive enumeration, for a long time
#   make bench   the figures of docs/performance.md; make bench-search, bench-ownership, bench-ui and
#                bench-neo4j those of search, of ownership, of the app in a browser and of the store on a
#                server, in some minutes each

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null || echo .tools/uv/bin/uv)
export UV_PYTHON_DOWNLOADS := never

.PHONY: run test check lint fuzz bench bench-search bench-ownership bench-ui bench-neo4j picture lock clean
.DEFAULT_GOAL := run

run: .venv/run.stamp
	@$(BIN)/loophole app --port $(PORT)

test: .venv/dev.stamp
	@$(BIN)/python -m pytest -n 2

check: lint test

lint: .venv/dev.stamp
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# The picture of README.md, as a browser draws it.
picture: .venv/dev.stamp
	@$(BIN)/python -m pytest tests/browser/test_journeys.py -k picture_of_the_readme
	@cp artefacts/readme.png docs/routes.png

# The search against exhaustive enumeration, on many more random graphs than the suite tries.
fuzz: .venv/dev.stamp
	@LOOPHOLE_EXAMPLES=20000 $(BIN)/python -m pytest -n 2 tests/graph/routes/test_exact.py

bench: .venv/bench.stamp
	@$(BIN)/python -m benchmarks.run --chart docs/growth.svg

bench-ui: .venv/dev.stamp
	@$(BIN)/python -m benchmarks.ui.run

bench-search: .venv/dev.stamp
	@$(BIN)/python -m benchmarks.search

bench-ownership: .venv/dev.stamp
	@$(BIN)/python -m benchmarks.ownership

bench-neo4j: .venv/dev.stamp
	@$(BIN)/python -m benchmarks.neo4j

.tools/uv/bin/uv: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "loophole needs Python 3.11 or newer: set PYTHON=path/to/python3")'
	@$(PYTHON) -m venv .tools/uv || { echo "this Python cannot make environments: install its venv module (Debian: python3-venv)"; exit 1; }
	@.tools/uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

.venv/python.stamp: $(filter .tools/%,$(UV))
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "loophole needs Python 3.11 or newer: set PYTHON=path/to/python3")'
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements.lock pyproject.toml
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes --only-binary :all: -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --offline --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

.venv/bench.stamp: .venv/dev.stamp requirements-bench.lock
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes --only-binary :all: -r requirements-bench.lock
	@touch $@

COMPILE := pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url
lock: .venv/python.stamp
	@$(UV) $(COMPILE) --extra build pyproject.toml -o requirements.lock
	@$(UV) $(COMPILE) --extra build --extra dev pyproject.toml -o requirements-dev.lock
	@$(UV) $(COMPILE) --extra build --extra dev --extra bench pyproject.toml -o requirements-bench.lock

clean:
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .hypothesis artefacts
