# make run: the whole system with a demo city.   make test: every test.   make check: format, lint, types, tests.
# Needs git, make and Python 3.11 or newer with venv; Node comes from PyPI where there is none.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Node and npm: the system's from version 20 on, else the wheel's, put into the venv's bin by `make web`.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: run test check format lint types web databases bench faults audit wheel lock clean

run: web
	$(BIN)/gridwarden demo $(ARGS)

# Browsers in one process, everything else in the other (tests/conftest.py). WORKERS=0: one process.
WORKERS ?= 2
test: web databases
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder $(ARGS)

check: lint types test

format: $(VENV)/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(VENV)/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/ready frontend/node_modules/.ready
	$(BIN)/mypy
	cd frontend && npm run check

web: gridwarden/web/static/index.html

databases: $(VENV)/ready
	$(BIN)/python -m tests.databases install

bench: web
	$(BIN)/python -m benchmarks $(ARGS)

faults: web
	$(BIN)/python -m benchmarks.faults $(ARGS)

# Known weaknesses of what is pinned, as far as the registries serve them: a mirror may not.
audit: frontend/node_modules/.ready
	$(BIN)/uv tool run pip-audit --requirement requirements.lock --no-deps --disable-pip
	cd frontend && npm audit --omit=dev

wheel: web
	$(BIN)/python -m build --wheel

$(VENV)/ready: pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

frontend/node_modules/.ready: frontend/package-lock.json $(VENV)/ready
	cd frontend && npm ci --no-audit --no-fund
	touch $@

gridwarden/web/static/index.html: frontend/node_modules/.ready frontend/index.html $(shell find frontend/src frontend/public -type f 2>/dev/null)
	cd frontend && npm run build

# After a change of pyproject.toml: resolve again, for every platform.
lock: $(VENV)/ready
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --group dev --no-annotate --no-header pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) frontend/node_modules gridwarden/web/static .cache dist
