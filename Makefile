# The way from a fresh copy of this project to its charts: `make`, then `make help`.
# Needs Python 3.11 or newer and nothing else: every package goes into .venv.

# The first of these that is Python 3.11 or newer makes .venv; `make clean setup PYTHON=python3.12` chooses another.
PYTHON = python3 python3.13 python3.12 python3.11

# Paths stay relative, so that a folder whose name has blanks does no harm.
python = .venv/bin/python
code := $(shell find analysis -name '*.py' -o -name '*.toml' -o -name '*.po')

.DEFAULT_GOAL := all
.PHONY: all setup data notebooks exports site check snapshot test test-slow test-browser coverage mutants bench drift lab lock clean help
.SUFFIXES:
.DELETE_ON_ERROR:

all: .venv/.site  ## set up, clean the data, execute the notebooks, export, build the site (only what is out of date)
	@echo
	@echo 'Everything is up to date. Where to look:'
	@echo '  notebooks/          the questions and their charts: `make lab` opens them in the browser'
	@echo '  data/processed/     the tables: one row a round in rounds.csv, every column explained in README.md'
	@echo '  data/raw/           what the sources said: add a row to funding_reports.csv, then run `make` again'
	@echo '  $(python) -m analysis find Vidu       rounds by company, investor or label'
	@echo '  $(python) -m analysis explain ROUND   why a round has the values it has'
	@echo '  exports/                every chart as PNG, SVG, PDF, PowerPoint and numbers, in English and Chinese'
	@echo '  site/build/index.html   the site: open it in the browser'

setup: .venv/.environment  ## make .venv with every package of requirements.lock
data: .venv/.data  ## rebuild data/processed from data/raw
notebooks: .venv/.notebooks .venv/.exports  ## execute the notebooks in place and export their charts
exports: .venv/.exports  ## write every chart into exports/, in every format that the site offers
site: .venv/.site  ## build the site of tables, notebooks and charts in site/build/

# Each step leaves a stamp in .venv when it succeeds; a step runs when something it reads is newer than its stamp.
.venv/bin/python:
	@echo '== Making .venv =='
	@for python in $(PYTHON); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    "$$python" --version; "$$python" -m venv --clear .venv; exit; \
	  fi; \
	done; \
	echo 'Found no Python 3.11 or newer (looked for: $(PYTHON)).'; \
	echo 'Install one from python.org, or name yours: make PYTHON=/path/to/python3'; exit 1

.venv/.environment: .venv/bin/python requirements.lock pyproject.toml
	@echo '== Installing the packages of requirements.lock (about a minute, once) =='
	$(python) -m pip install --no-deps --requirement requirements.lock --editable .
	@$(python) -m pip check
	@echo 'Preparing the fonts of matplotlib'
	@$(python) -c 'import matplotlib.font_manager'
	@touch $@

# The folders stand among the files so that a removed file counts as a change.
.venv/.data: .venv/.environment $(code) data/raw data/processed $(wildcard data/raw/* data/processed/*)
	@echo '== Cleaning the data: data/raw -> data/processed =='
	$(python) -m analysis build
	@touch $@

.venv/.notebooks: .venv/.data $(wildcard notebooks/*.ipynb)
	@echo '== Executing the notebooks =='
	$(python) -m analysis notebooks
	@touch $@

# The site offers the first two for download, and shows the others on dark pages and narrow screens.
.venv/.exports: .venv/.data
	@echo '== Exporting the charts =='
	@for options in '--format png,svg,pdf,pptx,csv' '--format png,svg,pptx --lang zh' '--format svg --theme dark' \
	    '--format svg --size column' '--format svg --size column --theme dark'; do \
	  echo "$(python) -m analysis export --all $$options"; \
	  $(python) -m analysis export --all $$options >.venv/exports.log || exit 1; \
	done
	@cp exports/alibaba_rounds.png docs/
	@touch $@

.venv/.site: .venv/.notebooks .venv/.exports README.md CHANGELOG.md $(wildcard site/*.* site/assets/* site/templates/*)
	@echo '== Building the site =='
	$(python) -m analysis site
	@touch $@

check: .venv/.environment  ## look for problems in data/raw, by file, line and column
	$(python) -m analysis check

snapshot: .venv/.environment  ## accept the row counts and totals of the tables as they are; review the diff
	$(python) -m tests.data.test_snapshots

test: .venv/.environment  ## check code, data and notebooks, the fast checks first
	@echo '== Format and lint =='
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	@echo '== Types =='
	$(python) -m mypy
	@echo '== Tests and notebooks =='
	$(python) -m pytest --numprocesses 2 --dist loadscope --no-loadscope-reorder --max-worker-restart 0

coverage: .venv/.environment  ## which branches of analysis/ the fast checks reach: at least 95 %
	$(python) -m pytest analysis tests --cov --cov-report term --numprocesses 2 --dist loadscope --no-loadscope-reorder

mutants: .venv/.environment  ## change parse/ and clean/ in thousands of places: do the tests notice? (an hour or two)
	$(python) tests/mutation/run.py run --max-children 2
	$(python) tests/mutation/report.py

bench: .venv/.environment  ## what builds of 10,000 to 1,000,000 reports cost, our parsers beside others (SIZES="10000 ...")
	$(python) -m pip install --quiet --target build/peers --upgrade price-parser quantulum3 jionlp dateparser
	$(python) -m tests.benchmarks $(SIZES)

test-slow: .venv/.environment  ## what takes longer: every chart in every form, damaged files, kills, hostile cells
	$(python) -m pytest -m slow --numprocesses 2 --dist worksteal --max-worker-restart 0

test-browser: site  ## the site and JupyterLab in Chromium, which has to be installed
	$(python) -m pytest tests/browser --site site/build -rs

drift:  ## notebooks and tests with the newest version of every package, in build/drift
	bash .ci/drift

lab: .venv/.environment  ## open the notebooks in JupyterLab
	$(python) -m jupyterlab notebooks

lock: .venv/bin/python  ## write requirements.lock anew from pyproject.toml, with the newest versions it allows
	$(python) -m pip install --quiet uv
	$(python) -m uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --all-extras --upgrade \
	  --no-annotate --custom-compile-command 'make lock' --output-file requirements.lock pyproject.toml

clean:  ## remove .venv and every cache; data and notebooks stay
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage build exports mutants site/build
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -prune -exec rm -rf {} +

help:  ## list these commands
	@sed -n 's/^\([a-z-]*\):.*  ## /make \1: /p' Makefile
