#!/usr/bin/env bash
# Makes a checkout ready for one purpose: the system's packages, .venv, the locked Python packages.
#
#   packaging/setup.sh demo|run|check|test|gate|package [--list]
#
# With --list it only prints the Debian packages that are missing for that purpose.
# It may be called as often as one likes: what is there is left alone, and a second call costs less
# than a second. As root (or where it need not ask) it installs what the system lacks; as anybody
# else it prints the apt line and stops. It never writes outside the checkout except through apt.
set -euo pipefail
shopt -s inherit_errexit

cd "$(dirname "${BASH_SOURCE[0]}")/.."
purpose=${1:?usage: packaging/setup.sh demo|run|check|test|gate|package}
venv=.venv

say() { printf '%s\n' "$*" >&2; }
stop() { say "setup: $*"; exit 1; }

case $purpose in
    demo | run | check | test | gate | package) ;;
    *) stop "no such purpose: $purpose" ;;
esac

# Two makes in one checkout take turns.
if command -v flock >/dev/null; then
    exec 9<"${BASH_SOURCE[0]}"
    flock 9
fi

# --- What the system must have --------------------------------------------------------------------
# One line each: Debian package, then how to see that it is there. Looking for the thing and not
# for the package's name is right on every distribution and across Ubuntu's renamed libraries.

core_packages() { # what QtCore and its tools link to
    cat <<'TABLE'
libglib2.0-0        lib libglib-2.0.so.0
libgssapi-krb5-2    lib libgssapi_krb5.so.2
libbrotli1          lib libbrotlidec.so.1
libzstd1            lib libzstd.so.1
libstdc++6          lib libstdc++.so.6
TABLE
}

screen_packages() { # widgets on X11 and Wayland
    core_packages
    cat <<'TABLE'
libegl1             lib libEGL.so.1
libgl1              lib libGL.so.1
libopengl0          lib libOpenGL.so.0
libx11-6            lib libX11.so.6
libx11-xcb1         lib libX11-xcb.so.1
libxkbcommon0       lib libxkbcommon.so.0
libxkbcommon-x11-0  lib libxkbcommon-x11.so.0
libxcb-cursor0      lib libxcb-cursor.so.0
libxcb-icccm4       lib libxcb-icccm.so.4
libxcb-image0       lib libxcb-image.so.0
libxcb-keysyms1     lib libxcb-keysyms.so.1
libxcb-render-util0 lib libxcb-render-util.so.0
libxcb-shape0       lib libxcb-shape.so.0
libxcb-xkb1         lib libxcb-xkb.so.1
libdbus-1-3         lib libdbus-1.so.3
libfontconfig1      lib libfontconfig.so.1
libfreetype6        lib libfreetype.so.6
libwayland-client0  lib libwayland-client.so.0
libwayland-cursor0  lib libwayland-cursor.so.0
libwayland-egl1     lib libwayland-egl.so.1
TABLE
}

test_packages() { # a real desktop without a screen, and the shells whose formats are tried
    screen_packages
    cat <<'TABLE'
xvfb                cmd Xvfb
openbox             cmd openbox
xfce4-panel         cmd xfce4-panel
dbus                cmd dbus-run-session
dbus-x11            cmd dbus-launch
gnome-keyring       cmd gnome-keyring-daemon
libsecret-tools     cmd secret-tool
xdotool             cmd xdotool
imagemagick         cmd import
x11-utils           cmd xwininfo
at-spi2-core        file /usr/libexec/at-spi-bus-launcher
faketime            cmd faketime
xmlsec1             cmd xmlsec1
xclip               cmd xclip
strace              cmd strace
curl                cmd curl
fonts-noto-cjk      file /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
zsh                 cmd zsh
fish                cmd fish
awscli              file /usr/bin/aws
rclone              cmd rclone
s3fs                cmd s3fs
kubernetes-client   cmd kubectl
docker-compose      cmd docker-compose
openssl             cmd openssl
nodejs              cmd node
npm                 cmd npm
TABLE
}

gate_packages() { # a real browser, for what a web page could try
    test_packages
    cat <<'TABLE'
chromium            cmd chromium
php-cli             cmd php
php-cgi             cmd php-cgi
php-xml             file /usr/share/doc/php-xml
simplesamlphp       file /usr/share/simplesamlphp/www/index.php
TABLE
}

package_packages() { # PyInstaller reads binaries; the .deb is checked after it is built
    screen_packages
    cat <<'TABLE'
binutils            cmd objdump
desktop-file-utils  cmd desktop-file-validate
appstream           cmd appstreamcli
TABLE
}

system_packages() {
    case $purpose in
        demo) if has_screen; then screen_packages; fi ;;
        run | check) screen_packages ;; # pytest-qt loads QtGui, also where only files are read
        test) test_packages ;;
        gate) gate_packages ;;
        package) package_packages ;;
    esac
}

has_screen() { [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; }

libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)

there() { # there KIND NAME
    case $1 in
        lib) [[ $libraries == *"$2 "* ]] ;;
        cmd) PATH=$PATH:/usr/sbin:/sbin command -v "$2" >/dev/null ;;
        file) [[ -e $2 ]] ;;
    esac
}

