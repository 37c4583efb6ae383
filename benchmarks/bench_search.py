"""A keystroke in the search field over 10,000 roles, repaint included: the whole window against Qt's own filter.

The base is a field over a QListView with a QSortFilterProxyModel (`setFilterFixedString`, upper and lower
case alike) over the same names: no ranking, no fuzziness, one line of plain text a row. Ours is the main
window as it is, side pane and all. Words are typed letter by letter, in turn in both, in one run.
The side pane, the buttons on the row and the counts follow 80 ms after the last key (`window.TYPING_PAUSE`):
no keystroke waits for them, and they are not in its time.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from measure import HEAD, Row

WORDS = ("prod-admin", "shop-prod-oncall", "deploy-012", "readonly-9", "identity-dev")
"""Typed in both: every one is a piece of names, so that Qt's filter too has rows to show."""

FUZZY = ("shopprodadmin", "billing eu", "2222", "webdeploy", "spoc")
"""Typed in ours alone: letters left out, several words, an account. They count for the percentile."""

ROUNDS = 5
FRAME = 10.0
"""Milliseconds that 19 of 20 keystrokes should keep under."""


def rows(roles: int = 10_000) -> Iterator[Row]:
    """Median ratio, and our 95th percentile against the frame."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        ours, names = _our_window(Path(folder), roles)
        base = _qt_window(names)
        mine: list[float] = []
        theirs: list[float] = []
        every: list[float] = []
        for number in range(ROUNDS + 1):
            for word in WORDS:
                for text in _letters(word):
                    a, b = _keystroke(application, ours, text), _keystroke(application, base, text)
                    if number:  # the first round warms up
                        mine.append(a)
                        theirs.append(b)
                ours("")
                base("")
                application.processEvents()
            for word in FUZZY:
                every.extend(_keystroke(application, ours, text) for text in _letters(word))
                ours("")
                application.processEvents()
        middle, base_middle = statistics.median(mine), statistics.median(theirs)
        worst = statistics.quantiles([*mine, *every], n=20)[-1]
        name = "setFilterFixedString"
        yield Row(
            f"search keystroke, {roles:,} roles, fuzzy, repaint: median",
            middle,
            base_middle,
            "ms",
            middle / base_middle,
            1.0,
            name,
        )
        yield Row("the same, 95th percentile", worst, FRAME, "ms", worst / FRAME, 1.0, "10 ms")


def _keystroke(application: object, put: Callable[[str], None], text: str) -> float:
    start = time.perf_counter()
    put(text)
    application.processEvents()  # type: ignore[attr-defined]
    return (time.perf_counter() - start) * 1000


def _letters(word: str) -> list[str]:
    return [word[: length + 1] for length in range(len(word))]


def _config(roles: int) -> str:
    teams = ("shop", "payments", "search", "billing", "data", "web", "mobile", "identity")
    places = ("prod", "staging", "dev", "sandbox")
    jobs = ("admin", "readonly", "deploy", "audit", "oncall")
    regions = ("eu-central-1", "us-east-1", "ap-northeast-2")
    lines = ["[profile alex]", "region = eu-central-1"]
    for n in range(roles):
        lines += [
            f"[profile {teams[n % 8]}-{places[n // 8 % 4]}-{jobs[n // 32 % 5]}-{n:05}]",
            f"role_arn = arn:aws:iam::{200_000_000_000 + n % 400 * 222_222_222}:role/{jobs[n // 32 % 5]}",
            "source_profile = alex",
            "mfa_serial = arn:aws:iam::111111111111:mfa/alex",
            f"region = {regions[n % 3]}",
        ]
    return "\n".join(lines) + "\n"


def _our_window(folder: Path, roles: int) -> tuple[Callable[[str], None], list[str]]:
    """The main window over a config file of `roles` roles; returns how to type, and all names."""
    from PySide6.QtWidgets import QApplication, QLineEdit

    from rolecall.actions import Actions, Services
    from rolecall.sign_in import Sts
    from rolecall.storage.paths import AwsFiles, Paths
    from rolecall.storage.secret_store import MemorySecretStore
    from rolecall.store import Store
    from rolecall.ui.theme import Theme
    from rolecall.ui.window import MainWindow

    config, credentials = folder / "config", folder / "credentials"
    config.write_text(_config(roles))
    credentials.write_text("[alex]\naws_access_key_id = A\naws_secret_access_key = B\n")
    paths = Paths.of({"ROLECALL_HOME": str(folder)})
    services = Services(paths, AwsFiles(config, credentials), MemorySecretStore(), Sts)
    store = Store()
    actions = Actions(store, services, lambda *_job: None, lambda _serial: None, time.time)
    actions.load()
    application = QApplication.instance()
    Theme(application).follow("light")  # type: ignore[arg-type]
    window = MainWindow(store, actions, _parts(actions))  # type: ignore[arg-type]
    window.show()
    field = window.findChild(QLineEdit, "searchField")
    return field.setText, list(store.state.catalogue.names())


def _parts(actions: object) -> object:
    """What the window needs of the program while somebody types."""

    class Parts:
        now = staticmethod(actions.now)  # type: ignore[attr-defined]
        said = staticmethod(str)

        def __getattr__(self, _name: str) -> Callable[..., None]:
            return lambda *_words: None

    return Parts()


def _qt_window(names: list[str]) -> Callable[[str], None]:
    from PySide6.QtCore import QSortFilterProxyModel, QStringListModel, Qt
    from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

    window = QWidget()
    window.resize(860, 600)
    column = QVBoxLayout(window)
    field, view = QLineEdit(), QListView()
    proxy = QSortFilterProxyModel(window)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    proxy.setSourceModel(QStringListModel(names, window))
    view.setModel(proxy)
    field.textChanged.connect(proxy.setFilterFixedString)
    column.addWidget(field)
    column.addWidget(view)
    window.show()
    _KEPT.append(window)
    return field.setText


_KEPT: list[object] = []


if __name__ == "__main__":
    print(HEAD)
    for found in rows():
        print(found.line())
