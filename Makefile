# The front door. `make` lists what there is; each step prints itself and the seconds it took.

ARGS ?=
WORKERS ?= 2
PY := .venv/bin/python
STEP := bin/step
WORDS := $(patsubst %.po,%.mo,$(wildcard handrail/locale/*/LC_MESSAGES/django.po))
export DJANGO_SETTINGS_MODULE := handrail.settings

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run dev test test-tcp torture check lint types floors migrations messages reference screenshots lock build clean \
        environment environment-dev frontend browser

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: environment frontend $(WORDS) ## From nothing to a running desk with a demo company (ARGS=--empty: without)
	@exec .venv/bin/handrail up $(ARGS)

dev: environment-dev frontend $(WORDS) ## The same, and reload on change
	@HANDRAIL_DEBUG=yes exec .venv/bin/handrail up --watch $(ARGS)

test: environment-dev frontend $(WORDS) browser ## Everything, the browser tests too (ARGS=handrail/tickets: a part)
	@$(STEP) tests .venv/bin/pytest -n $(WORKERS) --dist loadgroup -q $(ARGS)

test-tcp: environment-dev frontend $(WORDS) browser ## The same against a PostgreSQL that listens on TCP
	@$(STEP) "tests over TCP" $(PY) bin/over-tcp .venv/bin/pytest -n $(WORKERS) --dist loadgroup -q $(ARGS)

torture: environment-dev frontend $(WORDS) ## Kill, fill and cut for a quarter of an hour, and report (ARGS="killing --mails 500")
	@$(STEP) torture $(PY) -m tests.torture $(ARGS)

check: environment-dev lint types floors migrations messages ## Lint, types, floors, migrations, translations

lint: environment-dev ## Style and templates
	@$(STEP) -q "ruff check" .venv/bin/ruff check .
	@$(STEP) -q "ruff format" .venv/bin/ruff format --check .
	@$(STEP) -q "templates" .venv/bin/djlint handrail --extension=html --profile=jinja --lint --quiet

types: environment-dev ## Types
	@$(STEP) -q "mypy --strict" .venv/bin/mypy handrail tests conftest.py

floors: environment-dev ## Which room may import which
	@$(STEP) -q "floors" .venv/bin/lint-imports

migrations: environment-dev ## Whether models and migrations are in step
	@$(STEP) -q "migrations" $(PY) bin/in-step

messages: environment-dev ## Whether every word is translated
	@$(STEP) -q "translations" $(PY) bin/messages --check

reference: environment ## Make the pages of docs/ that are made from the code
	@.venv/bin/handrail settings --markdown > docs/reference/settings.md
	@$(PY) bin/reference-pages
	@$(PY) bin/architecture-page

screenshots: environment-dev frontend $(WORDS) browser ## Make the pictures of docs/tour.md from the cast
	@$(STEP) screenshots $(PY) bin/screenshots $(ARGS)

lock: environment-dev ## Lock what requirements/*.in asks for
	@for kind in run dev; do \
	    $(STEP) -q "lock $$kind" .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header \
	        --python-version 3.11 requirements/$$kind.in --output-file requirements/$$kind.txt || exit 1; \
	done

build: environment-dev frontend $(WORDS) ## A wheel with the built front end, in dist/
	@$(STEP) -q "wheel" .venv/bin/hatchling build -t wheel

clean: ## Remove what can be made again (not var/, which holds your data)
	@rm -rf .venv node_modules handrail/ui/static/build dist .mypy_cache .ruff_cache .pytest_cache \
	    .import_linter_cache .hypothesis .coverage

environment:
	@python=$$(bin/python) && $(STEP) -q "environment" $$python bin/environment run

environment-dev:
	@python=$$(bin/python) && $(STEP) -q "environment" $$python bin/environment dev

frontend: environment
	@$(STEP) -q "front end" $(PY) bin/frontend

%.mo: %.po | environment
	@$(STEP) -q "translations" $(PY) bin/messages --compile

browser:
	@$(STEP) -q "browser" bin/browser
