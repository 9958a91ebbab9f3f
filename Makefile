# Everyday commands. `make help` lists them.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
APPS := accounts courses trainers assessments certificates indicators elearning
TEMPLATES := templates
TEST_POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/postgres

# Without compiled files every command starts seconds later.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

PIP_INSTALL := $(BIN)/python -m pip install -qq --require-hashes --compile

# One stamp for each database: a second `make demo` finds the demo world already there.
DEMO_STAMP := var/demo-$(shell printf '%s' "$(DATABASE_URL)" | cksum | cut -d' ' -f1).stamp
DEMO_SIGN_INS := $(DEMO_STAMP:.stamp=.txt)
DEMO_INPUTS := $(shell find $(wildcard accounts/reference accounts/migrations courses/migrations \
	trainers/migrations trainers/national_plan assessments/migrations certificates/migrations indicators/migrations indicators/plan \
	elearning/demo curricula) -type f ! -name '*.pyc' 2>/dev/null)
ifeq ($(strip $(DATABASE_URL)),)
# The database was deleted: so was the demo world in it.
ifeq ($(wildcard var/db.sqlite3),)
$(shell rm -f $(DEMO_STAMP))
endif
endif

.DEFAULT_GOAL := help
.PHONY: help install run demo demo-data test check fix types screenshots bench bench-pages lock messages players

help: ## Say what each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

# --- Installing ---------------------------------------------------------------------------------

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null 2>&1 \
		|| { echo "No $(PYTHON) here: install Python 3.11 or later, or run make PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$(PYTHON) is older than 3.11: run make PYTHON=/path/to/a/later/python3."; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "Python cannot make a virtual environment: install its venv module (python3-venv on Debian)."; exit 1; }

$(VENV)/base.stamp: requirements/base.txt | $(BIN)/python
	@echo "Installing the libraries (once)..."
	@$(PIP_INSTALL) -r requirements/base.txt \
		|| { echo "The libraries could not be installed: check the connection, then run the command again."; exit 1; }
	@$(BIN)/python -m compileall -q $(APPS) || { echo "A module of ours does not compile."; exit 1; }
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/base.stamp
	@echo "Installing the tools for tests and checks (once)..."
	@$(PIP_INSTALL) -r requirements/dev.txt \
		|| { echo "The tools could not be installed: check the connection, then run the command again."; exit 1; }
	@touch $@

install: $(VENV)/dev.stamp players ## Install the libraries and the tools in .venv

# npm writes that file when it has finished. Without npm everything but the activities works.
players: ## Install the players of H5P and SCORM activities (needs npm)
	@if [ -f node_modules/.package-lock.json ] \
		&& [ ! package-lock.json -nt node_modules/.package-lock.json ]; then :; \
	elif command -v npm >/dev/null 2>&1; then \
		echo "Installing the players of the activities (once)..."; \
		npm ci --silent \
			|| echo "The players could not be installed: activities will say why they cannot play."; \
	else \
		echo "No npm here: activities will say why they cannot play; everything else works."; \
	fi

lock: ## Write requirements/*.txt again from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header \
		-o requirements/base.txt pyproject.toml
	uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --extra dev \
		-c requirements/base.txt -o requirements/dev.txt pyproject.toml

# --- Running ------------------------------------------------------------------------------------

run: $(VENV)/dev.stamp players ## Serve for development, with reload (PORT=8000)
	$(MANAGE) migrate --no-input
	$(MANAGE) runserver 127.0.0.1:$(PORT)

demo demo-data: export IS_DEMO := 1
demo demo-data: export DEBUG := 0
# SCORM packages need a second name of the server: the other loopback name.
run demo: export CONTENT_ORIGIN ?= http://localhost:$(PORT)
run demo: export BASE_URL ?= http://127.0.0.1:$(PORT)

$(DEMO_STAMP): $(DEMO_INPUTS) | $(VENV)/base.stamp
	@mkdir -p var
	@echo "Preparing the demonstration (about a minute, once)..."
	@$(MANAGE) migrate --no-input -v 0 || { echo "The database could not be prepared."; exit 1; }
	@$(MANAGE) load_plan || { echo "The plan could not be loaded."; exit 1; }
	@$(MANAGE) import_curriculum curricula || { echo "The curricula could not be imported."; exit 1; }
	@$(MANAGE) prepare_languages curricula || { echo "The pages in other languages could not be made."; exit 1; }
	@$(MANAGE) seed_demo > $(DEMO_SIGN_INS) \
		|| { cat $(DEMO_SIGN_INS); echo "The demonstration world could not be made."; exit 1; }
	@$(MANAGE) seed_activities > /dev/null || { echo "The activities could not be made."; exit 1; }
	@touch $@

