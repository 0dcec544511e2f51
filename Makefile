# demo and test need only Python 3.11+ and make; tools needs Debian's apt and the right to install (root or sudo).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
# The modules that write, guard or count: every line and branch of them is tested.
GUARDED := */source/*,*/folder.py,*/guard.py,*/webcycle/personal.py,*/store.py,*/records.py,*/imports/*,*/webcycle/ledger.py,*/identity/*,*/participants.py,*/presence.py,*/joinlinks.py,*/richtext.py,*/checks/*,*/claims.py,*/webcycle/review/*,*/metrics/*,*/disclosure/*,*/calendar/*,*/values.py,*/programme/*,*/zones.py,*/plain.py,*/scaffold.py,*/texts/*,*/errors.py

export PIP_CONSTRAINT := $(CURDIR)/constraints.txt

.PHONY: demo test lint types tests test-spark tools bench pictures schema clean

demo: $(VENV)/.installed
	$(BIN)/webcycle demo

test: lint types tests

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-test
	$(BIN)/mypy

tests: $(VENV)/.installed-test
	$(BIN)/python -m pytest --cov --cov-report=term
	$(BIN)/coverage report --include='$(GUARDED)' --fail-under=100

# Every view on a local Spark too, which needs Java.
test-spark: $(VENV)/.installed-test
	command -v java >/dev/null || { echo "Spark needs Java 17 or newer (Debian: default-jre-headless)"; exit 1; }
	$(PIP) --editable '.[test,spark]'
	$(BIN)/python -m pytest tests/spark

tools:
	$(SUDO) apt-get update -q
	grep -v '^#' tools/debian.txt | xargs $(SUDO) apt-get install -q -y --no-install-recommends
	command -v npm >/dev/null || $(SUDO) apt-get install -q -y --no-install-recommends nodejs npm
	npm ci --prefix tools --no-audit --no-fund

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
