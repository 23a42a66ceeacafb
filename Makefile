# Two commands for a fresh machine with Python 3.11 and make: `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# Where the data sets lie that laws are estimated on, as their owners publish them.
DATA ?= ../shared/data

.PHONY: demo test check clean docs screenshots benchmark reading calibrate

# Stamps say what is installed, so that a second run installs nothing.
$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	touch $@

$(VENV)/.tests-installed: $(VENV)/.installed
	$(PIP) -e '.[explorer,test,check]'
	touch $@

demo: $(VENV)/.installed
	$(BIN)/twofront study -o out

test: $(VENV)/.tests-installed
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/.tests-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports

# The pages that are made by running: wars of a free run, what each law changes, what the inputs rest
# on, the forecasts held against the record, which parameters the record leaves, the profile.
docs: $(VENV)/.installed
	$(BIN)/python docs/make_free_run.py
	$(BIN)/python docs/make_ablations.py
	$(BIN)/python docs/make_sources.py
	$(BIN)/python docs/make_backtest.py
	$(BIN)/python docs/make_history_matching.py
	$(BIN)/python docs/make_conditioning.py
	$(BIN)/python docs/make_verdicts.py
	$(BIN)/python benchmarks/profile_laws.py --markdown docs/profile.md

# Pictures of the report and the live page, at the desk and on a phone; needs Debian's Chromium.
screenshots: $(VENV)/.tests-installed
	$(BIN)/python docs/make_screenshots.py

# Speed beside Mesa, NumPy and C; needs gcc for the last.
benchmark: $(VENV)/.installed
	$(PIP) -e '.[benchmarks]'
	$(BIN)/python benchmarks/engine.py

# How well texts are read, beside other tools: installs them (half a gigabyte; HeidelTime needs
# Java), reads, writes the page. SETS="--set NAME=DIR" adds texts of your own.
reading: $(VENV)/.installed
	$(BIN)/python benchmarks/reading.py --setup .cache/reading --markdown docs/reading.md $(SETS)

# Laws estimated on other wars: calibration/measured.toml and docs/calibration.md, two minutes.
# Another folder of data: DATA=DIR. One law: `python -m calibration clashes --data DIR`.
calibrate: $(VENV)/.installed
	$(PIP) -e '.[calibration]'
	$(BIN)/python -m calibration --data $(DATA)

clean:
	rm -rf $(VENV) out build dist .pytest_cache .ruff_cache .hypothesis
