# What a person needs: make run, make test. The rest is for those who change something.
# Works with GNU make 3.81 and later, so with what macOS brings.

VENV := .venv
BIN := $(VENV)/bin
ifndef PYTHON
PYTHON := $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$each"; break; }; done)
endif
CHROMIUM ?= /usr/bin/chromium
BROWSER := $(wildcard $(CHROMIUM))
GATE := 98
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
LOCK := pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --quiet

# An address in the environment or in .env: then the bot keeps its data on a PostgreSQL server, and needs its driver.
POSTGRES := $(or $(value DATABASE_URL),$(shell grep -Esi '^ *(export +)?database_url *= *[^ ]' .env))

.PHONY: help run test coverage check lock bench torture clean
.DELETE_ON_ERROR:

help:
	@echo 'make run     start the bot: with tokens in .env for real, without them as a playground in the browser'
	@echo 'make test    everything that must be green, as CI runs it'
	@echo 'make coverage  the same tests, and how much of the code they reach; it takes twice as long'
	@echo 'make check   format, lint, types and import rules only'
	@echo 'make bench   measure; ONLY=id,id measures some'
	@echo 'make torture the long measurements: kills, faults and floods for hours; ONLY=id,id as well'
	@echo 'make lock    write the requirements files anew from pyproject.toml'
	@echo 'make clean   remove what make made'

run: $(VENV)/installed $(if $(POSTGRES),$(VENV)/installed-postgres)
	@exec $(BIN)/python -m bot run

# Each line stands alone, so that nothing hides a failure; the count comes last, where CI looks for it.
test: check
	@test -n '$(BROWSER)' || test -z '$(CI)' || { echo 'CI needs a browser at $(CHROMIUM), and there is none.'; exit 1; }
	@test -n '$(BROWSER)' || echo 'No browser at $(CHROMIUM): leaving out the tests that drive one.'
	@mkdir -p build
	@$(BIN)/python -m pytest -n 2 --junitxml=build/tests.xml $(if $(BROWSER),,-m 'not browser')
	@$(BIN)/python -c 'from xml.etree import ElementTree; suite = ElementTree.parse("build/tests.xml").find("testsuite"); \
		print(int(suite.get("tests")) - int(suite.get("skipped")), "passed, 0 failed")'

# To watch every line costs as much again as the tests themselves, so it stands apart.
coverage: check
	@test -n '$(BROWSER)' || { echo 'The gate needs a browser at $(CHROMIUM).'; exit 1; }
	@rm -f .coverage .coverage.* && mkdir -p build
	@$(BIN)/coverage run -m pytest -n 2
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --fail-under=$(GATE)

check: $(VENV)/installed-dev
	@$(BIN)/ruff format --check --quiet . || { echo 'Run: $(BIN)/ruff format .'; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: $(VENV)/installed-dev
	@$(BIN)/python -m bench $(if $(ONLY),--only '$(ONLY)')

torture: $(VENV)/installed-dev
	@$(BIN)/python -m bench --torture $(if $(ONLY),--only '$(ONLY)')

lock: $(BIN)/python
	@$(BIN)/python -m venv build/lock
	@build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@build/lock/bin/uv pip compile $(LOCK) --upgrade --output-file requirements.txt
	@build/lock/bin/uv pip compile $(LOCK) --extra postgres --constraint requirements.txt --output-file requirements-postgres.txt
	@build/lock/bin/uv pip compile $(LOCK) --extra dev --constraint requirements-postgres.txt --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) build .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp for each lock, so that what is installed changes exactly when the lock does.
$(VENV)/installed: requirements.txt $(BIN)/python
	@echo 'Installing what the bot needs (once) ...'
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/installed-postgres: requirements-postgres.txt $(BIN)/python
	@echo 'Installing what PostgreSQL needs (once) ...'
	@$(PIP) -r requirements-postgres.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(BIN)/python
	@echo 'Installing what the tests need (once) ...'
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(BIN)/python:
	@test -n '$(PYTHON)' || { \
		echo 'Samsyn needs Python 3.11 or later, and found none. Install it, or say where it is: make PYTHON=/path/to/python3'; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'This Python cannot make a virtual environment. On Debian and Ubuntu: sudo apt-get install python3-venv'; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
