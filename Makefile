# The same few words here and on the build machine. `make demo` and `make test` need nothing but
# Python 3.11 or newer: packaging/setup.sh fetches the rest.
.DEFAULT_GOAL := help
.PHONY: help run demo test check gate bench translations icons package package-check clean

python := .venv/bin/python
# Colours and prompts are for people; a pipe gets neither.
export PIP_NO_INPUT := 1
# One more than there are cores: programs under test wait for each other, and for bytes.
workers = $(shell expr $$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN) + 1)
# Where it is set, each of the hundreds of programs that the tests start is compiled anew.
unexport PYTHONDONTWRITEBYTECODE

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

run: ## start the tray application from this checkout
	@packaging/setup.sh run
	@$(python) -m rolecall

demo: ## play with it: an embedded AWS, no account needed (in the terminal where there is no screen)
	@packaging/setup.sh demo
	@$(python) -m rolecall demo

check: ## style, types, architecture, translations
	@packaging/setup.sh check
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy
	$(python) packaging/translations.py --check
	$(python) -m pytest -q tests/architecture

test: ## every test but the full counts
	@packaging/setup.sh test
	$(python) -m pytest -m "not gate" -n $(workers) --dist loadfile

gate: ## the full counts of the heavy tests; takes long
	@packaging/setup.sh gate
	ROLECALL_GATE=1 $(python) -m pytest -m gate

bench: ## every number of the speed table, each a ratio within one run
	@packaging/setup.sh test
	$(python) benchmarks/run.py

translations: ## take new strings into the .ts files and compile them
	@packaging/setup.sh check
	$(python) packaging/translations.py

icons: ## draw the PNG icons from the SVG
	@packaging/setup.sh check
	QT_QPA_PLATFORM=offscreen $(python) packaging/icons.py

package: ## build the wheel, the PyInstaller folder and the .deb into dist/
	@packaging/setup.sh package
	packaging/build.sh

package-check: package ## install the .deb here, run it, purge it (root)
	@packaging/setup.sh test
	packaging/check_deb.sh

clean: ## remove what was built; .venv stays
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
	find app tests packaging benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
