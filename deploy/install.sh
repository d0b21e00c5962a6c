# shellcheck shell=sh
# Read by demo.sh and test.sh, from the project's folder: finds uv or Python, installs what uv.lock pins into a
# virtual environment, and sets VENV.

VENV=${HUIYIN_VENV:-.venv}

say() {
    printf '%s\n' "$*" >&2
}

stop_with() {
    say "$@"
    exit 1
}

# Prints the first Python that is new enough.
find_python() {
    for candidate in python3.13 python3.12 python3.11 python3 python; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

# Prints what an environment must be built again for: the lock, the project's own file and the kind of install.
wanted_stamp() {
    "$1" - "$2" <<'PYTHON'
import hashlib, pathlib, sys
content = b"".join(pathlib.Path(name).read_bytes() for name in ("uv.lock", "pyproject.toml"))
print(sys.argv[1], hashlib.sha256(content).hexdigest())
PYTHON
}

# install_product [dev]: everything the product needs, and with "dev" everything its tests need.
install_product() {
    kind=${1:-product}
    python=$(find_python) || stop_with \
        "没有找到 Python 3.11 或更高版本，请先安装。 / Python 3.11 or later was not found: install it first."
    stamp=$(wanted_stamp "$python" "$kind")
    if [ -x "$VENV/bin/python" ] && { [ "$(cat "$VENV/.huiyin" 2>/dev/null)" = "$stamp" ] ||
        [ "$(cat "$VENV/.huiyin" 2>/dev/null)" = "dev ${stamp#* }" ]; } &&
        "$VENV/bin/python" -c 'import huiyin' >/dev/null 2>&1; then
        return 0
    fi
    say "正在安装，首次约需一两分钟…… / Installing, a minute or two the first time …"
    if uv --version >/dev/null 2>&1; then
        install_with_uv "$python" "$kind"
    else
        install_with_pip "$python" "$kind"
    fi
    printf '%s\n' "$stamp" >"$VENV/.huiyin"
}

# Prints which Python uv is to ask for. An environment of another executable than the one asked for, a pyenv shim for
# instance, is thrown away by uv with all it holds: where there is one that is new enough, its version is asked for.
python_for_uv() {
    "$VENV/bin/python" -c '
import sys
if sys.version_info < (3, 11):
    sys.exit(1)
print("%d.%d" % sys.version_info[:2])' 2>/dev/null || printf '%s\n' "$1"
}

install_with_uv() {
    # Inexact: an environment that already holds more, a developer's, keeps it.
    groups='--no-dev --group assets'
    if [ "$2" = dev ]; then
        groups=--dev
    fi
    # shellcheck disable=SC2086  # the groups are several words
    UV_PROJECT_ENVIRONMENT=$VENV uv sync --quiet --frozen --inexact --python "$(python_for_uv "$1")" $groups
}

install_with_pip() {
    if [ ! -x "$VENV/bin/python" ]; then
        "$1" -m venv "$VENV" || stop_with \
            "不能建立虚拟环境：Debian/Ubuntu 请先安装 python3-venv，或安装 uv。" \
            "/ No virtual environment could be made: on Debian or Ubuntu install python3-venv, or install uv."
    fi
    group=assets
    if [ "$2" = dev ]; then
        group=dev
    fi
    pins=$VENV/pins.txt
    # pip cannot read uv.lock, so the pins and hashes are written out from it: the lock stays the only place for them.
    "$VENV/bin/python" deploy/pins.py uv.lock "$group" >"$pins"
    "$VENV/bin/python" -m pip install --disable-pip-version-check --quiet --no-deps --require-hashes -r "$pins"
    "$VENV/bin/python" -m pip install --disable-pip-version-check --quiet --no-deps --editable .
}
