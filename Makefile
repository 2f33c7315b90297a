# Two commands: `make run` and `make test`. Each does its own set-up. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: help run test lint types check evaluate build lock catalogues terminal
help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.run ## Serve the web chat and the API (and Telegram when TELEGRAM_BOT_TOKEN is set)
	@exec $(BIN)/python -m api

terminal: $(VENV)/.run ## Chat in the terminal
	@exec $(BIN)/python -m bot --terminal

test: $(VENV)/.dev ## Run the tests
	$(BIN)/python -m pytest -n 2 --dist loadscope

lint: $(VENV)/.dev ## Style and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.dev ## Types
	$(BIN)/mypy api bot content tests benchmarks

check: $(VENV)/.run ## Check every text, figure and catalogue
	$(BIN)/python -m content check

evaluate: $(VENV)/.run ## Measure the answers on labelled questions
	$(BIN)/python -m bot evaluate ../shared/questions/check.jsonl

build: $(VENV)/.run ## Train the classifier after examples changed
	$(BIN)/python -m content build

catalogues: $(VENV)/.dev ## Collect interface sentences into bot.pot and update each language
	$(BIN)/pybabel extract -F babel.cfg -k say -k _ --project nas-helpline --version 0.1 -o bot/locales/bot.pot .
	$(BIN)/python -m content catalogues

lock: ## Pin the dependencies anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q pyproject.toml --group dev -o requirements-dev.lock

$(VENV)/bin/python:
	@echo "making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock | $(VENV)/bin/python
	@echo "installing the pinned dependencies (about half a minute)"
	@$(PIP) -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/bin/python
	@echo "installing the pinned dependencies and the tools (about half a minute)"
	@$(PIP) -r requirements-dev.lock
	@touch $@ $(VENV)/.run
