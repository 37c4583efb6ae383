"""Tray items: what the tray menu holds for a State, as values. Knows no menu and no icon object.

Labels are plain text here; `tray_menu.py` escapes them for the toolkit. Never a secret: menus are
published on the session bus.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QCoreApplication

from rolecall.domain import countdown
from rolecall.domain.hops import allows_everything
from rolecall.domain.production import is_production
from rolecall.domain.session import Session
from rolecall.domain.settings import COPY_FORMATS
from rolecall.domain.state import State, code_is_asked
from rolecall.ui.translation import said
from rolecall.ui.tray_icon import Mark, Picture

translate = QCoreApplication.translate
"""The name under which Qt's tools find strings."""

MOST_ROLES = 200
"""Roles a menu holds in all; the rest are found through search."""

MOST_RECENTS = 5
MOST_LIVE = 20

Command = tuple[str, ...]
"""What a click asks for: a verb, then a role's name, then further words."""

FORMAT_NAMES = {
    "env": "bash, zsh",
    "fish": "fish",
    "powershell": "PowerShell",
    "cmd": "cmd",
    "nu": "Nushell",
    "dotenv": ".env",
    "json": "JSON",
    "process": "JSON (credential_process)",
    "ini": "~/.aws/credentials",
    "sts": "JSON (aws sts assume-role)",
}
"""Names of copy formats. They are names of programs and files, so no language changes them."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line. key is unique among its siblings and stable while the line means the same.

    No label: a separator. No command and no children: a header, shown disabled.
    """

    key: str
    label: str = ""
    command: Command = ()
    children: tuple[Item, ...] = ()
    picture: Picture | None = None


class Items:
    """Makes the items of a State; keeps the accounts' part while the catalogue stays the same."""

    def __init__(self) -> None:
        self._accounts: tuple[Item, ...] = ()
        self._made_of: object = None

    def of(self, state: State, now: float) -> tuple[Item, ...]:
        """All lines, top to bottom, in the language spoken now."""
        live = state.live(now)
        shown = [*live, *state.narrowed(now)]
        names = {session.name for session in live}
        recents = [name for name in state.settings.recents if name not in names]
        return (
            *_codes(state),
            *_sign_ins(state),
            *_lines(state),
            *_section("live", (_live(session, state, now) for session in shown[:MOST_LIVE])),
            *_titled(
                "favourites",
                translate("Tray", "Favourites"),
                state.settings.favourites,
                state,
            ),
            *_titled("recents", translate("Tray", "Recent"), recents[:MOST_RECENTS], state),
            *_section("accounts", self._by_account(state)),
            *_program(state),
        )

    def forget(self) -> None:
        """Make everything anew next time: the language changed."""
        self._made_of = None

    def _by_account(self, state: State) -> tuple[Item, ...]:
        chosen = state.settings
        marks = (chosen.production, chosen.production_patterns, chosen.not_production)
        made_of = (state.catalogue, chosen.accounts, marks)
        before = self._made_of
        if not (
            isinstance(before, tuple)
            and before[0] is made_of[0]
            and before[1] is made_of[1]
            and before[2] == marks
        ):
            self._made_of = made_of
            self._accounts = tuple(_accounts(state))
        return self._accounts


def live_label(name: str, minutes: int) -> str:
    """``prod-admin — 42 min``, and from two hours on ``prod-admin — 11 h 59 min``."""
    if minutes >= 120:
        hours, rest = divmod(minutes, 60)
        long = translate("Tray", "{name} — {hours} h {minutes} min")
        return long.format(name=name, hours=hours, minutes=rest)
    return translate("Tray", "{name} — %n min", None, minutes).format(name=name)


def production_word() -> str:
    """The word that stands on everything of a marked role, in the person's language."""
    return translate("Production", "PRODUCTION")


def is_marked(state: State, name: str) -> bool:
    """Whether the person marked the role of this name as production."""
    return name in state.catalogue and is_production(state.settings, state.catalogue.role(name))


def marked_label(label: str, state: State, name: str) -> str:
    """`label` with the word behind it where the role is marked."""
    return f"{label} · {production_word()}" if is_marked(state, name) else label


def picture_of(session: Session, state: State, now: float) -> Picture:
    """The ring of one live session."""
    return Picture(
        Mark.LIVE,
        countdown.ring_step(session, now) / countdown.RING_STEPS,
        countdown.urgency(session, now, state.settings.notices),
        is_marked(state, session.name),
    )


def _codes(state: State) -> Iterator[Item]:
    """Devices a code is waited for: the way back to a dialog that was put aside."""
    waiting = [queue.serial for queue in state.queues.values() if code_is_asked(state, queue)]
    yield from _section(
        "codes",
        (
            Item(f"code {serial}", translate("Tray", "Enter the code of {device}…").format(
                device=serial.rsplit("/", 1)[-1]), ("code", serial))
            for serial in waiting
        ),
    )  # fmt: skip


