#!/bin/sh
# Installs what the tests need and runs them; arguments go to pytest.
#   sh deploy/test.sh [-q] [-k WORDS] [tests/…]
# 安装测试所需并运行测试；需要浏览器的测试在没有 Chromium 时跳过并说明。
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd -- "$here/.."
# shellcheck source=deploy/install.sh
. "$here/install.sh"
install_product dev
if [ "${HUIYIN_INSTALL_ONLY:-}" = 1 ]; then
    exit 0
fi

find_browser() {
    for candidate in chromium chromium-browser google-chrome; do
        if command -v "$candidate" >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

if ! find_browser && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "正在安装 Chromium…… / Installing Chromium …"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } \
        >/dev/null 2>&1 || say "Chromium 没有装上。 / Chromium could not be installed."
fi
if ! find_browser; then
    if [ "${CI:-}" = true ]; then
        stop_with "没有浏览器，CI 中不允许跳过浏览器测试。 / No browser: in CI the browser tests may not be skipped."
    fi
    say "========================================================================"
    say "没有浏览器：浏览器测试将被跳过。 / NO BROWSER: THE BROWSER TESTS ARE SKIPPED."
    say "========================================================================"
fi
NPM_CONFIG_CACHE="${NPM_CONFIG_CACHE:-$PWD/.huiyin/npm}" "$VENV/bin/python" -m huiyin.interfaces.assets.build
# Two processes, each with a database server of its own; `sh deploy/test.sh -n 0` runs them in one.
exec "$VENV/bin/python" -m pytest -n 2 "$@"
