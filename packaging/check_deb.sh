#!/usr/bin/env bash
# Installs the .deb that `make package` built, runs the program as a user would, purges it. Root only.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
deb=$(ls dist/rolecall_*.deb)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
[[ $(id -u) == 0 ]] || { echo "package-check installs a package: run it as root" >&2; exit 1; }
if dpkg -s rolecall >/dev/null 2>&1; then
    echo "rolecall is installed already; purge it first" >&2
    exit 1
fi

step() { # step WHAT COMMAND...: what it says is worth reading only when it fails
    local what=$1
    shift
    # Into a file: a program left behind by a failed test would keep a pipe open for ever.
    if "$@" >"$home/said" 2>&1 </dev/null; then
        printf 'ok    %s\n' "$what"
    else
        printf 'FAIL  %s\n' "$what"
        tail -n 60 "$home/said"
        exit 1
    fi
}

alone() { # in an empty home, without a screen, a bus or anything of the checkout
    env -i HOME="$home" PATH=/usr/bin:/bin LANG=C.UTF-8 AWS_CONFIG_FILE="$home/config" "$@"
}

answers() { # answers EXPECTED COMMAND...
    local expected=$1 out
    shift
    out=$(alone "$@") || { echo "exit $?: $out"; return 1; }
    [[ $out == *"$expected"* ]] || { echo "said: $out"; return 1; }
}

links() { # every library that the program would load is there
    local lost
    lost=$(find /usr/lib/rolecall -name '*.so*' -type f -exec ldd {} + 2>/dev/null |
        grep 'not found' | sort -u || true)
    [[ -z $lost ]] || { echo "$lost"; return 1; }
}

starts_on_a_screen() { # the window comes up, and SIGTERM ends it
    alone xvfb-run -a dbus-run-session -- sh -c '
        rolecall >"$HOME/out" 2>&1 & pid=$!
        for _ in $(seq 150); do
            if xwininfo -root -tree 2>/dev/null | grep -q "\"Rolecall\""; then
                kill $pid; wait $pid; exit 0
            fi
            sleep 0.1
        done
        cat "$HOME/out"; kill -9 $pid; exit 1'
}

wires_the_short_way() { # what AWS tools run asks by the system's Python, and falls back to the program
    local line
    [[ -n $(compgen -G "/usr/lib/rolecall/__pycache__/fast_client.*.pyc") ]] || { echo "not compiled"; return 1; }
    alone rolecall wire prod-admin || return 1
    line=$(sed -n 's/^credential_process = //p' "$home/config")
    [[ $line == "/usr/bin/python3 -S -E /usr/lib/rolecall/ask.py credential-process prod-admin" ]] ||
        { echo "wired: $line"; return 1; }
    answers prod-admin /usr/bin/python3 -S -E /usr/lib/rolecall/ask.py list
    alone rolecall unwire prod-admin-rolecall
}

version=$(dpkg-deb -f "$deb" Version)
cat >"$home/config" <<'TEXT'
[profile prod-admin]
role_arn = arn:aws:iam::222222222222:role/Admin
credential_source = Environment
TEXT
export DEBIAN_FRONTEND=noninteractive
step "desktop entry is valid" desktop-file-validate resources/rolecall.desktop
step "metainfo is valid" appstreamcli validate --no-net resources/*.metainfo.xml
step "installs" apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends "./$deb"
purge() { apt-get -qq -o Dpkg::Use-Pty=0 purge -y rolecall >/dev/null; }
trap 'purge; rm -rf "$home"' EXIT
step "every library is found" links
step "rolecall --version" answers "$version" rolecall --version
step "rolecall list, through the short way" answers prod-admin rolecall list
step "rolecall list --json, by the program itself" answers prod-admin /usr/lib/rolecall/rolecall list --json
if [[ -x /usr/bin/python3 ]]; then
    step "wire writes the short way" wires_the_short_way
fi
if command -v xvfb-run >/dev/null && command -v dbus-run-session >/dev/null; then
    step "the window comes up on a screen" starts_on_a_screen
fi
# The same tests that `make test` runs over the wheel, those of the command line.
step "the black-box tests, over the installed program" env ROLECALL_TEST_PROGRAM=/usr/bin/rolecall \
    timeout --kill-after=10 600 .venv/bin/python -m pytest -q -m "not gate" tests/blackbox/test_cli.py
purge
trap 'rm -rf "$home"' EXIT
gone() { ! dpkg -s rolecall >/dev/null 2>&1 && [[ ! -e /usr/lib/rolecall && ! -e /usr/bin/rolecall ]]; }
step "purges" gone
