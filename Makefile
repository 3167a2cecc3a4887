# Everything a developer or the office's machine does by name. `make` alone lists it.

DB   ?= var/demo.db
PORT ?= 8501
BIN  := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench soak audit translations

help:
	@echo "make setup         a .venv with the pinned packages (Python 3.11 or 3.12)"
	@echo "make run           the app on this machine with demonstration data (DB=file, PORT=8501)"
	@echo "make test          all tests, page and browser tests too"
	@echo "make check         style, types and tests"
	@echo "make bench         speed beside its references"
	@echo "make soak          what holds when things go wrong, with figures (docs/reliability.md); takes an hour"
	@echo "make audit         known weaknesses of our code (bandit) and of the packages (pip-audit)"
	@echo "make translations  the catalogue of the English interface brought up to date"

setup: $(READY)

# durable_rules does not import on Python 3.13, so a fitting interpreter is looked for.
# PYTHON=/some/python names one. The constraints hold for the packages that build others, too.
$(READY): requirements.txt requirements-dev.txt constraints.txt
	@fits='import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))'; \
	if [ -d .venv ] && ! $(BIN)/python -c "$$fits" 2>/dev/null; then \
	  echo ".venv was made with another Python; making it anew."; rm -rf .venv; fi; \
	if [ ! -d .venv ]; then \
	  for python in $(PYTHON) python3.11 python3.12 python3 python; do \
	    if "$$python" -c "$$fits" 2>/dev/null; then found="$$python"; break; fi; done; \
	  if [ -z "$$found" ]; then \
	    newest=$$(python3 --version 2>/dev/null || echo "no Python"); \
	    echo "Python 3.11 or 3.12 is needed: the rule engine does not run on 3.13 or later."; \
	    echo "Found here: $$newest. Install python3.11 (with its venv and headers), or name one: make setup PYTHON=..."; \
	    exit 1; fi; \
	  "$$found" -m venv .venv || { rm -rf .venv; \
	    echo "The venv module of $$found is missing: install python3-venv."; exit 1; }; fi
	@command -v gcc >/dev/null || command -v cc >/dev/null || \
	  { echo "A C compiler is needed to build the rule engine: install gcc and the Python headers (python3-dev)."; exit 1; }
	PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  -c constraints.txt -r requirements.txt -r requirements-dev.txt
	@touch $(READY)

# The database is written beside its name first: an interrupted start leaves no half of one.
run: setup
	@if [ ! -e "$(DB)" ]; then \
	  mkdir -p "$$(dirname "$(DB)")"; rm -f "$(DB).new"*; \
	  $(BIN)/python -m office --db "$(DB).new" init --demo && mv "$(DB).new" "$(DB)" || exit 1; \
	  rm -f "$(DB).new"*; fi
	OFFICE_DB="$(DB)" $(BIN)/streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT)

test: setup
	$(BIN)/python -m pytest -n 2 --dist loadscope

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadscope

bench: setup
	$(BIN)/python -m bench

soak: setup
	$(BIN)/python -m soak

# --strict: a package that could not be looked up is a failure, not a silent skip.
audit: setup
	$(BIN)/bandit -c pyproject.toml -r app.py office data rules pages -q
	$(BIN)/pip-audit --strict --no-deps --disable-pip -r constraints.txt

translations: setup
	$(BIN)/python -m babel.messages.frontend --quiet extract --mapping babel.cfg --keyword _ --keyword _n:1,2 \
	  --omit-header --add-location file --sort-by-file --output locale/messages.pot pages
	$(BIN)/python -m babel.messages.frontend --quiet update --omit-header --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
	  --domain office --locale en --input-file locale/messages.pot --output-dir locale
	$(BIN)/python -m pytest -q tests/test_language.py
