"""Reads and clicks tray icons as a panel does: StatusNotifierItem and com.canonical.dbusmenu."""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from blackbox.bus import Bus
from blackbox.waiting import PATIENCE, until

WATCHER: Final = ("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher")
ITEM: Final = "org.kde.StatusNotifierItem"
MENU: Final = "com.canonical.dbusmenu"


@dataclass(frozen=True)
class Entry:
    """One line of a menu. label: as a person sees it, mnemonics taken out."""

    number: int
    label: str
    enabled: bool
    visible: bool
    separator: bool
    children: tuple[Entry, ...]

    def walk(self) -> Iterator[Entry]:
        yield self
        for child in self.children:
            yield from child.walk()


class TrayItem:
    """One registered icon."""

    def __init__(self, bus: Bus, name: str, path: str) -> None:
        self._bus = bus
        self.name = name
        self.path = path

    @property
    def pid(self) -> int:
        return self._bus.owner_pid(self.name)

    def get(self, member: str) -> Any:
        return self._bus.get(self.name, self.path, ITEM, member)

    @property
    def title(self) -> str:
        return str(self.get("Title"))

    @property
    def tooltip(self) -> str:
        """Title and text of the tooltip, one under the other."""
        _icon, _pixmaps, title, text = self.get("ToolTip")
        return "\n".join(part for part in (title, text) if part)

    def icon(self, wanted: int = 64) -> tuple[int, int, bytes]:
        """Width, height and ARGB bytes of the smallest pixmap of at least `wanted` pixels, or the largest."""
        pixmaps = sorted(self.get("IconPixmap"))
        fitting = [pixmap for pixmap in pixmaps if pixmap[0] >= wanted]
        width, height, pixels = (fitting or pixmaps[-1:])[0]
        return width, height, bytes(pixels)

    def icon_png(self, wanted: int = 64) -> bytes:
        """The icon as a PNG file."""
        return png(*self.icon(wanted))

    def activate(self) -> None:
        """A left click."""
        self._bus.call(self.name, self.path, ITEM, "Activate", "ii", (0, 0))

    # --- Menu -------------------------------------------------------------------------------------

    def menu(self) -> Entry:
        """The whole menu as it is now, asked for without opening it."""
        reply = self._menu_call("GetLayout", "iias", (0, -1, []))
        return _entry(reply[1])

    def entries(self) -> list[Entry]:
        """Every line that shows, at any depth."""
        return [entry for entry in self.menu().walk() if entry.visible and not entry.separator]

    def find(self, text: str) -> Entry:
        """The first line whose label begins with `text`. Raises LookupError."""
        for entry in self.entries():
            if entry.label.startswith(text):
                return entry
        labels = [entry.label for entry in self.entries()]
        raise LookupError(f"no {text!r} in the menu {labels}")

    def click(self, text: str) -> None:
        """Choose a line by the beginning of its label, as soon as it is there and enabled."""
        until(lambda: self.find(text).enabled, f"the menu entry {text!r}")
        self._settle()
        self._event(self.find(text))

    def click_below(self, parent: str, text: str) -> None:
        """Choose a line inside the submenu of another line."""
        until(lambda: _below(self.find(parent), text).enabled, f"{parent!r} > {text!r}")
        self._settle()
        self._event(_below(self.find(parent), text))

    def _settle(self) -> None:
        """Wait until the menu stays the same for a moment: nobody clicks what is just being built."""
        before = self.menu()

        def same() -> bool:
            nonlocal before
            last, before = before, self.menu()
            return last == before

        time.sleep(0.1)
        until(same, "the menu to stay", step=0.1)

    def _event(self, entry: Entry) -> None:
        body = (entry.number, "clicked", ("s", ""), 0)
        self._menu_call("Event", "isvu", body)

    def _menu_call(self, member: str, signature: str, body: tuple[Any, ...]) -> tuple[Any, ...]:
        return self._bus.call(self.name, str(self.get("Menu")), MENU, member, signature, body)


def _below(parent: Entry, text: str) -> Entry:
    for entry in parent.walk():
        if entry is not parent and entry.label.startswith(text):
            return entry
    raise LookupError(text, [child.label for child in parent.walk()])


def _entry(layout: tuple[int, dict[str, Any], list[Any]]) -> Entry:
    number, properties, children = layout
    values = {name: value[1] for name, value in properties.items()}
    return Entry(
        number=number,
        label=shown(values.get("label", "")),
        enabled=values.get("enabled", True),
        visible=values.get("visible", True),
        separator=values.get("type", "standard") == "separator",
        children=tuple(_entry(child[1]) for child in children),
    )


def shown(label: str) -> str:
    """What a host draws for a dbusmenu label: a doubled underscore is one, a single one a mnemonic."""
    return "_".join(part.replace("_", "") for part in label.split("__"))


def items(bus: Bus) -> list[TrayItem]:
    """Every registered icon of the desktop."""
    if not bus.owned(WATCHER[0]):
        return []
    found = []
    for registered in bus.get(*WATCHER, WATCHER[0], "RegisteredStatusNotifierItems"):
        name, slash, path = registered.partition("/")
        found.append(TrayItem(bus, name, slash + path if slash else "/StatusNotifierItem"))
    return found


def wait_for_item(bus: Bus, pid: int | None = None, *, seconds: float = PATIENCE) -> TrayItem:
    """The icon of a process (of any, for None) as soon as it is registered."""

    def wanted() -> TrayItem | None:
        return next((item for item in items(bus) if pid in (None, item.pid)), None)

    try:
        return until(wanted, f"a tray icon of process {pid}", seconds=seconds)
    except AssertionError as error:
        there = [(item.name, item.path) for item in items(bus)]
        raise AssertionError(f"{error}; icons: {there}") from None


def png(width: int, height: int, argb: bytes) -> bytes:
    """A PNG file of big-endian ARGB pixels (PNG specification, 3rd edition, section 5)."""
    rows = b"".join(
        b"\0"
        + b"".join(
            argb[place + 1 : place + 4] + argb[place : place + 1]
            for place in range(row * width * 4, (row + 1) * width * 4, 4)
        )
        for row in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
