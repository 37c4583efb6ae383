"""What the stops of a Route say where a SAML response, not there yet, decides."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from rolecall.domain.route import Route, Wish
from rolecall.ui.route_diagram import RouteDiagram, Stop
from rolecall.ui.wording import duration
from unit.test_explanation import NOW, response, route


@pytest.fixture
def diagram(qtbot: QtBot) -> RouteDiagram:
    made = RouteDiagram()
    qtbot.addWidget(made)
    return made


def last(diagram: RouteDiagram, found: Route) -> Stop:
    return diagram.stops(found, None, None, NOW)[-1]


def test_before_a_response_is_there(diagram: RouteDiagram) -> None:
    stop = last(diagram, route("any"))
    assert stop.title == "AssumeRoleWithSAML: the role of the response"
    assert stop.detail == f"lives as long as the response says, else {duration(3600)}"
    stop = last(diagram, route("finance"))
    assert stop.title == "AssumeRoleWithSAML Finance"
    assert stop.detail == f"lives as long as the response says, else {duration(3600)}"


def test_where_it_is_said_or_wished(diagram: RouteDiagram) -> None:
    assert (
        last(diagram, route("finance", Wish(), response("finance"))).detail
        == f"lives {duration(14400)}"
    )
    assert (
        last(diagram, route("finance", Wish(duration_seconds=1800))).detail
        == f"lives {duration(1800)}"
    )
    assert last(diagram, route("two-hours")).detail == f"lives {duration(7200)}"
