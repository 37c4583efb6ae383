"""A picture of each road for the page "Which road is mine?": the demo's entries, drawn by the app's own diagram."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rolecall.domain.route import Route, Wish
from rolecall.ui.problem_view import wrapped
from rolecall.ui.route_diagram import RouteDiagram
from rolecall.ui.theme import dress
from ui.scene import Scene

ROADS = {
    "key": "alex",
    "role": "prod-readonly",
    "code": "prod-admin",
    "own-code": "data-notebook",
    "chain": "data-warehouse",
    "identity-center": "release-deploy",
    "saml": "reports",
    "token-file": "token-file",
    "oidc": "web-onward",
    "cognito": "pool-user",
    "login": "login-reader",
    "process": "vault-reader",
    "environment": "ci-environment",
    "container": "task-report",
    "instance": "machine-deploy",
    "federation": "alex-console",
    "root": "root-audit",
}
"""Entries of the demo, by the name of their road."""

_WIDTH, _HIGHEST = 330, 800


def pictures(scene: Scene) -> Iterator[tuple[str, QWidget]]:
    """One card for each road, as nothing is live yet: where it starts, each call, how long it lives, and why."""
    for road, name in ROADS.items():
        route = scene.actions.explain(name, Wish())
        assert isinstance(route, Route), name
        yield f"road-{road}", _card(scene, route)


def _card(scene: Scene, route: Route) -> QWidget:
    card = QWidget()
    dress(card)
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 14, 16, 14)
    column.setSpacing(10)
    diagram = RouteDiagram(card)
    diagram.show_stops(diagram.stops(route, None, None, scene.clock.now()))
    why = wrapped(card, kind="muted")
    why.setText(" ".join(scene.parts.said(reason) for reason in route.reasons))
    column.addWidget(diagram)
    column.addWidget(why)
    column.addStretch(1)
    card.setFixedSize(_WIDTH, _HIGHEST)
    card.show()
    column.activate()
    card.setFixedHeight(why.geometry().bottom() + 15)
    return card
