# Each target creates .venv and installs what it needs; there is no need to activate anything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: demo screenshots test tutor attacks attacks-everywhere matrix soak bench test-isolation old-kernel clean

demo: $(VENV)/.installed
	$(BIN)/python tests/tools/demo.py

# The pictures in docs/images/, taken from the demo course; needs Chromium.
screenshots: $(VENV)/.installed
	$(BIN)/python tests/tools/screenshots.py

test: $(VENV)/.installed-dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	$(BIN)/python -c "import torch" 2>/dev/null || echo "torch is not installed, so the comparison with it is skipped (pip install '.[torch]')"
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --ignore tests/attacks

matrix: $(VENV)/.installed-dev
	$(BIN)/python tests/tools/matrix.py --write tests/tools/matrix.txt

# Marks and sentences of the judge against a tutor's, who marked 122 functions before the judge saw them.
tutor: $(VENV)/.installed-dev
	$(BIN)/python tests/tools/tutor.py

attacks: $(VENV)/.installed-dev
	$(BIN)/python -m pytest tests/attacks

# The same on Landlock as older kernels have it, and under a container's seccomp profile.
attacks-everywhere: $(VENV)/.installed-dev
	CONVGRADE_EVERYWHERE=1 $(BIN)/python -m pytest tests/attacks/test_attacks.py

soak: $(VENV)/.installed-dev
	$(BIN)/python tests/tools/matrix.py --seeds 20
	CONVGRADE_FUZZ=200 $(BIN)/python -m pytest tests/judge/test_fuzz.py
	CONVGRADE_KILLS=10 $(BIN)/python -m pytest tests/nbgrader_plugin/test_grade.py -k killed

# Not part of CI: it takes forty minutes, and the figures are only meaningful on an idle machine.
bench: $(VENV)/.installed-dev .venv-peers/.installed
	$(BIN)/python benchmarks/run.py

test-isolation: $(VENV)/.installed-dev
	$(BIN)/python -m pytest tests/sandbox tests/judge

# Linux 6.1 (Landlock 2) for real, under QEMU: apt-get install qemu-system-x86. Not part of CI: emulation takes its time.
old-kernel: $(VENV)/.installed-dev .old-kernel/vmlinuz
	$(BIN)/python tests/tools/old_kernel.py .old-kernel/vmlinuz

.old-kernel/vmlinuz:
	mkdir -p .old-kernel
	cd .old-kernel && apt-get download $$(apt-cache depends linux-image-cloud-amd64 | awk '/Depends:/ {print $$2}')
	cd .old-kernel && dpkg-deb --extract linux-image-*.deb . && mv boot/vmlinuz-* vmlinuz

clean:
	rm -rf $(VENV) .venv-peers .old-kernel demo build *.egg-info

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
