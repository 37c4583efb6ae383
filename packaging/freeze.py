"""What goes into the frozen program, the same on all three systems, and what of Qt stays out.

The specs in linux/, macos/ and windows/ import this; it knows nothing of any one system's installer.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ENTRY = str(ROOT / "packaging" / "entry.py")
HOOKS = [str(ROOT / "packaging" / "child_environment.py")]
PATHS = [str(ROOT / "app")]

# keyring finds its back ends through entry points, which a frozen program does not scan.
HIDDEN = [
    "keyring.backends.SecretService",
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.chainer",
    "keyring.backends.fail",
    "keyring.backends.null",
]

EXCLUDED = [
    "tkinter", "unittest", "pydoc", "doctest", "test", "moto", "pytest", "hypothesis", "setuptools", "pip",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtTest", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets",
    "PySide6.QtPrintSupport", "PySide6.QtSql", "PySide6.QtXml", "PySide6.QtConcurrent",
]  # fmt: skip

# Paths inside the bundle that the program never loads. The GTK theme alone would pull in GTK, cairo
# and pango; without it Qt follows the desktop's portal.
UNWANTED = re.compile(
    r"""
    /plugins/platformthemes/libqgtk3            |
    /plugins/platforms/libq(eglfs|linuxfb|vnc|minimal|vkkhrdisplay|direct2d) |
    /plugins/(egldeviceintegrations|qmltooling|printsupport|sqldrivers|generic|networkinformation) |
    /plugins/platforminputcontexts/libqtvirtualkeyboard |
    /plugins/imageformats/(lib)?q(?!svg|gif)    |
    /translations/(?!qtbase_ko)                 |
    Qt6(Qml|Quick|VirtualKeyboard|Pdf|EglF|PrintSupport|Sql|Test|Concurrent|Xml)[A-Za-z]*\. |
    ^lib(gtk-3|gdk-3|cairo|pango|atk|gdk_pixbuf|epoxy|harfbuzz|fribidi|thai|datrie|graphite2) |
    /qml/ | /metatypes/ | /typesystems/ |
    # of the 400 services that boto3 describes, those that are called
    botocore/data/(?!(sts|iam|sso|sso-oidc|signin|cognito-identity)/|endpoints\.json|partitions\.json|sdk-default|_retry)
    """,
    re.VERBOSE,
)

DATAS = [
    (str(ROOT / "resources" / name), f"rolecall/resources/{name}")
    for name in ("icons", "translations")
]


def kept(entries: list[Any]) -> list[Any]:
    """The entries of a PyInstaller table of contents that the program may need."""
    return [entry for entry in entries if not UNWANTED.search(entry[0].replace("\\", "/"))]


# What a .deb leaves to the distribution, which mends them: X11, GLib, fonts, the bus and Kerberos. The
# package's Depends names them. Python's own (ssl, ffi, compression) stay, as does the C++ run-time's helper.
FROM_THE_SYSTEM = re.compile(
    r"""
    ^lib(X|xcb|xkbcommon|glib|gio|gobject|gmodule|gthread|dbus|fontconfig|freetype|expat|png16|pixman|jpeg
      |gssapi|krb5|k5crypto|com_err|keyutils|systemd|gcrypt|gpg-error|cap|lz4|blkid|mount|selinux|pcre2
      |bsd|md|brotli|stdc\+\+|gcc_s|zstd|atspi)
    """,
    re.VERBOSE,
)


def left_to_the_system(entries: list[Any]) -> list[Any]:
    """The entries without the libraries that the distribution has."""
    return [entry for entry in entries if not FROM_THE_SYSTEM.match(entry[0])]


def present_data() -> list[tuple[str, str]]:
    """The data folders that exist; a folder that is missing is a fault of the checkout."""
    absent = [source for source, _ in DATAS if not Path(source).is_dir()]
    if absent:
        raise FileNotFoundError(f"not in this checkout: {' '.join(absent)}")
    return DATAS