missing_packages() {
    local package kind name
    while read -r package kind name; do
        [[ -z $package ]] || there "$kind" "$name" || printf '%s ' "$package"
    done < <(system_packages)
    missing_venv_package
}

apt_install() { # apt_install PACKAGE...
    local line="apt-get install -y --no-install-recommends $*"
    command -v apt-get >/dev/null ||
        stop "this system lacks the following (Debian's names; there is no apt-get here): $*"
    if [[ $(id -u) != 0 ]]; then
        say "setup: some system packages are missing. Install them, then run the same command again:"
        say ""
        say "    sudo apt-get update && sudo $line"
        say ""
        exit 1
    fi
    say "setup: installing system packages: $*"
    quietly apt-get -qq -o DPkg::Lock::Timeout=300 update
    # shellcheck disable=SC2086  # the line is a list of words
    quietly ${line/apt-get/apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300}
}

quietly() { # what a tool says matters only when it fails
    local said
    said=$(DEBIAN_FRONTEND=noninteractive "$@" </dev/null 2>&1) || stop "$* failed:"$'\n'"$said"
}

install_system_packages() {
    local missing
    missing=$(missing_packages)
    [[ -n $missing ]] || return 0
    # shellcheck disable=SC2086
    apt_install $missing
    libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p)
    missing=$(missing_packages)
    [[ -z $missing ]] || stop "installed, and still not found: $missing"
}

# --- Python ---------------------------------------------------------------------------------------

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 16))' 2>/dev/null; }

choose_python() {
    local name
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if fits "$name"; then
            command -v "$name"
            return
        fi
    done
    stop "Python 3.11 or newer is needed and was not found (PYTHON=/path/to/python names one)"
}

venv_is_good() {
    [[ -x $venv/bin/python ]] && fits "$venv/bin/python" && "$venv/bin/python" -c 'import pip' 2>/dev/null
}

missing_venv_package() { # Debian keeps what makes a virtual environment in a package of its own
    local python
    if venv_is_good; then return; fi
    python=$(choose_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

make_venv() {
    local python
    if venv_is_good; then return; fi
    python=$(choose_python)
    say "setup: making $venv with $("$python" --version)"
    rm -rf "$venv"
    "$python" -m venv "$venv"
}

# A stamp says which lock file .venv was filled from. It lies inside .venv, so they go together.
fingerprint() { cat "$@" packaging/setup.sh | sha256sum | cut -d' ' -f1; }

pip_install() {
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
        --no-warn-script-location "$@" </dev/null >&2
}

install_locked() { # install_locked LOCK STAMP: only what the lock names, only its hashes, no builds
    say "setup: installing the locked packages of $1"
    pip_install --require-hashes --only-binary :all: -r "$1"
}

fill_for_running() {
    local now stamp=$venv/rolecall-run.stamp
    now=$(fingerprint requirements/run.txt)
    [[ $(cat "$stamp" 2>/dev/null) != "$now" ]] || return 0
    install_locked requirements/run.txt
    # The checkout itself, without a build: one line that says where the package lies.
    printf '%s\n' "$PWD/app" >"$("$venv/bin/python" -c \
        'import sysconfig; print(sysconfig.get_path("purelib"))')/rolecall-checkout.pth"
    printf '%s\n' "$now" >"$stamp"
}

fill_for_work() {
    local now stamp=$venv/rolecall-dev.stamp
    now=$(fingerprint requirements/dev.txt pyproject.toml)
    [[ $(cat "$stamp" 2>/dev/null) != "$now" ]] || return 0
    install_locked requirements/dev.txt
    # Installed as a user would have it, `rolecall` on the path included, and still editable.
    pip_install --no-deps --no-build-isolation --editable .
    printf '%s\n' "$now" >"$stamp"
}

# --- The AWS SDK for JavaScript, which the black-box tests use as a second language ----------------

fill_for_node() { # into build/, from the lock alone: its hashes, no scripts of the packages
    local from=tests/blackbox/node into=build/node now stamp said
    stamp=$into/rolecall-node.stamp
    now=$(cat "$from"/package*.json | sha256sum | cut -d' ' -f1)
    [[ $(cat "$stamp" 2>/dev/null) != "$now" ]] || return 0
    node -e 'process.exit(parseInt(process.versions.node, 10) >= 18 ? 0 : 1)' ||
        stop "Node.js 18 or newer is needed for the tests; this is $(node --version)"
    say "setup: installing the locked packages of $from"
    rm -rf "$into"
    mkdir -p "$into"
    cp "$from"/package*.json "$into"
    said=$(npm ci --prefix "$into" --ignore-scripts --no-audit --no-fund --no-update-notifier \
        --cache build/npm-cache --loglevel error </dev/null 2>&1) || {
        rm -rf "$into"
        stop "the npm registry could not be reached, or did not have what $from/package-lock.json names. The tests
need it once; \`npm config get registry\` says where npm looks. What npm said:"$'\n'"$said"
    }
    printf '%s\n' "$now" >"$stamp"
}

if [[ ${2:-} == --list ]]; then
    missing_packages
    exit
fi
install_system_packages
make_venv
case $purpose in
    demo | run) fill_for_running ;;
    *) fill_for_work ;;
esac
if [[ $purpose == test || $purpose == gate ]]; then fill_for_node; fi
