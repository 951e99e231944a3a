# Everything runs in a virtual environment of its own, .venv; nothing else of the machine is changed.
# Needs: Python >= 3.10 with venv, gcc and g++, make. `make test-editor` also needs Node and apt.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.gnomon-installed
NATIVE := $(wildcard native/*.* native/*/*)
SOURCES := $(shell find analysis server -name '*.py' -o -name '*.c') CMakeLists.txt pyproject.toml $(NATIVE)

.PHONY: install demo test test-slow test-native test-editor differential truth fuzz bench lint clean

install: $(STAMP)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): $(BIN)/python $(SOURCES)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --group dev
	$(BIN)/python -m pip install --quiet .
	touch $@

demo: install
	$(BIN)/python examples/demo.py

test: install
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow"

test-slow: install
	$(BIN)/python -m pytest -n auto --dist worksteal -m slow

test-native: $(BIN)/python install
	$(BIN)/python -m pip install --quiet cmake ninja nanobind "z3-solver==5.4.*"
	$(BIN)/cmake -S . -B build/sanitized -G Ninja -DGNOMON_MODULE=OFF -DGNOMON_TESTS=ON -DGNOMON_SANITIZE=ON \
	    -DCMAKE_BUILD_TYPE=Debug -DPython_EXECUTABLE=$(abspath $(BIN)/python) -DCMAKE_MAKE_PROGRAM=$(abspath $(BIN)/ninja)
	$(BIN)/cmake --build build/sanitized
	$(BIN)/ctest --test-dir build/sanitized --output-on-failure

test-editor: install
	GNOMON=$(abspath $(BIN)/gnomon) bash tests/editor/neovim/run.sh
	GNOMON=$(abspath $(BIN)/gnomon) bash tests/editor/run.sh

differential: install
	GNOMON_DIFFERENTIAL=1000 $(BIN)/python -m pytest tests/differential

# What the programs under tests/cases are said to do, asked of gcc's sanitizers and memcheck, and every finding replayed.
truth: install
	GNOMON_TRUTH=all $(BIN)/python -m pytest tests/test_cases_truth.py tests/test_cases_truth_extensions.py tests/replay/test_replay_cases.py

fuzz: install
	GNOMON_FUZZ_SECONDS=600 $(BIN)/python -m pytest tests/debuginfo/test_damage.py tests/server/test_sessions_edits.py

bench: install
	$(BIN)/python benchmarks/pypi.py
	$(BIN)/python benchmarks/latency.py
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/keystroke.py
	$(BIN)/python benchmarks/incremental.py
	$(BIN)/python benchmarks/features.py
	$(BIN)/python benchmarks/debuginfo.py
	$(BIN)/python benchmarks/contracts.py
	$(BIN)/python benchmarks/navigation.py
	$(BIN)/python benchmarks/detection.py
	$(BIN)/python benchmarks/replayed.py
	$(BIN)/python benchmarks/quiet.py
	$(BIN)/python benchmarks/standard_modules.py build/standard_modules
	$(BIN)/python benchmarks/newest.py build/newest
	$(BIN)/python benchmarks/cold.py
	$(BIN)/python benchmarks/extensions.py
	$(BIN)/python benchmarks/interpreter.py

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p gnomon._engine -p gnomon.analysis -p gnomon.server
	$(BIN)/lint-imports
	find native -name '*.h' -o -name '*.cpp' | xargs $(BIN)/clang-format --dry-run --Werror

clean:
	rm -rf build dist $(VENV)
