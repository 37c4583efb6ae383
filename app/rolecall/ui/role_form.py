"""Role form: an own role typed in, checked while it is typed, its Route drawn before anything is saved."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.entry_form import ROADS, by_label, faults, name_fault, road_of
from rolecall.domain.problem import Problem, Text
from rolecall.store import Store
from rolecall.ui.form_field import FormField
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import ProblemView, wrapped
from rolecall.ui.route_preview import RoutePreview
from rolecall.ui.theme import dress, scaled


class RoleForm(QDialog):
    """A new own role, or the one called `name`."""

    def __init__(
        self,
        store: Store,
        actions: Actions,
        parts: WindowParts,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("roleForm")
        self._store, self._actions, self._parts = store, actions, parts
        self._edited, self._gone = name, False
        self._more_shown = self._tried = False
        entry = dict(store.state.catalogue.profiles.get(name, {})) if name else {}
        self._road = road_of(entry)
        self._kept = entry
        self._fields: list[FormField] = []
        self._build()
        self._words()
        self._show_road(entry)
        dress(self)

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.resize(760, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(10)
        self._title = wrapped(self)
        self._title.setFont(scaled(self.font(), 1.15, QFont.Weight.DemiBold))
        self._intro = wrapped(self, kind="muted")
        column.addWidget(self._title)
        column.addWidget(self._intro)
        both = QHBoxLayout()
        both.setSpacing(18)
        both.addWidget(self._build_fields(), 3)
        self._preview = RoutePreview(self._store, self._parts, self)
        both.addWidget(self._preview, 2)
        column.addLayout(both, 1)
        self._problem = ProblemView(self._parts.said, self)
        column.addWidget(self._problem)
        column.addLayout(self._build_buttons())

    def _build_fields(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setObjectName("formArea")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = self._inside = QWidget(area)
        inside.setObjectName("formFields")
        area.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(6)
        self._grid.setHorizontalSpacing(14)
        self._grid.setColumnStretch(1, 1)
        self._roads, self._name = QComboBox(inside), QLineEdit(inside)
        self._roads.setObjectName("road")
        self._name.setObjectName("roleName")
        self._hint = wrapped(inside, kind="muted")
        self._name_fault = wrapped(inside, kind="wrong")
        self._name_fault.setObjectName("roleNameFault")
        self._name_fault.hide()
        self._road_label, self._name_label = QLabel(inside), QLabel(inside)
        self._road_label.setBuddy(self._roads)
        self._name_label.setBuddy(self._name)
        for row, (label, widget, below) in enumerate(
            (
                (self._road_label, self._roads, self._hint),
                (self._name_label, self._name, self._name_fault),
            )
        ):
            self._grid.addWidget(label, row * 2, 0)
            self._grid.addWidget(widget, row * 2, 1)
            self._grid.addWidget(below, row * 2 + 1, 1)
        self._more = QPushButton(inside)
        self._more.setObjectName("moreFields")
        self._more.setProperty("kind", "link")
        self._more.setAutoDefault(False)
        self._more.clicked.connect(self._toggle_more)
        column.addLayout(self._grid)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._roads.addItems([""] * len(ROADS))
        self._roads.setCurrentIndex(ROADS.index(self._road))
        self._roads.currentIndexChanged.connect(self._road_chosen)
        self._name.setText(self._edited)
        self._name.textChanged.connect(lambda _text: self._changed())
        return area

    def _build_buttons(self) -> QHBoxLayout:
        self._cancel, self._save = QPushButton(self), QPushButton(self)
        self._cancel.setObjectName("cancelButton")
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self._save.setObjectName("saveRole")
        self._save.setProperty("kind", "primary")
        self._save.setDefault(True)
        self._save.clicked.connect(self._submit)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._save)
        return row

    def _words(self) -> None:
        title = self.tr("Edit {name}").format(name=self._edited) if self._edited else ""
        title = title or self.tr("Add a role")
        self.setWindowTitle(title)
        self._title.setText(title)
        self._intro.setText(
            self.tr("It is kept in Rolecall’s own roles.toml; no AWS file is changed.")
        )
        self._road_label.setText(self.tr("Way"))
        self._roads.setAccessibleName(self.tr("Way"))
        self._name_label.setText(self.tr("Name"))
        self._name.setAccessibleName(self.tr("Name"))
        self._cancel.setText(self.tr("Cancel"))
        self._save.setText(self.tr("Save") if self._edited else self.tr("Add role"))
        for at, road in enumerate(ROADS):
            self._roads.setItemText(at, QCoreApplication.translate("EntryForm", road.title))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_save"):
            self._words()
            self._show_road(self._entry())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._name.setFocus()

    # --- the road ------------------------------------------------------------------------

    def _road_chosen(self, index: int) -> None:
        if ROADS[index] is not self._road:
            entry = self._entry()
            self._road, self._tried = ROADS[index], False
            self._show_road(entry)

    def _show_road(self, entry: dict[str, str]) -> None:
        """The fields of the road, filled with what of `entry` it knows."""
        for field in self._fields:
            field.drop()
        catalogue = self._store.state.catalogue
        starts = [name for name in catalogue.names() if name != self._edited]
        allow_all = self._road.name == "federation"
        self._fields = [FormField(f, starts, allow_all, self._inside) for f in self._road.fields]
        for at, field in enumerate(self._fields):
            field.place(self._grid, 4 + at * 2)
            if field.field.key in entry or not isinstance(field.editor, QComboBox):
                field.editor.put(entry.get(field.field.key, ""))
            field.on_change(self._changed)
        self._more_shown = any(f.field.more and entry.get(f.field.key) for f in self._fields)
        self._order_keys()
        self._hint.setText(QCoreApplication.translate("EntryForm", self._road.hint))
        self._show_more()
        self._changed()

    def _order_keys(self) -> None:
        """Tab goes through the fields as they stand, then to the buttons."""
        stops: list[QWidget] = [self._roads, self._name]
        for field in self._fields:
            stops += field.stops()
        stops += [self._more, self._cancel, self._save]
        for one, following in pairwise(stops):
            self.setTabOrder(one, following)

    def _toggle_more(self) -> None:
        self._more_shown = not self._more_shown
        self._show_more()

    def _show_more(self) -> None:
        for field in self._fields:
            field.show(shown=self._more_shown or not field.field.more)
        self._more.setVisible(any(field.field.more for field in self._fields))
        self._more.setText(self.tr("Less") if self._more_shown else self.tr("More…"))

    # --- what is typed -------------------------------------------------------------------

    def _entry(self) -> dict[str, str]:
        """The entry as typed; keys the form does not show stay as they were."""
        shown = {each.key for road in ROADS for each in road.fields}
        kept = {key: value for key, value in self._kept.items() if key not in shown}
        typed = {f.field.key: f.editor.value() for f in self._fields if f.editor.value()}
        return {**typed, **kept}

    def _changed(self) -> None:
        catalogue, name = self._store.state.catalogue, self._name.text().strip()
        entry = self._entry()
        known = [each for each in catalogue.names() if each != self._edited]
        found = faults(self._road, entry, known)
        for field in self._fields:
            fault = found.get(field.field.key)
            told = fault if self._tried or entry.get(field.field.key) else None
            field.tell(self._said(told))
        wrong = name_fault(name, self._taken(catalogue))
        self._name_fault.setText(self._said(wrong if self._tried or name else None))
        self._name_fault.setVisible(bool(self._name_fault.text()))
        self._preview.show_entry(name, entry if not found else None)

    def _said(self, fault: Text | None) -> str:
        """What is wrong, under the names that stand in this form: people do not see the keys here."""
        labels = {each.field.key: f"“{each.label.text()}”" for each in self._fields}
        return self._parts.said(by_label(fault, labels)) if fault is not None else ""

    def _taken(self, catalogue: Catalogue) -> set[str]:
        return {*catalogue.profiles, *catalogue.identities} - {self._edited}

    # --- saving --------------------------------------------------------------------------

    def _submit(self) -> None:
        self._tried = True
        self._changed()
        catalogue, name = self._store.state.catalogue, self._name.text().strip()
        entry = self._entry()
        if name_fault(name, self._taken(catalogue)) is not None:
            self._name.setFocus()
            return
        known = [each for each in catalogue.names() if each != self._edited]
        wrong = faults(self._road, entry, known)
        if wrong:
            first = next(field for field in self._fields if field.field.key in wrong)
            if first.field.more and not self._more_shown:
                self._toggle_more()
            first.editor.setFocus()
            return
        self._save.setEnabled(False)
        gone = self._edited if self._edited != name else ""
        self._actions.put_roles({name: entry}, self._saved, gone)

    def _saved(self, problem: Problem | None) -> None:
        if self._gone:
            return
        self._save.setEnabled(True)
        self._problem.show_problem(problem)
        if problem is None:
            self.accept()

    def done(self, result: int) -> None:
        """A Job outlives this dialog: whatever it tells from now on is for nobody."""
        self._gone = True
        super().done(result)