demo-data: $(VENV)/base.stamp players $(DEMO_STAMP) ## Prepare the demonstration without serving it
	@cat $(DEMO_SIGN_INS)

demo: demo-data ## Prepare the demonstration and serve it on 127.0.0.1 (PORT=8000)
	@echo "Open http://127.0.0.1:$(PORT)/ (Ctrl-C stops it)."
	@$(BIN)/python -m gunicorn elearning.wsgi --env DJANGO_SETTINGS_MODULE=elearning.settings.dev \
		--bind 127.0.0.1:$(PORT) --worker-class gthread --workers 1 --threads 4 \
		--no-control-socket --log-level warning \
		|| { echo "The server stopped: is port $(PORT) taken? Try make demo PORT=8001."; exit 1; }

# --- Checking -----------------------------------------------------------------------------------

POSTGRES_ANSWERS = $(BIN)/python -c 'import sys, psycopg; psycopg.connect(sys.argv[1], connect_timeout=3).close()' \
	"$(TEST_POSTGRES_URL)" 2>/dev/null

PYTEST = $(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

test: $(VENV)/dev.stamp ## Run the tests on SQLite, then on PostgreSQL where one answers
	@if $(POSTGRES_ANSWERS); then \
		status=0; \
		echo "== SQLite"; \
		DATABASE_URL= $(PYTEST) || status=$$?; \
		echo "== PostgreSQL, with the migrations (pages in a browser: on SQLite only)"; \
		DATABASE_URL="$(TEST_POSTGRES_URL)" $(PYTEST) --migrations -m "not browser" || status=$$?; \
		exit $$status; \
	else \
		echo "== SQLite, with the migrations"; \
		DATABASE_URL= $(PYTEST) --migrations || exit $$?; \
		echo "== PostgreSQL skipped: none answers at $(TEST_POSTGRES_URL)."; \
	fi

DEPLOYED = DJANGO_SETTINGS_MODULE=elearning.settings.production ALLOWED_HOSTS=localhost \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))')

check: $(VENV)/dev.stamp ## Run every check that is not a test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/djhtml --check --tabwidth 4 $(TEMPLATES)
	find $(TEMPLATES) -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	$(BIN)/djlint --lint --quiet $(TEMPLATES)
	$(MAKE) --no-print-directory types
	$(MANAGE) makemigrations --check --dry-run
	$(DEPLOYED) $(MANAGE) check --deploy --fail-level WARNING

messages: $(VENV)/dev.stamp ## Gather the texts of the interface for its translations
	$(MANAGE) collect_messages

fix: $(VENV)/dev.stamp ## Format what can be formatted by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	find $(TEMPLATES) -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} + || true
	$(BIN)/djhtml --tabwidth 4 $(TEMPLATES)

types: $(VENV)/dev.stamp ## Check the types
	$(BIN)/mypy

screenshots: $(VENV)/dev.stamp ## Take the pictures of the README from a running demonstration
	$(BIN)/python docs/screenshots/make.py http://127.0.0.1:$(PORT)

# Each number on both databases, where PostgreSQL answers.
BENCHES = tests/bench/test_imports.py tests/bench/test_lookup.py

bench: $(VENV)/dev.stamp ## Measure the slowest pages, a large import, lookups among 100,000 persons
	$(MANAGE) bench_pages
	@if $(POSTGRES_ANSWERS); then \
		BENCH_ROWS=20000 DATABASE_URL="$(TEST_POSTGRES_URL)" $(BIN)/python -m pytest -p no:randomly -s $(BENCHES); \
	fi
	@BENCH_ROWS=20000 DATABASE_URL= $(BIN)/python -m pytest -p no:randomly -s $(BENCHES)

bench-pages: $(VENV)/dev.stamp ## Measure in a browser what a phone receives, and a test's cost
	@if $(POSTGRES_ANSWERS); then url="$(TEST_POSTGRES_URL)"; else url=; fi; \
		DATABASE_URL="$$url" $(BIN)/python -m pytest -p no:randomly -s tests/bench
