#!/usr/bin/env bash
# Builds Rolecall.app and a disk image; signs and notarizes where told how. Untried; see README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
here=packaging/macos
app=dist/Rolecall.app
version=$(PYTHONPATH=app .venv/bin/python -c 'import rolecall; print(rolecall.__version__)')
image=dist/Rolecall-$version.dmg

icon() {
    local set=build/Rolecall.iconset size
    mkdir -p "$set"
    for size in 16 32 128 256; do
        cp "resources/icons/rolecall-$size.png" "$set/icon_${size}x$size.png"
    done
    iconutil --convert icns --output build/Rolecall.icns "$set"
}

sign() { # from the inside out; --deep is not to be relied on
    find "$app" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 |
        xargs -0 codesign --force --timestamp --options runtime --sign "$SIGN_AS"
    codesign --force --timestamp --options runtime --entitlements $here/entitlements.plist \
        --sign "$SIGN_AS" "$app"
    codesign --verify --strict --verbose=2 "$app"
}

notarize() {
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
}

icon
PYTHONPATH=app .venv/bin/python -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build/work \
    $here/rolecall.spec
[[ -z ${SIGN_AS:-} ]] || sign
hdiutil create -volname Rolecall -srcfolder "$app" -ov -format UDZO "$image"
[[ -z ${NOTARY_PROFILE:-} ]] || notarize