def _lines(state: State) -> Iterator[Item]:
    """Lines that a person is asked about."""
    words = translate("Tray", "A program of {profile} waits for you…")
    yield from _section(
        "lines",
        (
            Item(f"line {digest}", words.format(profile=each.line.profile), ("line", digest))
            for digest, each in state.consents.items()
        ),
    )


def _sign_ins(state: State) -> Iterator[Item]:
    """Sign-ins that roles wait for."""
    words = translate("Tray", "Sign in for {role}…")
    yield from _section(
        "sign-ins",
        (
            Item(f"sign-in {key}", words.format(role=each.waiters[0][0]), ("sign-in", key))
            for key, each in state.sign_ins.items()
            if each.waiters
        ),
    )


def _live(session: Session, state: State, now: float) -> Item:
    name, scope = session.name, session.scope
    copies = tuple(
        Item(kind, FORMAT_NAMES.get(kind, kind), ("copy", name, scope, kind))
        for kind in COPY_FORMATS
    )
    console = (Item("console", translate("Tray", "Open console"), ("console", name, scope)),)
    label = live_label(_called(session, state), countdown.minutes_left(session, now))
    return Item(
        f"live {name} {scope}".rstrip(),
        marked_label(label, state, name),
        children=(
            *(() if scope else _warned(state, name)),
            *(console if session.opens_console else ()),
            Item("copy", translate("Tray", "Copy credentials"), children=copies),
            Item("renew", translate("Tray", "Renew"), ("renew", name, scope)),
            *(() if scope else (Item("forget", translate("Tray", "Forget"), ("forget", name)),)),
        ),
        picture=picture_of(session, state, now),
    )


def _called(session: Session, state: State) -> str:
    """The role's name; of a narrowed session with what it was narrowed to."""
    if not session.scope or session.name not in state.catalogue:
        return session.name
    from rolecall.domain.presets import title_of  # few ever narrow a session

    title = said(title_of(session.scope, state.catalogue.role(session.name)))
    return f"{session.name} ({title})"


def _warned(state: State, name: str) -> Iterator[Item]:
    """What is said out loud over a federated user's console whose policy takes nothing away."""
    role = state.catalogue.role(name) if name in state.catalogue else None
    if role is not None and role.ending is not None and allows_everything(role.ending.policy):
        words = translate("Tray", "It may do all that {user} may")
        yield Item("everything", words.format(user=role.source.name))


def _titled(key: str, title: str, names: Iterable[str], state: State) -> Iterator[Item]:
    known = [_role(key, name, state) for name in names if name in state.catalogue]
    if known:
        yield from _section(key, (Item(f"title {key}", title), *known))


def _role(section: str, name: str, state: State) -> Item:
    picture = Picture(Mark.IDLE, production=True) if is_marked(state, name) else None
    label = marked_label(name, state, name)
    return Item(f"{section} {name}", label, ("take", name), picture=picture)


def _accounts(state: State) -> Iterator[Item]:
    """Accounts in the order of the files, each with its roles; in all at most MOST_ROLES."""
    catalogue = state.catalogue
    names = list(islice(catalogue.names(), MOST_ROLES + 1))
    groups: dict[str, list[Item]] = {}
    for name in names[:MOST_ROLES]:
        groups.setdefault(catalogue.role(name).account_id, []).append(_role("role", name, state))
    for account, roles in groups.items():
        yield Item(f"account {account}", _account(state, account), children=tuple(roles))
    if len(names) > MOST_ROLES:
        yield Item("more", translate("Tray", "More roles: search…"), ("search",))


def _account(state: State, account: str) -> str:
    if not account:
        return translate("Tray", "Without an account")
    spaced = f"{account[:4]} {account[4:8]} {account[8:]}"
    named = state.settings.accounts.get(account)
    return f"{named} · {spaced}" if named else spaced


def _program(state: State) -> Iterator[Item]:
    yield Item("search", translate("Tray", "Search roles…"), ("search",))
    if state.locked:
        yield Item("lock", translate("Tray", "Unlock"), ("unlock",))
    else:
        yield Item("lock", translate("Tray", "Lock"), ("lock",))
    yield Item("journal", translate("Tray", "Journal…"), ("journal",))
    yield Item("settings", translate("Tray", "Settings…"), ("settings",))
    yield Item("about", translate("Tray", "About Rolecall"), ("about",))
    yield Item("line quit")
    yield Item("quit", translate("Tray", "Quit"), ("quit",))


def _section(key: str, items: Iterable[Item]) -> Iterator[Item]:
    """Items with a line below them, or nothing at all."""
    known = tuple(items)
    if known:
        yield from known
        yield Item(f"line {key}")
