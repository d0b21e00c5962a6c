#!/bin/sh
# Installs and runs the product with demonstration data, on a machine with Python 3.11 or later and nothing else.
#   sh deploy/demo.sh [--port 8000] [--data DIR] [--once]
# 在只有 Python 3.11 以上的机器上安装并运行演示；Ctrl-C 停止，再次运行不丢数据。
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
called_from=$(pwd)
cd -- "$here/.."
# shellcheck source=deploy/install.sh
. "$here/install.sh"
install_product
# The screens' third-party parts, with the machine's own npm or the one from the Python package; built once.
NPM_CONFIG_CACHE="${NPM_CONFIG_CACHE:-$PWD/.huiyin/npm}" "$VENV/bin/python" -m huiyin.interfaces.assets.build
HUIYIN_TENANTS=${HUIYIN_TENANTS:-$PWD/tenants}
HUIYIN_DATA=${HUIYIN_DATA:-$PWD/.huiyin}
export HUIYIN_TENANTS HUIYIN_DATA
project=$PWD
cd -- "$called_from"
case $VENV in /*) ;; *) VENV=$project/$VENV ;; esac
exec "$VENV/bin/python" -m huiyin.project.console demo "$@"
