"""Identity Center dialog: which one, sign in, see what is there, add what is chosen. Starts no Job itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rolecall.acting.portals import Looked
from rolecall.actions import Actions
from rolecall.domain.identity_center import Found, Portal
from rolecall.domain.problem import Problem
from rolecall.domain.proof import Step
from rolecall.ui.center_pages import LookingPage, OffersPage, WhichPage
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import ProblemView, wrapped
from rolecall.ui.theme import dress, scaled


class CenterDialog(QDialog):
    """The dialog "Add from Identity Center"."""

    def __init__(self, actions: Actions, parts: WindowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("centerDialog")
        self._actions, self._parts = actions, parts
        self._portal: Portal | None = None
        self._found = Found()
        self._stop: Callable[[], None] | None = None
        self._gone = False
        self._build()
        self._words()
        dress(self)
        self.resize(660, 520)
        self._go_to(self._which)
        parts.on_beat(self._beat)

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(10)
        self._title = wrapped(self)
        self._title.setFont(scaled(self.font(), 1.15, QFont.Weight.DemiBold))
        self._intro = wrapped(self, kind="muted")
        self._intro.setObjectName("centerIntro")
        self._which = WhichPage(self._actions.portals.known(), self)
        self._looking = LookingPage(self._parts, self)
        self._offers = OffersPage(self)
        self._looking.code_wanted.connect(lambda: self._look(by_code=True))
        self._offers.changed.connect(self._show_foot)
        self._pages = QStackedWidget(self)
        for page in (self._which, self._looking, self._offers):
            self._pages.addWidget(page)
        self._problem = ProblemView(self._parts.said, self)
        column.addWidget(self._title)
        column.addWidget(self._intro)
        column.addSpacing(4)
        column.addWidget(self._pages, 1)
        column.addWidget(self._problem)
        column.addLayout(self._build_foot())

    def _build_foot(self) -> QHBoxLayout:
        self._back, self._again = QPushButton(self), QPushButton(self)
        self._cancel, self._go = QPushButton(self), QPushButton(self)
        for button, name, do in (
            (self._back, "backButton", self._start_over),
            (self._again, "againButton", self._look),
            (self._cancel, "cancelButton", self.reject),
            (self._go, "goButton", self._on),
        ):
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on, do=do: do())
        self._go.setProperty("kind", "primary")
        self._go.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._back)
        foot.addStretch(1)
        for button in (self._again, self._cancel, self._go):
            foot.addWidget(button)
        return foot

    def _words(self) -> None:
        self.setWindowTitle(self.tr("Add from Identity Center"))
        self.setAccessibleName(self.tr("Add from Identity Center"))
        self._title.setText(self.tr("Add from Identity Center"))
        self._back.setText(self.tr("Back"))
        self._again.setText(self.tr("Go on looking"))
        self._cancel.setText(self.tr("Cancel"))
        for page in (self._which, self._looking, self._offers):
            page.words()
        self._problem.again()
        self._show_page()

    # --- going on ------------------------------------------------------------------------

    def _on(self) -> None:
        if self._pages.currentWidget() is self._which:
            self._choose_portal()
        elif self._pages.currentWidget() is self._offers:
            self._add()

    def _choose_portal(self) -> None:
        typed, region = self._which.portal.currentText(), self._which.region.text().strip()
        try:
            self._portal = self._actions.portals.named(typed, region)
        except ValueError as wrong:
            bad_url = str(wrong) == "start_url"
            url = self.tr("This is not the address of an access portal.") if bad_url else ""
            self._which.show_faults(url, "" if bad_url else self.tr("Such as eu-west-1."))
            (self._which.portal if bad_url else self._which.region).setFocus()
            return
        self._found = Found()
        self._look()

    def _look(self, *, by_code: bool = False) -> None:
        if self._portal is None:
            return
        self._halt()
        self._problem.show_problem(None)
        self._looking.show_step(None)
        self._go_to(self._looking)
        self._stop = self._actions.portals.look(
            self._portal, self._told, self._looked, self._failed, by_code=by_code, seen=self._found
        )

    def _told(self, step: Step) -> None:
        if not self._gone:
            self._looking.show_step(step)

    def _looked(self, looked: Looked) -> None:
        if self._gone or self._portal is None:
            return
        self._stop, self._found = None, looked.found
        self._problem.show_problem(looked.problem)
        if looked.problem is not None and not looked.found.roles:
            self._go_to(self._which)
            return
        self._offers.fill(looked.found.roles, self._actions.portals.there(self._portal))
        self._go_to(self._offers)
        self._offers.field.setFocus()

    def _failed(self, problem: Problem) -> None:
        if not self._gone:
            self._stop = None
            self._problem.show_problem(problem)
            self._go_to(self._offers if self._found.roles else self._which)

    def _add(self) -> None:
        if self._portal is None:
            return
        self._go.setEnabled(False)
        self._actions.portals.add(
            self._offers.model.chosen,
            self._portal,
            self._added,
            self._not_added,
            write_config=self._offers.write_config.isChecked(),
        )

    def _added(self, names: list[str]) -> None:
        if self._gone:
            return
        self.accept()
        self._parts.show_window(names[0] if len(names) == 1 else None)

    def _not_added(self, problem: Problem) -> None:
        if not self._gone:
            self._problem.show_problem(problem)
            self._show_foot()

    def _start_over(self) -> None:
        self._halt()
        self._problem.show_problem(None)
        self._go_to(self._which)

    def _halt(self) -> None:
        stop, self._stop = self._stop, None
        if stop is not None:
            stop()

    # --- events --------------------------------------------------------------------------

    def done(self, result: int) -> None:
        """However it closes: nobody waits for the look any more."""
        self._gone = True
        self._halt()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._parts.set_seconds_shown(True, "identity-center")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._parts.set_seconds_shown(False, "identity-center")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_go"):
            self._words()

    def _beat(self, _now: float) -> None:
        if not self._gone:
            self._looking.beat()

    # --- what it says --------------------------------------------------------------------

    def _go_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self._show_page()

    def _show_page(self) -> None:
        page = self._pages.currentWidget()
        center = self._portal.name if self._portal else ""
        if page is self._which:
            words = self.tr(
                "One sign-in shows every account and permission set you may use. What you choose is "
                "added to your own roles; ~/.aws/config stays as it is."
            )
        elif page is self._looking:
            words = center
        else:
            words = self.tr("What you may use at {center}.").format(center=center)
        self._intro.setText(words)
        self._show_foot()

    def _show_foot(self) -> None:
        page, found = self._pages.currentWidget(), self._found
        count = len(self._offers.model.chosen)
        self._back.setVisible(page is not self._which)
        self._again.setVisible(page is self._offers and found.done < found.total)
        self._go.setVisible(page is not self._looking)
        on_which = page is self._which
        words = self.tr("Sign in") if on_which else self.tr("Add %n role(s)", None, count)
        self._go.setText(words)
        self._go.setEnabled(on_which or count > 0)
