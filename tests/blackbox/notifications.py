"""A desktop's notification service of our own: strict about the call, keeps what it was told, clicks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Self

from jeepney import HeaderFields, Message

from blackbox.bus import Answer, Service
from blackbox.waiting import PATIENCE, BusError, until

NAME: Final = "org.freedesktop.Notifications"
PATH: Final = "/org/freedesktop/Notifications"
SIGNATURE: Final = "susssasa{sv}i"
"""Desktop Notifications Specification 1.2, org.freedesktop.Notifications.Notify."""


@dataclass(frozen=True)
class Notice:
    """One call of Notify. actions: key and label by turns, as sent."""

    number: int
    app: str
    replaces: int
    summary: str
    body: str
    actions: tuple[str, ...]
    hints: dict[str, Any]


class Notifications:
    """The service on the bus at `address`; use as a context manager."""

    def __init__(self, address: str) -> None:
        self.notices: list[Notice] = []
        self.faults: list[str] = []
        self.closed: list[int] = []
        self._service = Service(address, NAME)
        self._service.answer("Notify", self._notify)
        self._service.answer("CloseNotification", self._close)
        self._service.answer(
            "GetCapabilities", lambda _message: ("as", (["actions", "body", "persistence"],))
        )
        self._service.answer(
            "GetServerInformation", lambda _message: ("ssss", ("tests", "tests", "1", "1.2"))
        )

    def _notify(self, message: Message) -> Answer:
        sent = message.header.fields.get(HeaderFields.signature, "")
        if sent != SIGNATURE:
            self.faults.append(f"Notify({sent})")
            raise BusError("org.freedesktop.DBus.Error.InvalidArgs", sent)
        app, replaces, _icon, summary, body, actions, hints, _timeout = message.body
        number = replaces or len(self.notices) + 1
        self.notices.append(
            Notice(number, app, replaces, summary, body, tuple(actions), dict(hints))
        )
        return "u", (number,)

    def _close(self, message: Message) -> Answer:
        self.closed.append(message.body[0])
        return "", ()

    def wait(self, words: str, *, seconds: float = PATIENCE) -> Notice:
        """The first notice whose summary or body contains `words`."""

        def wanted() -> Notice | None:
            return next((n for n in self.notices if words in f"{n.summary}\n{n.body}"), None)

        return until(wanted, f"a notice with {words!r}", seconds=seconds)

    def invoke(self, notice: Notice, action: str) -> None:
        """Click an action of a notice."""
        self._service.signal(PATH, NAME, "ActionInvoked", "us", notice.number, action)

    def __enter__(self) -> Self:
        self._service.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._service.close()
