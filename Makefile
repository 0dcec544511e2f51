# demo and test need only Python 3.11+ and make; tools needs Debian's apt and the right to install (root or sudo).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
# The modules that write, guard or count: every line and branch of them is tested.
GUARDED := */source/*,*/webcycle/folder/*,*/guard.py,*/webcycle/personal.py,*/store.py,*/records.py,*/imports/*,*/webcycle/ledger.py,*/webcycle/forgotten.py,*/webcycle/legible.py,*/webcycle/unpacked/*,*/webcycle/privacy/*,*/identity/*,*/participants.py,*/presence.py,*/joinlinks.py,*/exposure/*,*/richtext.py,*/checks/*,*/claims.py,*/duties/*,*/webcycle/comparison.py,*/webcycle/rescheduling.py,*/webcycle/revisions.py,*/webcycle/review/*,*/metrics/*,*/disclosure/*,*/published/*,*/calendar/*,*/values.py,*/programme/*,*/zones.py,*/plain.py,*/webcycle/colours.py,*/scaffold.py,*/texts/*,*/errors.py

export PIP_CONSTRAINT := $(CURDIR)/constraints.txt

.PHONY: demo test lint types tests test-interop test-safety reliability test-spark fuzz tools bench pictures schema clean

demo: $(VENV)/.installed
	$(BIN)/webcycle demo

test: lint types tests

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-test
	$(BIN)/mypy

tests: $(VENV)/.installed-test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --cov --cov-report=term
	$(BIN)/coverage report --include='$(GUARDED)' --fail-under=100

# What other programs make of the published calendar; `make tools` installs them.
test-interop: $(VENV)/.installed-test
	$(BIN)/python -m pytest tests/interop tests/calendar/test_interop.py

# Faults at every step of writing, power losses, full disks, several writers: `make tools` installs what makes them, and
# disks of our own need root. A part of `make tests`.
test-safety: $(VENV)/.installed-test
	$(BIN)/python -m pytest tests/safety

# What is promised, and how the suites behind it ended just now.
reliability: $(VENV)/.installed-test
	mkdir -p build
	$(BIN)/python -m pytest --override-ini=junit_family=xunit1 --junitxml=build/reliability.xml $$($(BIN)/python scripts/reliability.py --suites) || true
	$(BIN)/python scripts/reliability.py build/reliability.xml > RELIABILITY.md

# Every view on a local Spark too, which needs Java.
test-spark: $(VENV)/.installed-test
	command -v java >/dev/null || { echo "Spark needs Java 17 or newer (Debian: default-jre-headless)"; exit 1; }
	$(PIP) --editable '.[test,spark]'
	$(BIN)/python -m pytest tests/spark

# Looks for bytes that break what reads files: a minute for each target. What it finds belongs into tests/hostile/corpus.
FUZZ_SECONDS ?= 60
fuzz: $(VENV)/.installed-test
	$(PIP) --editable '.[test,fuzz]'
	for target in toml csv xlsx durations ics; do $(BIN)/python scripts/fuzz.py $$target $(FUZZ_SECONDS) build/fuzz/$$target || exit 1; done

tools:
	$(SUDO) apt-get update -q
	grep -v '^#' tools/debian.txt | xargs $(SUDO) apt-get install -q -y --no-install-recommends
	command -v npm >/dev/null || $(SUDO) apt-get install -q -y --no-install-recommends nodejs npm
	npm ci --prefix tools --no-audit --no-fund --ignore-scripts
	$(PYTHON) -m venv tools/venv || { $(PYTHON) -m venv --clear --without-pip tools/venv && $(PYTHON) -m pip --python tools/venv/bin/python install --quiet pip; }
	PIP_CONSTRAINT= tools/venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement tools/python.txt

bench: $(VENV)/.installed-test
	$(BIN)/python benchmarks/run.py

pictures: $(VENV)/.installed-test
	$(BIN)/python scripts/pictures.py

schema: $(VENV)/.installed-test
	for programme in data/*/cycle.toml; do $(BIN)/webcycle schema > "$${programme%.toml}.schema.json"; done

clean:
	rm -rf $(VENV) build dist webcycle-demo

# A Python without ensurepip (Debian's, when python3-venv is absent) makes the environment with its own pip.
$(VENV)/.created:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "webcycle needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV) || { $(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }
	touch $@

$(VENV)/.installed: $(VENV)/.created pyproject.toml constraints.txt
	$(PIP) --editable .
	touch $@

$(VENV)/.installed-test: $(VENV)/.created pyproject.toml constraints.txt
	$(PIP) --editable '.[test]'
	touch $(VENV)/.installed $@
