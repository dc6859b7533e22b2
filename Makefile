# Needs Python 3.11 or newer and make.  The first run makes .venv and installs what pyproject.toml asks for (network);
# later runs need no network until pyproject.toml changes.

VENV  := .venv
BIN   := $(VENV)/bin
READY := $(VENV)/.ready
WHEEL := $(CURDIR)/build/wheel
RULES := rulesets/*/*.perf examples/*/*.perf perfdsl/templates/*.perf

.PHONY: demo test wheel-test bench fmt clean

demo: $(READY)  ## the real form of 2023, corrected
	@$(BIN)/perfdsl eval examples/lingling-2023/corrected.perf examples/lingling-2023/corrected.csv

test: $(READY)  ## what must hold before a change goes in
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

wheel-test: $(READY)  ## build the wheel, try it in an empty folder far from the checkout
	rm -rf $(WHEEL)
	$(BIN)/python -m build --outdir $(WHEEL) .
	$(BIN)/python -m venv $(WHEEL)/venv
	$(WHEEL)/venv/bin/python -m pip install --quiet --disable-pip-version-check $(WHEEL)/*.whl
	@set -e; away=$$(mktemp -d); trap 'rm -rf "$$away"' EXIT; cd "$$away"; \
	unset PYTHONPATH; export PERFDSL_CACHE="$$away/cache" PATH="$(WHEEL)/venv/bin:$$PATH"; \
	set -x; \
	perfdsl --version; \
	perfdsl new 自评.perf; \
	perfdsl check 自评.perf; \
	perfdsl test 自评.perf; \
	perfdsl eval 自评.perf 自评.csv -o 结果.json; \
	python -c 'import json; assert json.load(open("结果.json", encoding="utf-8"))["total"]["grade"]'; \
	perfdsl explain E201 | grep -q 反例; \
	python -c 'import perfdsl; assert perfdsl.load("自评.perf").ruleset.name'; \
	python -c 'from pathlib import Path; import perfdsl; assert len([*Path(perfdsl.__file__).parent.rglob("*.ll")]) == 2'

bench: $(READY)  ## how long things take
	$(BIN)/python -m benchmarks

fmt: $(READY)  ## tidy the code and the shipped rulesets
	$(BIN)/ruff check --fix .
	$(BIN)/perfdsl fmt $(RULES)

clean:  ## back to a fresh clone
	rm -rf $(VENV) build dist

$(READY): pyproject.toml
	@for python in python3 python python3.14 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    $$python -m venv $(VENV) && exit 0; exit 1; \
	  fi; \
	done; echo "需要 Python 3.11 或更新的版本（找过 python3、python、python3.11 …）" >&2; exit 1
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
