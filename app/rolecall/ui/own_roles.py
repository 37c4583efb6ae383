"""Own roles: what the menu of a role from roles.toml asks for. Asks before a role goes; Actions do the rest."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from rolecall.actions import Actions
from rolecall.domain.entry_form import editable
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Problem, Text, text
from rolecall.ui.parts import WindowParts


class OwnRoles(QObject):
    """See the module."""

    def __init__(self, actions: Actions, parts: WindowParts, window: QWidget) -> None:
        super().__init__(window)
        self._actions, self._parts, self._window = actions, parts, window

    def do(self, verb: str, name: str) -> None:
        """`edit`, `export` or `remove` the own role `name`."""
        if verb == "edit":
            self._edit(name)
        elif verb == "export":
            self._actions.export_role(name, self._exported)
        else:
            self._ask_to_remove(name)

    def _edit(self, name: str) -> None:
        if editable(self._actions.state.catalogue.profiles.get(name, {})):
            self._parts.show_add_role(name)
            return
        remedy = QT_TRANSLATE_NOOP("Problem", "Change it in roles.toml, beside settings.toml.")
        title = QT_TRANSLATE_NOOP("Problem", "The form does not know the way of {name}")
        problem = Problem("entry_by_hand", text(title, name=name), remedy=Text(remedy))
        self._parts.problem(problem)

    def _exported(self, answer: Path | Problem) -> None:
        if isinstance(answer, Problem):
            self._parts.problem(answer)
            return
        box = self._box("roleExported", self.tr("Exported"))
        box.setText(self.tr("Other AWS tools find it in {file} now.").format(file=answer))
        box.setInformativeText(self.tr("“rolecall role export NAME --undo” takes it out again."))
        box.addButton(self.tr("Close"), QMessageBox.ButtonRole.RejectRole)
        box.open()

    def _ask_to_remove(self, name: str) -> None:
        box = self._box("removeRole", self.tr("Remove this role"))
        box.setText(self.tr("Remove {name} from your own roles?").format(name=name))
        box.setInformativeText(
            self.tr("Nothing changes in AWS. Its live session is forgotten here.")
        )
        yes = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        yes.clicked.connect(lambda: self._actions.remove_role(name, self._removed))
        box.open()

    def _removed(self, problem: Problem | None) -> None:
        if problem is not None:
            self._parts.problem(problem)

    def _box(self, name: str, title: str) -> QMessageBox:
        box = QMessageBox(self._window)
        box.setObjectName(name)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(title)
        return box
