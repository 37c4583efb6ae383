"""Role model: the rows of the window's list, and what each says. Owns order and sections, not pixels.

At most ROWS rows are ever handed to Qt: the cost of a keystroke lies in the rows, not in the search.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from itertools import islice

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
)

from rolecall.domain.countdown import Urgency, clock_label, remaining, urgency
from rolecall.domain.problem import QT_TRANSLATE_NOOP
from rolecall.domain.production import is_production
from rolecall.domain.role import Role
from rolecall.domain.session import Session
from rolecall.domain.state import RoleState, State, role_state
from rolecall.ui.role_search import Entry, RoleIndex
from rolecall.ui.tray_items import production_word

ROWS = 200
"""Rows shown at most; the rest is one more letter away."""

ROWS_FOUND = 30
"""Rows shown at most of a search: the best stand at the top, and each row costs a keystroke its time."""

Index = QModelIndex | QPersistentModelIndex


class Section(Enum):
    """Under which heading a row stands."""

    LIVE = "live"
    FAVOURITES = "favourites"
    ROLES = "roles"


class Data(IntEnum):
    """What the delegate asks for beside Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1
    STANDING = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Row:
    """One row. heads: it is the first of its section and carries the heading."""

    entry: Entry
    section: Section
    heads: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a role stands at this moment. share: part of the lifetime left, 0 to 1.

    production: the person marked it. narrowed: only a session with fewer rights lives; `left` is then its.
    """

    state: RoleState
    busy: bool = False
    left: str = ""
    share: float = 0.0
    urgency: Urgency = Urgency.CALM
    production: bool = False
    narrowed: bool = False


def standing(state: State, name: str, now: float) -> Standing:
    """How `name` stands in `state` at `now`."""
    role = state.catalogue.role(name)
    busy = name in state.busy
    marked = is_production(state.settings, role)
    session = state.session(name, now)
    if session is None:
        base = Standing(role_state(state, role, now), busy, production=marked)
        return _with_narrowed(base, state, name, now)
    return replace(_living(session, state, busy, now), production=marked)


_WAITING = frozenset({RoleState.READY, RoleState.NEEDS_CODE, RoleState.NEEDS_SIGN_IN})


def _with_narrowed(base: Standing, state: State, name: str, now: float) -> Standing:
    """`base`, or what a live session with fewer rights makes of it."""
    lives = [s for (n, scope), s in state.sessions.items() if n == name and scope and s.live(now)]
    if not lives or base.state not in _WAITING:
        return base
    left = max(remaining(session, now) for session in lives)
    return replace(base, narrowed=True, left=clock_label(left))


def _living(session: Session, state: State, busy: bool, now: float) -> Standing:
    left = remaining(session, now)
    share = min(left / session.lifetime, 1.0) if session.lifetime > 0 else 0.0
    step = urgency(session, now, state.settings.notices)
    return Standing(RoleState.LIVE, busy, clock_label(left), share, step)


def state_words(now: Standing) -> str:
    """The state in the person's language."""
    if now.busy:
        return QCoreApplication.translate("RoleState", "signing in…")
    if now.narrowed:
        words = QCoreApplication.translate("RoleState", "fewer rights · {left}")
        return words.format(left=now.left)
    if now.state is RoleState.LIVE:
        return now.left
    return QCoreApplication.translate("RoleState", _STATE_WORDS[now.state])


_STATE_WORDS = {
    RoleState.READY: QT_TRANSLATE_NOOP("RoleState", "ready"),
    RoleState.NEEDS_CODE: QT_TRANSLATE_NOOP("RoleState", "needs code"),
    RoleState.NEEDS_SIGN_IN: QT_TRANSLATE_NOOP("RoleState", "needs sign-in"),
    RoleState.NEEDS_CONSENT: QT_TRANSLATE_NOOP("RoleState", "needs a look"),
    RoleState.REFUSED: QT_TRANSLATE_NOOP("RoleState", "refused · why?"),
    RoleState.PROBLEM: QT_TRANSLATE_NOOP("RoleState", "problem · why?"),
    RoleState.UNSUPPORTED: QT_TRANSLATE_NOOP("RoleState", "not supported yet"),
}


