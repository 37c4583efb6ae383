#!/usr/bin/env bash
# Builds dist/: the wheel, the PyInstaller folder, the .deb. `make package` has set .venv up.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=.venv/bin/python
here=packaging/linux
version=$($python -c 'import rolecall; print(rolecall.__version__)')
architecture=$(dpkg --print-architecture)
# The same source gives the same dates.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH

wheel() {
    $python -m build --wheel --no-isolation --outdir dist . >build/wheel.log ||
        { cat build/wheel.log; exit 1; }
}

folder() {
    $python -m PyInstaller --noconfirm --log-level WARN --distpath build/frozen --workpath build/work \
        $here/rolecall.spec
}

tree() { # the file system of the .deb
    rm -rf build/deb
    local root=build/deb usr=build/deb/usr
    install -d $root/DEBIAN $usr/bin $usr/lib $usr/share/{applications,metainfo,man/man1,doc/rolecall}
    cp -a build/frozen/rolecall $usr/lib/rolecall
    # A Python that was compiled at home carries its symbols along: three quarters of the file.
    strip --strip-unneeded $usr/lib/rolecall/_internal/libpython3*.so*
    install -m 644 app/rolecall/{ask,fast_client}.py $usr/lib/rolecall/
    install -m 755 $here/rolecall.sh $usr/bin/rolecall
    install -m 644 resources/rolecall.desktop $usr/share/applications/
    install -m 644 resources/*.metainfo.xml $usr/share/metainfo/
    gzip -9n <$here/rolecall.1 >$usr/share/man/man1/rolecall.1.gz
    icons $usr/share/icons/hicolor
    copyright >$usr/share/doc/rolecall/copyright
    control >$root/DEBIAN/control
    install -m 755 $here/postinst $here/prerm $root/DEBIAN/
    chmod -R u=rwX,go=rX $root
}

icons() {
    local size
    for size in 16 22 24 32 48 64 128 256; do
        install -Dm 644 resources/icons/rolecall-$size.png "$1/${size}x$size/apps/rolecall.png"
    done
    install -Dm 644 resources/icons/rolecall.svg "$1/scalable/apps/rolecall.svg"
    install -Dm 644 resources/icons/rolecall-symbolic.svg "$1/symbolic/apps/rolecall-symbolic.svg"
}

copyright() {
    cat <<'TEXT'
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Rolecall

Files: *
Copyright: The Rolecall engineers
License: Apache-2.0
 On Debian systems the full text is in /usr/share/common-licenses/Apache-2.0.

Files: usr/lib/rolecall/_internal/*
Copyright: the authors of Python, Qt for Python, boto3 and the other bundled packages
License: PSF-2.0 and LGPL-3 and Apache-2.0 and others
 Qt and Qt for Python are used under the LGPL version 3, found in /usr/share/common-licenses/LGPL-3.
 They are separate shared libraries in the folder PySide6 and may be replaced there.
 The notices of each Python package lie in its dist-info folder where the package carries one.
TEXT
}

control() {
    cat <<TEXT
Package: rolecall
Version: $version
Architecture: $architecture
Maintainer: The Rolecall engineers <rolecall@localhost>
Installed-Size: $(du -sk build/deb/usr | cut -f1)
Section: utils
Priority: optional
Depends: libc6 (>= 2.34), libstdc++6, zlib1g, libzstd1, libegl1, libgl1, libxkbcommon0, libxkbcommon-x11-0, libxcb-cursor0, libxcb-icccm4, libxcb-image0, libxcb-keysyms1, libxcb-render-util0, libxcb-shape0, libxcb-xkb1, libx11-6, libx11-xcb1, libdbus-1-3, libfontconfig1, libfreetype6, libwayland-client0, libwayland-cursor0, libwayland-egl1, libglib2.0-0 | libglib2.0-0t64, libgssapi-krb5-2, libbrotli1
Recommends: gnome-keyring | kwalletmanager | keepassxc, python3, wl-clipboard, xdg-utils, fonts-dejavu-core
Description: AWS role switcher for the desktop
 Lists the roles of the AWS configuration in the tray, asks for an MFA code only
 where one is needed, signs in through AWS STS, counts every session down, opens
 the AWS console in one click and copies credentials for the shell.
TEXT
}

mkdir -p build dist
rm -f dist/rolecall-*.whl dist/rolecall_*.deb
wheel
folder
tree
# zstd is quick and every Ubuntu and Debian 12 reads it; xz would save a fifth and take minutes.
dpkg-deb --root-owner-group -Zzstd --build build/deb "dist/rolecall_${version}_$architecture.deb" >/dev/null
ls -lh dist
