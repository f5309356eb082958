# 公开 Gongkai. `make run` starts the demo district; `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DATA_DIR ?= data
N ?= 25
SEED ?= 1
export PORT DATA_DIR

# The first Python on the path that is new enough.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
  command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help venv test-venv browser run test lint types bench drill screenshots docs lock wheel clean

help: ## 列出命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

venv: $(VENV)/.runtime ## 只安装，命令是 .venv/bin/gongkai
test-venv: $(VENV)/.test

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新的版本。请安装后再运行 make。" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "不能建立虚拟环境。Debian、Ubuntu 请先运行：apt-get install python3-venv" >&2; exit 1; }
	@touch $@

# setuptools comes from the lock as well, so that the project itself is built without a download.
$(VENV)/.runtime: $(VENV)/.python requirements/runtime.txt requirements/build.txt pyproject.toml
	@echo "正在安装依赖……" >&2
	@$(INSTALL) --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.runtime requirements/test.txt
	@$(INSTALL) --require-hashes -r requirements/test.txt
	@touch $@

run: $(VENV)/.runtime ## 安装、装入演示区、启动网站（PORT、DATA_DIR 可改）
	@$(BIN)/gongkai upgrade --if-needed
	@$(BIN)/gongkai demo load
	@exec $(BIN)/gongkai serve --port $(PORT)

browser:
	@deploy/install-browser

test: test-venv browser lint types ## 全部检查和测试
	@$(BIN)/pytest -n 2 --dist worksteal

lint: test-venv ## 导入次序、写法、遗漏的迁移
	@$(BIN)/lint-imports
	@$(BIN)/ruff check src tests bench drill
	@$(BIN)/ruff format --check src tests bench drill
	@DATA_DIR=$$(mktemp -d) $(BIN)/gongkai makemigrations --check --dry-run

types: test-venv ## 规则、办理、查询、事件各室的类型
	@$(BIN)/mypy $$(find src/gongkai -not -path '*/tests/*' \( -path '*/rules/*.py' -o -path '*/actions/*.py' -o -path '*/queries/*.py' \
	  -o -path '*/events/*.py' -o -name rules.py -o -name states.py -o -name actions.py -o -name queries.py \))

bench: test-venv ## 测速，写入 docs/bench/
	@$(BIN)/python -m bench

drill: test-venv ## 断电和强行结束的演练（N=500 SEED=…）
	@$(BIN)/python -m drill --number $(N) --seed $(SEED)

screenshots: test-venv browser ## 各类页面截图，写入 docs/screens/
	@$(BIN)/python -m docs.generate.screens

docs: test-venv ## 由程序生成的文档
	@$(BIN)/python -m docs.generate

wheel: test-venv ## 打包
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist

# Hashes only, no index addresses: the files serve on any mirror.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url
lock: test-venv ## 重新锁定依赖（需要 uv）
	@command -v uv >/dev/null || { echo "请先安装 uv。" >&2; exit 1; }
	@$(LOCK) pyproject.toml -o requirements/runtime.txt
	@$(LOCK) requirements/build.in -o requirements/build.txt
	@$(LOCK) pyproject.toml --group test -o requirements/test.txt

clean: ## 删除环境和缓存，不动数据
	@rm -rf $(VENV) build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
