#!/bin/sh
# Make .venv with pinned, hashed packages, and get Pango and Chinese fonts where they are missing.
# 建立运行环境；缺少 Pango 或中文字体时用 apt 安装（需要 root 或 sudo）。
set -eu
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"

system_packages() {
    missing=""
    if ! command -v dpkg-query >/dev/null 2>&1; then
        echo "提示：不是 Debian/Ubuntu，请自行安装 Pango 与思源（Noto CJK）字体，再运行 assessor doctor 检查。" >&2
        return
    fi
    for package in $PACKAGES $1; do
        status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
        [ "$status" = "install ok installed" ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        run=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        run="sudo"
    else
        echo "缺少系统软件包，请先运行：" >&2
        echo "    sudo apt-get update && sudo apt-get install -y$missing" >&2
        exit 1
    fi
    echo "安装系统软件包：$missing" >&2
    # shellcheck disable=SC2086 # one word per package
    DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 ||
        { $run apt-get update -qq && DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends $missing >/dev/null; } ||
        { echo "apt 安装失败，请运行： sudo apt-get install -y$missing" >&2; exit 1; }
}

# What some tests use besides; they skip with a reason where it cannot be had.
test_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    if [ "$(id -u)" = 0 ]; then run=""; elif sudo -n true 2>/dev/null; then run="sudo"; else return 0; fi
    missing=""
    for package in poppler-utils libreoffice-calc-nogui libreoffice-writer-nogui; do
        status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
        [ "$status" = "install ok installed" ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    echo "安装测试用的软件包（可缺）：$missing" >&2
    # shellcheck disable=SC2086 # one word per package
    DEBIAN_FRONTEND=noninteractive timeout 240 $run apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 ||
        echo "没有装上，相关测试会跳过。" >&2
}

if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "需要 Python 3.11 或更新版本（可用 make PYTHON=python3.12 指定）。" >&2
    exit 1
fi
venv_package=""
"$PYTHON" -c 'import ensurepip' 2>/dev/null ||
    venv_package=$("$PYTHON" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
system_packages "$venv_package"
[ "${1:-}" != test ] || test_packages

[ -x .venv/bin/python ] || "$PYTHON" -m venv .venv
wanted=$(cat requirements-dev.txt pyproject.toml | cksum)
if [ "$(cat .venv/.installed 2>/dev/null || true)" != "$wanted" ]; then
    echo "安装 Python 软件包（按哈希校验）……" >&2
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
    echo "$wanted" > .venv/.installed
fi
