"""Route preview: the way an entry would take, drawn before it is saved. Plans on a copy, changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from rolecall.domain.hops import allows_everything
from rolecall.domain.plan import plan
from rolecall.domain.problem import Problem
from rolecall.domain.route import Route, Wish
from rolecall.store import Store
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import wrapped
from rolecall.ui.route_diagram import RouteDiagram


class RoutePreview(QFrame):
    """The Route, why, and out loud where a policy allows everything."""

    def __init__(self, store: Store, parts: WindowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("routePreview")
        self.setProperty("kind", "card")
        self._store, self._parts = store, parts
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        self._title = QLabel(self)
        self._title.setProperty("kind", "muted")
        self.diagram = RouteDiagram(self)
        self._reasons = wrapped(self)
        self._reasons.setObjectName("previewReasons")
        self.loud = wrapped(self, kind="wrong")
        self.loud.setObjectName("allowAll")
        for widget in (self._title, self.diagram, self._reasons, self.loud):
            column.addWidget(widget)
        column.addStretch(1)
        self._words()

    def _words(self) -> None:
        self._title.setText(self.tr("The way it will take"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "loud"):
            self._words()

    def show_entry(self, name: str, entry: Mapping[str, str] | None) -> None:
        """Draw the way of `entry`; None where something needed is still missing or wrong."""
        route = None if entry is None else self._route(name, entry)
        loud = entry is not None and _is_loud(entry)
        self.diagram.setVisible(isinstance(route, Route))
        if isinstance(route, Route):
            now = self._parts.now()
            self.diagram.show_stops(self.diagram.stops(route, None, route.start, now))
            quiet = route.reasons[:-1] if loud else route.reasons  # the last one is said louder
            reasons = " ".join(self._parts.said(reason) for reason in quiet)
        elif route is not None:
            reasons = f"{self._parts.said(route.title)} {self._parts.said(route.remedy)}"
        else:
            reasons = self.tr("It is drawn here as soon as everything needed is filled in.")
        self._reasons.setText(reasons)
        words = self.tr(
            "This policy allows everything: whoever has the session may do all that the user of {user} may."
        )
        user = entry.get("source_profile", "") if entry else ""
        self.loud.setText(words.format(user=user) if loud else "")
        self.loud.setVisible(loud)

    def _route(self, name: str, entry: Mapping[str, str]) -> Route | Problem:
        """The Route as it would be planned if this were saved now."""
        state, name = self._store.state, name or self.tr("new role")
        catalogue = replace(
            state.catalogue,
            profiles={**state.catalogue.profiles, name: entry},
            entries=state.catalogue.entries | {name},
        )
        trial = replace(state, catalogue=catalogue)
        return plan(trial, catalogue.role(name), Wish(), self._parts.now())


def _is_loud(entry: Mapping[str, str]) -> bool:
    return "federation_name" in entry and allows_everything(entry.get("session_policy", ""))
