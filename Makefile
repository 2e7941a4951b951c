# Two commands do everything: `make demo` and `make test`. Both set the machine up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out

.PHONY: setup setup-test demo test bench bench-city golden similar lint clean
.DEFAULT_GOAL := demo

setup:
	@PYTHON="$(PYTHON)" sh tools/setup.sh

setup-test:
	@PYTHON="$(PYTHON)" sh tools/setup.sh test

demo: setup
	@$(BIN)/python tools/demo.py $(OUT)

test: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/assessor lint
	$(BIN)/python -m pytest

bench: setup
	@$(BIN)/python tools/bench.py
	@$(BIN)/python tools/bench_reading.py
	@$(BIN)/python tools/bench_city.py
	@$(BIN)/python tools/bench_city_run.py hundred

# About half an hour: cities of thousands without pages, speed-up, memory over 500 documents.
bench-city: setup
	@$(BIN)/python tools/bench_city_run.py pages plain flat

# Learns anew what wording tells; needs scikit-learn: pip install -e '.[train]'
similar: setup
	@$(BIN)/python tools/train_similar.py

golden: setup
	$(BIN)/python tools/golden.py

clean:
	rm -rf $(VENV) $(OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis
