# make run         set everything up and serve the course at http://127.0.0.1:8000
# make built       what is installed and built for that, without shelves
# make setup       all of that but the serving
# make test        everything that can be tested in minutes; what could not is listed at the end
# make prove       all that is done with lessons, which make test does with some; LESSONS="one or another"
# make soak        the tests that take minutes, and 10,000 random runs of lessons; SOAK_RUNS=1000 makes fewer
# make sabotage    slips in the code, made one by one in clones: names the test that catches each, or says NOT CAUGHT
# make lint        the linters: style, templates, types, imports, the Dockerfile, compose.yaml
# make bench       what recording, racing and seeding cost, as ratios in one run; MILLION=1 seeds a million books too
# make audit       what is known of the packages that the site is made of, where the advisory services can be reached
# make lock        requirements.lock anew, after a change of requirements.txt
# make load        what the served site withstands, as ratios in one run: two minutes; RUNS=10000 for more runs
# make performance docs/performance.md anew, from what the two have measured
# make fixture     fixtures/library.json anew, after a change of the seeding
# make screenshot  docs/home.png and docs/lesson.png anew, the README's pictures
# make clean       remove what the others made: the environment, the data, what is built
# make help        this list
# Another Python, environment, port or host: make run PYTHON=python3.13 VENV=.venv-3.13 PORT=8001 HOST=0.0.0.0

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
# Processes of the tests.
WORKERS ?= logical
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
STYLES = $(patsubst static/css/bundles/%,static/build/css/%,$(wildcard static/css/bundles/*.css))
# What pages need, and what challenges need, which takes longer to make.
LIGHT = $(addprefix static/build/,curve.js keys.js offline.js search.js ranking.js service_worker.js progress.js challenge.js editor.js runtime.js play.js play_embed.js models.svg editor_models.json) $(STYLES)
PACKED = $(addprefix static/build/python/,worker.js packages.pack site.pack shelves.pack)
BUILT = $(LIGHT) $(PACKED)

# Run a command, and say how long it took, where that was over a second: $(call timed,what,command)
timed = began=$$(date +%s); { $(2); } || exit; took=$$(($$(date +%s) - began)); [ $$took -lt 2 ] || echo "$(1): $$took s"
# Keep what a tool prints to its log, and show that where the tool fails: $(call logged,command)
LOG = $(VENV)/$(@F).log
logged = { $(1) >$(LOG) 2>&1 || { cat $(LOG) >&2; false; }; }

.PHONY: run built setup test prove soak sabotage bench load performance lint audit lock fixture screenshot clean help

# The second `make` packs what only challenges need, while the course can be read.
run: port ready
	@echo "Queryshelf is at http://$(HOST):$(PORT)/ (Ctrl-C ends it)"
	@$(MAKE) --silent packed &
	@$(BIN)/python manage.py runserver $(HOST):$(PORT)

.PHONY: port
port:
	@$(PYTHON) -c "import socket; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('$(HOST)', $(PORT)))" 2>/dev/null \
	  || { echo "Port $(PORT) of $(HOST) is in use. Choose another: make run PORT=8001"; exit 1; }

.PHONY: ready packed
ready: $(VENV)/installed .env $(LIGHT)
	@$(call timed,Shelves,$(BIN)/python manage.py seed_library)

packed: $(PACKED)

built: $(VENV)/installed $(BUILT)

setup: ready packed

$(VENV)/installed: requirements.txt
	@$(PYTHON) -c "import sys; sys.version_info >= (3, 11) or sys.exit('Queryshelf needs Python 3.11 or later; this is ' + sys.version.split()[0] + '. Name another: make run PYTHON=python3.13')"
	@$(call timed,Virtual environment,$(PYTHON) -m venv $(VENV) \
	  || { echo "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; })
	@echo "Installing packages into $(VENV) …"
	@$(call timed,Packages,$(call logged,$(PIP) -r requirements.txt))
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt requirements-mysql.txt $(VENV)/installed
	@echo "Installing what tests and linters need into $(VENV) …"
	@$(call timed,Packages for development,$(call logged,$(PIP) -r requirements-dev.txt))
	@if command -v mariadb_config >/dev/null || command -v mysql_config >/dev/null; then \
	  $(call timed,Driver of MariaDB,$(call logged,$(PIP) -r requirements-mysql.txt)); fi
	@touch $@

# With the Node of the machine, or one from PyPI. The site works without what is built, so nothing fails here.
static/build/curve.js: package.json package-lock.json $(wildcard frontend/* frontend/*/* frontend/*/*/* static/css/* static/css/*/*) | $(VENV)/installed
	@PATH="$$PATH:$(abspath $(BIN))"; $(call timed,Charts and search,{ \
	  { command -v npm >/dev/null || $(call logged,$(PIP) -r requirements-node.txt); } && $(call logged,npm ci) \
	  && npm run --silent build && touch $@ $(STYLES); } \
	  || echo "The charts and the search as you type could not be built; pages have tables and a form and keep no progress. To try again: make $@")
# They come with the charts.
static/build/keys.js static/build/offline.js static/build/service_worker.js static/build/search.js static/build/ranking.js static/build/progress.js static/build/challenge.js static/build/runtime.js static/build/editor.js static/build/play.js static/build/play_embed.js $(STYLES): static/build/curve.js ;

static/build/models.svg: library/models.py $(wildcard templates/django_extensions/graph_models/*/*) | static/build/curve.js .env
	@PATH="$$PATH:$(abspath $(BIN))"; $(BIN)/python manage.py graph_models library --dot --theme queryshelf --rankdir LR --disable-sort-fields \
	  | node frontend/models.js >$@.part && mv $@.part $@ \
	  || { rm -f $@.part; echo "The diagram of the models could not be drawn; its page lists them. To try again: make $@"; }

# Python for the reader's browser, with Django and the lab, for challenges: pages say what is missing without it, so
# nothing fails here either.
unpacked = echo "Python for the browser could not be packed; challenges show their task and solution alone. To try again: make $@"
with_node = PATH="$$PATH:$(abspath $(BIN))"; $(call timed,Python for the browser,{ $(1) || $(unpacked); })
RUNTIME = $(wildcard frontend/runtime/*) package-lock.json
OURS = $(shell find library lab lessons -name '*.py' -not -path '*/tests/*' -not -path '*/content/*')

$(VENV)/browser: requirements-browser.txt | $(VENV)/installed
	@rm -rf $@ $@.part; $(call timed,Packages for the browser,{ $(call logged,$(PIP) --target $@.part --no-deps --no-compile \
	  --only-binary=:all: --ignore-requires-python --python-version 3.14 -r $<) && mv $@.part $@ && touch $@ || $(unpacked); })

static/build/python/worker.js: $(RUNTIME) | static/build/curve.js
	@mkdir -p $(@D); $(call with_node,node frontend/runtime/cage.js $(@D))

static/build/python/packages.pack: $(RUNTIME) $(VENV)/browser | static/build/curve.js
	@$(call with_node,node frontend/runtime/pack.js $(VENV)/browser $(@D) stdlib packages)

static/build/python/site.pack: $(RUNTIME) $(OURS) | static/build/curve.js $(VENV)/browser
	@$(call with_node,node frontend/runtime/pack.js $(VENV)/browser $(@D) site)

static/build/python/shelves.pack: $(wildcard library/*.py library/migrations/*.py lessons/challenge/*.py) | $(VENV)/installed .env
	@mkdir -p $(@D); $(BIN)/python manage.py pack_shelves $@ || $(unpacked)

static/build/editor_models.json: library/models.py lessons/vocabulary/model_fields.py lessons/vocabulary/orm_api.py | static/build/curve.js .env
	@$(BIN)/python manage.py editor_models $@

.env:
	@cp .env.example .env

test: MARKS = not soak
test: $(VENV)/installed-dev $(BUILT)
	@$(BIN)/python -m pytest -m "$(MARKS)" -n $(WORKERS) --dist loadgroup

# One lesson: make prove LESSONS=track/slug
prove: MARKS = prove
prove: $(VENV)/installed-dev $(BUILT)
	@$(BIN)/python -m pytest -m "$(MARKS)" -k "$(LESSONS)" -n $(WORKERS) --dist loadgroup

soak: MARKS = soak
soak: export SOAK_RUNS ?= 10000
soak: $(VENV)/installed-dev $(BUILT)
	@$(BIN)/python -m pytest -m "$(MARKS)" -n $(WORKERS) --dist loadgroup

sabotage: $(VENV)/installed-dev $(BUILT)
	@$(BIN)/python -m tests.sabotage

bench: $(VENV)/installed-dev setup
	@$(BIN)/python -m benchmarks $(BENCH)

load: $(VENV)/installed-dev $(BUILT)
	@$(BIN)/python -m benchmarks.load $(RUNS)

performance: $(VENV)/installed-dev
	@$(BIN)/python -m benchmarks.performance

lint: $(VENV)/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/hadolint Dockerfile
	@$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec compose.yaml

# In an environment of their own: what they need is not for the site.
$(VENV)/audit: requirements-audit.txt $(VENV)/installed
	@$(PYTHON) -m venv $@ && $(call logged,$@/bin/python -m pip install --quiet --disable-pip-version-check -r $<) && touch $@

audit: $(VENV)/audit
	@PATH="$$PATH:$(abspath $(BIN))"; $(BIN)/python -m tests.audit $(VENV)/audit/bin/pip-audit

lock: $(VENV)/audit
	@sed -n 1p requirements.lock >$(LOG)
	@$(VENV)/audit/bin/uv pip compile requirements.txt requirements-mysql.txt --universal --python-version 3.13 \
	  --generate-hashes --no-header --no-annotate --quiet >>$(LOG)
	@cp $(LOG) requirements.lock

# fixtures/library.json is the shelf of 10 books.
fixture: setup
	@DATABASE_URL=sqlite:///$$(ls -t data/shelves/sqlite/10-*.sqlite3 | head -1) $(BIN)/python manage.py dumpdata library --indent 1 -o fixtures/library.json

screenshot: $(VENV)/installed-dev setup
	@$(BIN)/python -m tests.screenshot

clean:
	@rm -rf $(VENV) data staticfiles static/build node_modules .pytest_cache .ruff_cache .mypy_cache

help:
	@sed -n 's/^# //p; /^$$/q' $(firstword $(MAKEFILE_LIST))