class RoleModel(QStringListModel):
    """Rows for the list. `show` is the only way in: everything is taken from one State.

    Qt holds the names: it asks how many rows there are a hundred times a keystroke, and then asks itself.
    """

    def __init__(self, now: Callable[[], float], parent: QObject | None = None) -> None:
        """now: UTC epoch seconds."""
        super().__init__(parent)
        self._now = now
        self._state = State()
        self._index = RoleIndex(self._state.catalogue, {})
        self._rows: list[Row] = []
        self._standings: dict[str, Standing] = {}
        self.heads: frozenset[int] = frozenset()
        self._typed = ""
        self._found = self._index.find("")
        self._fitting: int | None = None

    # --- what is shown -------------------------------------------------------------------

    @property
    def typed(self) -> str:
        """What is searched for."""
        return self._typed

    @property
    def fitting(self) -> int:
        """How many roles fit the search, shown or not. Counted when first asked after a search."""
        if self._fitting is None:
            self._fitting = self._index.count(self._found)
        return self._fitting

    @property
    def hidden(self) -> int:
        """How many fit but are not among the rows."""
        return max(self.fitting - len(self._rows), 0)

    @property
    def total(self) -> int:
        """How many roles there are."""
        return len(self._index.entries)

    def show(self, state: State) -> bool:
        """Take over a State; returns whether rows came, went or moved."""
        before, self._state = self._state, state
        self._standings.clear()
        same = state.catalogue is before.catalogue
        if not same or state.settings.accounts != before.settings.accounts:
            self._index = RoleIndex(state.catalogue, state.settings.accounts)
        return self._arrange(keep=same)

    def search(self, typed: str) -> None:
        """Show what fits `typed`, best first."""
        if typed != self._typed:
            self._typed = typed
            self._arrange(keep=False)

    def beat(self) -> None:
        """Time has passed: what the rows say of it is to be painted again."""
        self._standings.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_at(self, row: int) -> Row | None:
        """What stands in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def standing_of(self, name: str) -> Standing:
        """How a role stands now; kept until the State or the time changes, as a search asks again and again."""
        found = self._standings.get(name)
        if found is None:
            found = standing(self._state, name, self._now())
            if found.state is not RoleState.LIVE:
                self._standings[name] = found
        return found

    def name_at(self, row: int) -> str:
        """The role's name in a row, or an empty text."""
        return self._rows[row].entry.name if 0 <= row < len(self._rows) else ""

    def row_of(self, name: str) -> int:
        """The row of a role, or -1."""
        return next((i for i, row in enumerate(self._rows) if row.entry.name == name), -1)

    def entry_of(self, name: str) -> Entry | None:
        """What is known of a role without resolving it."""
        row = self._index.rows.get(name)
        return None if row is None else self._index.entries[row]

    def _arrange(self, *, keep: bool) -> bool:
        rows = self._arranged()
        if keep and rows == self._rows:
            self.beat()
            return False
        self._rows = rows
        self.heads = frozenset(at for at, row in enumerate(rows) if row.heads)
        self.setStringList([row.entry.name for row in rows])
        return True

    def _arranged(self) -> list[Row]:
        """Live first, then favourites, then all others; each row once, each section best first."""
        found = self._found = self._index.find(self._typed)
        self._fitting = None
        now = self._now()
        live = dict.fromkeys(session.name for session in self._state.live(now))
        taken: set[int] = set()
        rows: list[Row] = []
        known = self._index.rows
        for section, names in ((Section.LIVE, live), (Section.FAVOURITES, self._favourites())):
            fitting = [
                row
                for name in names
                if (row := known.get(name)) is not None
                and row not in taken
                and (not found.typed or self._index.fits(found, row))
            ]
            taken.update(fitting)
            self._append(rows, section, sorted(fitting) if section is Section.LIVE else fitting)
        most = ROWS_FOUND if found.typed else ROWS
        best = self._index.ranked(found, most + len(taken))
        others = [row for row in best if row not in taken]
        self._append(rows, Section.ROLES, list(islice(others, max(most - len(rows), 0))))
        return rows

    def _favourites(self) -> tuple[str, ...]:
        return self._state.settings.favourites

    def _append(self, rows: list[Row], section: Section, numbers: list[int]) -> None:
        entries = self._index.entries
        rows.extend(Row(entries[row], section, at == 0) for at, row in enumerate(numbers))

    # --- Qt's questions -----------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Not to be edited or dragged, as Qt's own lists of names are."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in _ANSWERED or not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Data.ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.entry.name
        now = standing(self._state, row.entry.name, self._now())
        if role == Data.STANDING:
            return now
        return self._description(row, now)

    def _description(self, row: Row, now: Standing) -> str:
        """Account, state and time left, for those who hear the list instead of seeing it."""
        entry = row.entry
        account = " ".join(part for part in (entry.account_name, entry.account_id) if part)
        parts = [account, entry.region, state_words(now)]
        if now.left and not now.busy and not now.narrowed:
            parts[-1] = self.tr("live, {time} left").format(time=now.left)
        if now.production:
            parts.insert(0, production_word())
        return ", ".join(part for part in parts if part)

    def role(self, name: str) -> Role:
        """The Role of a name. KeyError if unknown."""
        return self._state.catalogue.role(name)


_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_ANSWERED = frozenset(
    {
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(Qt.ItemDataRole.AccessibleDescriptionRole),
        int(Data.ROW),
        int(Data.STANDING),
    }
)
