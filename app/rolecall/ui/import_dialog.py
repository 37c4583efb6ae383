"""Import dialog: another tool's roles, shown before any of them is added. The file is read in a Job."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions, Run
from rolecall.domain.imports import Choice, Import, settle
from rolecall.domain.problem import Problem
from rolecall.storage.import_file import TOOLS, home_file, read_import
from rolecall.store import Store
from rolecall.ui.dialog_foot import cancel_and_do
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import ProblemView, wrapped
from rolecall.ui.theme import dress, scaled

TYPING_PAUSE = 0.3
"""Seconds without a keystroke after which the file that is named is read."""


class ImportDialog(QDialog):
    """See the module."""

    def __init__(
        self,
        store: Store,
        actions: Actions,
        parts: WindowParts,
        run: Run,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("importDialog")
        self._store, self._actions, self._parts, self._run = store, actions, parts, run
        self._found, self._settled = Import(), Import()
        self._gone = False
        self._reads = 0
        self._build()
        self._words()
        dress(self)
        self._tool_chosen()

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.resize(600, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(10)
        self._title = wrapped(self)
        self._title.setFont(scaled(self.font(), 1.15, QFont.Weight.DemiBold))
        self._intro = wrapped(self, kind="muted")
        column.addWidget(self._title)
        column.addWidget(self._intro)
        column.addLayout(self._build_fields())
        self._problem = ProblemView(self._parts.said, self)
        self._list = QListWidget(self)
        self._list.setObjectName("importList")
        self._list.itemChanged.connect(lambda _item: self._count())
        self._told = wrapped(self, kind="muted")
        self._told.setObjectName("importTold")
        column.addWidget(self._problem)
        column.addWidget(self._list, 1)
        column.addWidget(self._told)
        column.addLayout(self._build_buttons())

    def _build_fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(14)
        self._tool, self._file = QComboBox(self), QLineEdit(self)
        self._browse = QPushButton(self)
        self._source, self._prefix = QComboBox(self), QLineEdit(self)
        for widget, name in (
            (self._tool, "importTool"), (self._file, "importFile"), (self._browse, "importBrowse"),
            (self._source, "importSource"), (self._prefix, "importPrefix"),
        ):  # fmt: skip
            widget.setObjectName(name)
        self._browse.setAutoDefault(False)
        for tool in TOOLS.values():
            self._tool.addItem(tool.title, tool.name)
        self._source.addItem("")
        self._source.addItems(list(self._store.state.catalogue.names()))
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self._file, 1)
        place.addWidget(self._browse)
        self._labels = [QLabel(self) for _ in range(4)]
        grid.addWidget(self._labels[0], 0, 0)
        grid.addWidget(self._tool, 0, 1)
        grid.addWidget(self._labels[1], 1, 0)
        grid.addLayout(place, 1, 1)
        grid.addWidget(self._labels[2], 2, 0)
        grid.addWidget(self._source, 2, 1)
        grid.addWidget(self._labels[3], 3, 0)
        grid.addWidget(self._prefix, 3, 1)
        grid.setColumnStretch(1, 1)
        for label, buddy in zip(
            self._labels, (self._tool, self._file, self._source, self._prefix), strict=True
        ):
            label.setBuddy(buddy)
        self._tool.activated.connect(lambda _at: self._tool_chosen())
        self._file.textChanged.connect(
            lambda _text: self._parts.after("import file", TYPING_PAUSE, self._read_shown)
        )
        self._browse.clicked.connect(self._choose_file)
        self._source.activated.connect(lambda _at: self._settle())
        self._prefix.textChanged.connect(lambda _text: self._settle())
        return grid

    def _build_buttons(self) -> QHBoxLayout:
        self._cancel, self._add, row = cancel_and_do(self, "importAdd", self._submit)
        return row

    def _words(self) -> None:
        self.setWindowTitle(self.tr("Import roles"))
        self._title.setText(self.tr("Import roles"))
        self._intro.setText(
            self.tr(
                "Roles of another tool become roles of your own. Its keys and secrets stay where they are."
            )
        )
        words = (self.tr("From"), self.tr("File"), self.tr("Start from"), self.tr("Prefix"))
        buddies = (self._tool, self._file, self._source, self._prefix)
        for label, word, buddy in zip(self._labels, words, buddies, strict=True):
            label.setText(word)
            buddy.setAccessibleName(word)
        self._source.setItemText(0, self.tr("what each role names"))
        self._browse.setText(self.tr("Choose…"))
        self._list.setAccessibleName(self.tr("Roles that will be added"))
        self._cancel.setText(self.tr("Cancel"))
        self._count()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_add"):
            self._words()
            self._show()

    # --- reading -------------------------------------------------------------------------

    def _tool_chosen(self) -> None:
        place = home_file(str(self._tool.currentData()), Path.home())
        self._file.setText(str(place) if place else "")
        self._read()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("The file the other tool wrote"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._file_chosen)
        dialog.open()

    def _file_chosen(self, path: str) -> None:
        self._file.setText(path)
        self._read()

    def _read_shown(self) -> None:
        """Time has passed since the last keystroke; the dialog may be gone."""
        if not self._gone:
            self._read()

    def _read(self) -> None:
        """Read the file that is named now; an answer to an earlier name is dropped."""
        self._reads += 1
        number, tool = self._reads, str(self._tool.currentData())
        path = self._file.text().strip()
        if not path:
            self._take(number, Import())
            return
        self._run(
            lambda: read_import(tool, Path(path).expanduser()),
            lambda found: self._take(number, found),
            lambda problem: self._take(number, problem),
        )

    def _take(self, number: int, answer: Import | Problem) -> None:
        if self._gone or number != self._reads:
            return
        problem = answer if isinstance(answer, Problem) else None
        self._problem.show_problem(problem)
        self._found = Import() if isinstance(answer, Problem) else answer
        self._settle()

    def _settle(self) -> None:
        catalogue = self._store.state.catalogue
        source = self._source.currentText() if self._source.currentIndex() > 0 else ""
        choice = Choice(source, prefix=self._prefix.text().strip())
        known = {*catalogue.profiles, *catalogue.identities}
        self._settled = settle(self._found, known, choice, catalogue.sso_sessions)
        self._show()

    # --- showing -------------------------------------------------------------------------

    def _show(self) -> None:
        self._list.clear()
        for name, entry in self._settled.entries.items():
            arn = entry.get("role_arn") or entry.get("sso_account_id", "")
            item = QListWidgetItem(f"{name}   {arn}")
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self._list.addItem(item)
        lines = [
            f"{each.name}: {self._parts.said(each.reason)}" for each in self._settled.skipped[:8]
        ]
        more = len(self._settled.skipped) - 8
        if more > 0:
            lines.append(self.tr("… and %n more left out", None, more))
        for name in self._settled.keys[:4]:
            words = self.tr("The access key {name} stays there: add it in Rolecall as “{name}”.")
            lines.append(words.format(name=name))
        self._told.setText("\n".join(lines))
        self._told.setVisible(bool(lines))
        self._count()

    def _chosen(self) -> list[str]:
        items = [self._list.item(at) for at in range(self._list.count())]
        return [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]

    def _count(self) -> None:
        count = len(self._chosen())
        self._add.setText(self.tr("Add %n role(s)", None, count))
        self._add.setEnabled(count > 0)

    # --- adding --------------------------------------------------------------------------

    def _submit(self) -> None:
        entries = {name: self._settled.entries[name] for name in self._chosen()}
        self._add.setEnabled(False)
        self._actions.put_roles(entries, self._added)

    def _added(self, problem: Problem | None) -> None:
        if self._gone:
            return
        self._problem.show_problem(problem)
        if problem is None:
            self.accept()
        else:
            self._count()

    def done(self, result: int) -> None:
        """A Job outlives this dialog: whatever it tells from now on is for nobody."""
        self._gone = True
        super().done(result)
