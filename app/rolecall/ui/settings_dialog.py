"""Settings dialog: what a person may choose. Every change counts at once; there is nothing to confirm."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.problem import Problem
from rolecall.domain.settings import COPY_FORMATS
from rolecall.store import Store
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import ProblemView
from rolecall.ui.settings_accounts import AccountsPage
from rolecall.ui.settings_keys import KeysPage
from rolecall.ui.settings_production import ProductionPage
from rolecall.ui.settings_programs import ProgramsPage
from rolecall.ui.settings_sessions import SessionsPage
from rolecall.ui.side_pane import CONSOLE_SERVICES
from rolecall.ui.theme import THEMES, dress
from rolecall.ui.tray_items import FORMAT_NAMES

_LANGUAGES = ("", "en", "ko")


class SettingsDialog(QDialog):
    """See the module."""

    def __init__(
        self, store: Store, actions: Actions, parts: WindowParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self._store, self._actions, self._parts = store, actions, parts
        self._labels: dict[str, QLabel] = {}
        self._gone = False
        self._build()
        self._fill()
        self._words()
        self._connect()
        dress(self)

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.setMinimumSize(500, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(12)
        self._tabs = QTabWidget(self)
        self._tabs.setObjectName("settingsTabs")
        self._tabs.setDocumentMode(True)
        self._accounts = AccountsPage(self._store, self._actions, self._failed, self)
        self._keys = KeysPage(self._store, self._actions, self._parts, self._failed, self)
        sessions = SessionsPage(self._store, self._actions, self._failed, self)
        self._programs = ProgramsPage(self._store, self._actions, self._failed, self)
        self._production = ProductionPage(
            self._store, self._actions, self._parts, self._failed, self
        )
        pages = (
            self._build_general(), sessions, self._accounts, self._keys, self._programs, self._production,
        )  # fmt: skip
        for page in pages:
            self._tabs.addTab(page, "")
        self._problem = ProblemView(self._parts.said, self)
        self._close = QPushButton(self)
        self._close.setObjectName("closeButton")
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 6, 0)  # where the pages end
        foot.addStretch(1)
        foot.addWidget(self._close)
        column.addWidget(self._tabs, 1)
        column.addWidget(self._problem)
        column.addLayout(foot)

    def _build_general(self) -> QWidget:
        page = QWidget(self)
        form = QFormLayout(page)
        form.setContentsMargins(6, 16, 6, 6)
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self._format, self._theme = QComboBox(page), QComboBox(page)
        self._language, self._service = QComboBox(page), QComboBox(page)
        self._service.setEditable(True)
        self._first, self._last, self._seconds = QSpinBox(page), QSpinBox(page), QSpinBox(page)
        self._login, self._hide, self._renew = QCheckBox(page), QCheckBox(page), QCheckBox(page)
        self._at_once = QCheckBox(page)
        notices = QHBoxLayout()
        notices.setSpacing(8)
        notices.addWidget(self._first)
        notices.addWidget(self._last)
        rows = (
            ("format", self._format), ("clipboard", self._seconds), ("service", self._service),
            ("theme", self._theme), ("language", self._language),
        )  # fmt: skip
        for name, field in rows:
            field.setObjectName(name)
            self._add_row(form, name, field)
        self._labels["notices"] = QLabel(page)
        self._labels["notices"].setBuddy(self._first)
        form.insertRow(3, self._labels["notices"], notices)
        for box, name in (
            (self._first, "noticeFirst"), (self._last, "noticeLast"),
            (self._renew, "renew"), (self._at_once, "askAtOnce"),
            (self._hide, "hideToTray"), (self._login, "startAtLogin"),
        ):  # fmt: skip
            box.setObjectName(name)
        for spin in (self._first, self._last, self._seconds):
            spin.lineEdit().setTextMargins(6, 0, 0, 0)
        for check in (self._renew, self._at_once, self._hide, self._login):
            form.addRow("", check)
        return page

    def _add_row(self, form: QFormLayout, name: str, field: QWidget) -> None:
        label = self._labels[name] = QLabel(self)
        label.setBuddy(field)
        field.setFixedWidth(220)
        form.addRow(label, field)

    def _fill(self) -> None:
        settings = self._store.state.settings
        for name in COPY_FORMATS:
            self._format.addItem(FORMAT_NAMES[name], name)
        self._format.setCurrentIndex(max(self._format.findData(settings.copy_format), 0))
        for theme in THEMES:
            self._theme.addItem("", theme)
        self._theme.setCurrentIndex(max(self._theme.findData(settings.theme), 0))
        for language in _LANGUAGES:
            self._language.addItem("", language)
        self._language.setCurrentIndex(max(self._language.findData(settings.language), 0))
        self._service.addItems(list(CONSOLE_SERVICES))
        self._service.setEditText(settings.console_service)
        self._seconds.setRange(0, 600)
        self._seconds.setSingleStep(10)
        self._seconds.setValue(settings.clipboard_seconds)
        ordered = (*sorted(settings.notices, reverse=True), 0, 0)
        for box, minutes in ((self._first, ordered[0]), (self._last, ordered[1])):
            box.setRange(0, 55)
            box.setValue(minutes)
        self._renew.setChecked(settings.renew)
        self._at_once.setChecked(settings.ask_at_once)
        self._hide.setChecked(settings.hide_to_tray)
        self._login.setChecked(self._parts.autostart())

    def _connect(self) -> None:
        self._format.currentIndexChanged.connect(
            lambda: self._change(copy_format=self._format.currentData())
        )
        self._theme.currentIndexChanged.connect(
            lambda: self._change(theme=self._theme.currentData())
        )
        self._language.currentIndexChanged.connect(
            lambda: self._change(language=self._language.currentData())
        )
        self._service.currentTextChanged.connect(
            lambda words: self._change(console_service=words.strip())
        )
        self._seconds.valueChanged.connect(lambda value: self._change(clipboard_seconds=value))
        self._first.valueChanged.connect(self._notices_changed)
        self._last.valueChanged.connect(self._notices_changed)
        self._renew.toggled.connect(lambda on: self._change(renew=on))
        self._at_once.toggled.connect(lambda on: self._change(ask_at_once=on))
        self._hide.toggled.connect(lambda on: self._change(hide_to_tray=on))
        self._login.toggled.connect(self._login_wanted)

    def _words(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        words = {
            "format": self.tr("Copy format"),
            "clipboard": self.tr("Clear the clipboard"),
            "service": self.tr("Console opens at"),
            "notices": self.tr("Notice before expiry"),
            "theme": self.tr("Theme"),
            "language": self.tr("Language"),
        }
        for name, word in words.items():
            self._labels[name].setText(word)
        self._first.setAccessibleName(self.tr("First notice"))
        self._last.setAccessibleName(self.tr("Last notice"))
        self._renew.setText(self.tr("Renew sessions where nobody has to be asked"))
        self._at_once.setText(self.tr("When a program needs a code, ask at once"))
        self._hide.setText(self.tr("Closing the window leaves Rolecall in the tray"))
        self._login.setText(self.tr("Start at login"))
        for box in (self._first, self._last):
            box.setSuffix(self.tr(" min"))
            box.setSpecialValueText(self.tr("none"))
        self._seconds.setPrefix(self.tr("after "))
        self._seconds.setSuffix(self.tr(" s"))
        self._seconds.setSpecialValueText(self.tr("never"))
        for at, word in enumerate((self.tr("As the desktop"), self.tr("Light"), self.tr("Dark"))):
            self._theme.setItemText(at, word)
        for at, word in enumerate((self.tr("As the desktop"), "English", "한국어")):
            self._language.setItemText(at, word)
        field = self._service.lineEdit()
        if field is not None:
            field.setPlaceholderText(self.tr("Home page"))
        tabs = (
            self.tr("General"), self.tr("Sessions"), self.tr("Accounts"), self.tr("Keys"),
            self.tr("Programs"), self.tr("Production"),
        )  # fmt: skip
        for at, word in enumerate(tabs):
            self._tabs.setTabText(at, word)
        self._close.setText(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_close"):
            self._words()

    # --- changing ------------------------------------------------------------------------

    def _change(self, **changes: object) -> None:
        settings = replace(self._store.state.settings, **changes)  # type: ignore[arg-type]
        self._problem.show_problem(None)
        self._actions.change_settings(settings, self._failed)

    def _notices_changed(self) -> None:
        times = {self._first.value(), self._last.value()} - {0}
        self._change(notices=tuple(sorted(times, reverse=True)))

    def _login_wanted(self, wanted: bool) -> None:
        self._parts.set_autostart(wanted)
        # The desktop's file is the truth: where it could not be written, the box goes back.
        self._login.blockSignals(True)
        self._login.setChecked(self._parts.autostart())
        self._login.blockSignals(False)

    def _failed(self, problem: Problem | None) -> None:
        if not self._gone:
            self._problem.show_problem(problem)

    def done(self, result: int) -> None:
        """Jobs outlive this dialog: what they tell from now on is for nobody."""
        self._gone = True
        self._accounts.let_go()
        self._keys.let_go()
        self._programs.let_go()
        self._production.let_go()
        super().done(result)
