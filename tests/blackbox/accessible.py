"""Sees and uses windows as assistive software does: AT-SPI over D-Bus, by role and accessible name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from blackbox.bus import Bus
from blackbox.waiting import PATIENCE, BusError, until

ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
ACTION: Final = "org.a11y.atspi.Action"
EDITABLE: Final = "org.a11y.atspi.EditableText"
TEXT: Final = "org.a11y.atspi.Text"
COMPONENT: Final = "org.a11y.atspi.Component"
REGISTRY: Final = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
STATES: Final = {"enabled": 8, "focused": 12, "sensitive": 24, "showing": 25, "selected": 23}
"""Bits of AtspiStateType (at-spi2-core, atspi-constants.h)."""
DEEPEST: Final = 30


class Node:
    """One widget, row or window."""

    def __init__(self, bus: Bus, name: str, path: str) -> None:
        self._bus = bus
        self._name = name
        self._path = path

    def __repr__(self) -> str:
        return f"<{self.role} {self.name!r}>"

    def _call(
        self, interface: str, member: str, signature: str | None = None, *body: object
    ) -> Any:
        reply = self._bus.call(self._name, self._path, interface, member, signature, body)
        return reply[0] if reply else None

    def _get(self, interface: str, member: str) -> Any:
        return self._bus.get(self._name, self._path, interface, member)

    @property
    def name(self) -> str:
        return str(self._get(ACCESSIBLE, "Name"))

    @property
    def description(self) -> str:
        return str(self._get(ACCESSIBLE, "Description"))

    @property
    def role(self) -> str:
        return str(self._call(ACCESSIBLE, "GetRoleName"))

    @property
    def pid(self) -> int:
        return self._bus.owner_pid(self._name)

    def has(self, state: str) -> bool:
        """Whether a state of STATES is set."""
        low, high = self._call(ACCESSIBLE, "GetState")
        return bool((high << 32 | low) >> STATES[state] & 1)

    def gone(self) -> bool:
        """Whether nobody sees it any more: hidden, or deleted."""
        try:
            return not self.has("showing")
        except BusError:
            return True

    def children(self) -> list[Node]:
        found = self._call(ACCESSIBLE, "GetChildren")
        return [Node(self._bus, name, path) for name, path in found if not path.endswith("/null")]

    def walk(self, depth: int = DEEPEST) -> Iterator[Node]:
        """This one and all below it, outermost first. Those that vanish meanwhile are left out."""
        yield self
        if depth == 0:
            return
        try:
            children = self.children()
        except BusError:
            return
        for child in children:
            yield from child.walk(depth - 1)

    def find(self, name: str, *roles: str, showing: bool = True) -> Node:
        """The first below with this exact name (and one of `roles`). Raises LookupError."""
        for node in self.walk():
            try:
                if node.name != name or (roles and node.role not in roles):
                    continue
                if not showing or node.has("showing"):
                    return node
            except BusError:
                continue
        raise LookupError(f"no {' or '.join(roles) or 'widget'} named {name!r}")

    def wait(self, name: str, *roles: str, seconds: float = PATIENCE) -> Node:
        """As `find`, waiting for it to appear. The report of a failure shows what there was."""
        try:
            return until(lambda: self.find(name, *roles), f"{roles} {name!r}", seconds=seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.tree()}") from None

    # --- Acting -----------------------------------------------------------------------------------

    def press(self) -> None:
        """Do what a click would do, as soon as it is enabled (Qt offers no action before)."""

        def actions() -> list[str]:
            return [entry[0] for entry in self._call(ACTION, "GetActions")]

        found = until(actions, f"{self!r} to be enabled")
        wanted = next((name for name in ("Press", "Toggle") if name in found), found[0])
        assert self._call(ACTION, "DoAction", "i", found.index(wanted))

    def focus(self) -> None:
        """Give it the keyboard."""
        self._call(COMPONENT, "GrabFocus")

    def type(self, text: str) -> None:
        """Replace what stands in a field."""
        assert self._call(EDITABLE, "SetTextContents", "s", text)

    @property
    def text(self) -> str:
        """What stands in a field or document."""
        return str(self._call(TEXT, "GetText", "ii", 0, -1))

    @property
    def place(self) -> tuple[int, int, int, int]:
        """x, y, width, height on the screen, in pixels."""
        x, y, width, height = self._call(COMPONENT, "GetExtents", "u", 0)
        return x, y, width, height

    def words(self) -> str:
        """All names and descriptions below that show, one a line: what a person can read there."""
        lines = []
        for node in self.walk():
            try:
                if node.has("showing"):
                    lines += [part for part in (node.name, node.description) if part]
            except BusError:
                continue
        return "\n".join(lines)

    def tree(self) -> str:
        """An indented picture of everything below, for the report of a failed test."""
        return "\n".join(_lines(self, 0))


def _lines(node: Node, depth: int) -> Iterator[str]:
    yield "  " * depth + f"{node!r} {node.description!r}"
    for child in node.children():
        yield from _lines(child, depth + 1)


class Accessibility:
    """The tree of all programs on one desktop."""

    def __init__(self, address: str) -> None:
        self.bus = Bus(address)
        self.root = Node(self.bus, *REGISTRY)

    def application(self, pid: int, *, seconds: float = PATIENCE) -> Node:
        """The program with this process number, as soon as it is in the tree."""

        def wanted() -> Node | None:
            return next((node for node in self.root.children() if node.pid == pid), None)

        return until(wanted, f"process {pid} in the accessibility tree", seconds=seconds)

    def close(self) -> None:
        self.bus.close()
