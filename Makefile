# Bare `make` lists what there is. Every step is safe to repeat, after an interrupted run too.
.DEFAULT_GOAL := help
SHELL := /bin/sh
# The first Python 3.11 that really starts (a shim on the path may not).
PYTHON ?= $(shell for p in python3.11 /usr/bin/python3.11 /usr/local/bin/python3.11 python3; do $$p -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
TEST_LOGS := $(CURDIR)/var/test-logs
export PYTHONPATH := $(CURDIR)/site:$(CURDIR)

.PHONY: help setup run test check bench screenshots format messages requirements clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Make the virtual environment, install everything, fetch the front end's files
	@[ -n "$(PYTHON)" ] || { echo 'Schoolbag needs Python 3.11: none was found. make PYTHON=/path/to/python3.11'; exit 1; }
	@$(PYTHON) scripts/setup.py --dev

run: ## Start the demo: site, worker and made-up families (PORT=8000, DATABASE_URL=... to choose)
	@[ -n "$(PYTHON)" ] || { echo 'Schoolbag needs Python 3.11: none was found. make PYTHON=/path/to/python3.11'; exit 1; }
	@$(PYTHON) scripts/setup.py
	@exec $(BIN)/python manage.py serve

test: setup ## Run all tests (ARGS="-k name" to choose)
	@$(BIN)/python scripts/find_browser.py
	@rm -rf $(TEST_LOGS) && mkdir -p $(TEST_LOGS)
	@SCHOOLBAG_TEST_LOGS=$(TEST_LOGS) $(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)
	@$(BIN)/python scripts/search_logs.py $(TEST_LOGS)

check: setup ## Lint, types, import order, templates, migrations
	@$(BIN)/python scripts/check.py

bench: setup ## Measure, as ratios within one run (ARGS="B1 B5" to choose)
	@$(BIN)/python -m benchmarks $(ARGS)

screenshots: setup ## Write every page, wide and narrow, into var/screenshots/ (ARGS="staff form" to choose)
	@$(BIN)/python -m scripts.screenshots $(ARGS)

format: setup ## Put code and templates in order
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet . ; $(BIN)/djhtml --tabwidth 2 templates || true

# What families meet while they fill in a form. The admin is in English alone; so are the other pages, for now.
NOT_TRANSLATED := .venv frontend tests benchmarks scripts var guidance site/accounts site/config \
	$(filter-out casework/submissions.py,$(wildcard casework/*)) $(filter-out site/families/forms.py,$(wildcard site/families/*)) \
	$(filter-out site/schools/records.py,$(wildcard site/schools/*)) \
	home/blocks.py home/errors.py home/family.py home/last_edited.py home/models.py home/views.py home/wagtail_hooks.py \
	migrations admin management templates/modeladmin templates/wagtailadmin \
	templates/accounts templates/casework templates/core templates/emails templates/guidance templates/home templates/schools \
	templates/components/key_dates.html templates/components/side_list.html templates/components/stages.html \
	templates/components/viewing.html \
	templates/forms_engine/plugin_trial.html templates/forms_engine/preview.html \
	templates/forms_engine/trial.html templates/forms_engine/trial_sent.html \
	forms_engine/admin.py forms_engine/advice.py forms_engine/audit_words.py forms_engine/authoring/differences.py \
	forms_engine/authoring/journey.py forms_engine/authoring/library.py forms_engine/authoring/outline.py \
	forms_engine/authoring/spreadsheet.py forms_engine/authoring/translations.py forms_engine/authoring/trial.py \
	forms_engine/authoring/views.py forms_engine/blocks.py forms_engine/delivery.py forms_engine/editor.py \
	forms_engine/field_blocks.py forms_engine/held.py forms_engine/home_panel.py forms_engine/models/advice.py \
	forms_engine/models/assignments.py forms_engine/models/definitions.py forms_engine/models/drafts.py \
	forms_engine/models/last_copies.py forms_engine/models/notices.py forms_engine/models/submissions.py \
	forms_engine/pace.py forms_engine/preview.py forms_engine/publishing.py forms_engine/reach.py forms_engine/trial.py forms_engine/types/config.py \
	forms_engine/views/advice.py forms_engine/views/deliveries.py forms_engine/wagtail_hooks.py \
	forms_engine/widgets.py site/core/admin.py site/core/apps.py site/core/audit_admin.py site/core/audit_words.py \
	site/core/checks.py site/core/dev_outbox.py site/core/held.py site/core/holidays_admin.py site/core/models site/core/outbox_admin.py

messages: setup ## Collect the texts to translate in locale/, and compile what is translated (needs GNU gettext)
	@$(BIN)/python manage.py makemessages --locale cy --no-location --no-wrap $(addprefix --ignore ,$(NOT_TRANSLATED))
	@$(BIN)/python manage.py compilemessages --locale cy --ignore .venv

requirements: setup ## Pin the requirements anew from pyproject.toml
	@$(BIN)/python scripts/pin.py

clean: ## Remove what a run wrote (the database and private files too)
	@rm -rf var frontend/build frontend/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
