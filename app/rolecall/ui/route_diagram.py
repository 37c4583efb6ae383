"""Route diagram: source → hop → role drawn downwards, each with its lifetime. Shows a Route, plans none."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from rolecall.domain.countdown import clock_label, remaining
from rolecall.domain.oidc import shown_name
from rolecall.domain.role import Source, SourceKind
from rolecall.domain.route import Call, Hop, Route
from rolecall.domain.session import Session
from rolecall.domain.terminal import visible
from rolecall.ui.breaking_label import BreakingLabel
from rolecall.ui.theme import colours, scaled
from rolecall.ui.wording import duration, local_time


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the way. reached: credentials of it are in hand now."""

    title: str
    detail: str
    reached: bool


class _StopView(QWidget):
    """A stop with its dot and the line to the next one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stop = Stop("", "", reached=False)
        self._first = self._last = False
        self._column = QVBoxLayout(self)
        self._column.setSpacing(1)
        self._title, self._detail = BreakingLabel(parent=self), BreakingLabel(parent=self)
        self._title.setFont(scaled(self.font(), 1.0, QFont.Weight.Medium))
        self._detail.setProperty("kind", "muted")
        for label in (self._title, self._detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._column.addWidget(label)

    def show_stop(self, stop: Stop, *, first: bool, last: bool) -> None:
        """Say and draw a stop; first and last have no line beyond them."""
        if (stop, first, last) != (self._stop, self._first, self._last):
            self._stop, self._first, self._last = stop, first, last
            self._column.setContentsMargins(20, 0, 0, 0 if last else 10)
            self._title.setText(stop.title)
            self._detail.setText(stop.detail)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        middle = self._title.geometry().top() + self.fontMetrics().height() / 2 + 0.5
        painter.setPen(QPen(QColor(c.border), 1.5))
        if not self._first:
            painter.drawLine(QPointF(5.5, 0), QPointF(5.5, middle - 8))
        if not self._last:
            painter.drawLine(QPointF(5.5, middle + 8), QPointF(5.5, self.height()))
        accent = QColor(c.accent)
        painter.setPen(QPen(accent if self._stop.reached else QColor(c.muted), 1.6))
        painter.setBrush(accent if self._stop.reached else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(5.5, middle), 4.2, 4.2)
        painter.end()


class RouteDiagram(QWidget):
    """The stops of one Route below each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("route")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._stops: list[Stop] = []
        self._views: list[_StopView] = []

    def show_stops(self, stops: list[Stop]) -> None:
        """Draw these stops, if they are other ones than before."""
        if stops == self._stops:
            return
        self._stops = stops
        while len(self._views) < len(stops):
            view = _StopView(self)
            self._column.addWidget(view)
            self._views.append(view)
        for at, view in enumerate(self._views):
            if at < len(stops):
                view.show_stop(stops[at], first=at == 0, last=at == len(stops) - 1)
            view.setVisible(at < len(stops))

    # --- what the stops say --------------------------------------------------------------

    def stops(
        self, route: Route, session: Session | None, shared: Session | None, now: float
    ) -> list[Stop]:
        """The stops of `route`; session and shared: what is live of its end and of its first hop."""
        signed_in = not route.proof_key and route.consent is None
        found = [Stop(route.source.name, self._source_words(route.source), reached=signed_in)]
        for at, hop in enumerate(route.drawn):
            last = at == len(route.drawn) - 1
            live = session if last else shared if self._makes_shared(route, hop, at) else None
            found.append(
                Stop(self._title(hop, route), self._detail(hop, live, route, now), live is not None)
            )
        return found

    def _makes_shared(self, route: Route, hop: Hop, at: int) -> bool:
        """Whether the session of this hop is the one that other roles start from too."""
        return at == 0 and (hop.call is Call.GET_SESSION_TOKEN or not route.source.long_lived)

    def _source_words(self, source: Source) -> str:
        if source.get("oidc_client_id"):
            pool = source.kind is SourceKind.COGNITO
            words = (
                self.tr("identity pool, sign-in at {provider}")
                if pool
                else self.tr("sign-in at {provider}")
            )
            return words.format(provider=visible(shown_name(source)))
        return {
            SourceKind.KEYS_IN_FILE: self.tr("access key in ~/.aws"),
            SourceKind.KEYS_IN_KEYRING: self.tr("access key in the keyring"),
            SourceKind.TEMPORARY_IN_FILE: self.tr("temporary credentials in ~/.aws"),
            SourceKind.IDENTITY_CENTER: self.tr("sign-in at IAM Identity Center"),
            SourceKind.SAML: self.tr("SAML sign-in"),
            SourceKind.OIDC: "",
            SourceKind.TOKEN_FILE: self.tr("web identity token in a file"),
            SourceKind.COGNITO: self.tr("Cognito identity pool"),
            SourceKind.LOGIN: self.tr("aws login"),
            SourceKind.PROCESS: self.tr("credential_process"),
            SourceKind.ENVIRONMENT: self.tr("environment variables"),
            SourceKind.CONTAINER: self.tr("container credentials"),
            SourceKind.INSTANCE: self.tr("instance profile"),
            SourceKind.OTHER: "",
        }[source.kind]

    def _title(self, hop: Hop, route: Route) -> str:
        if hop.call is Call.RESOLVE:
            return self.tr("its credentials")
        if route.left_to_response(hop) and not hop.role_arn:
            return self.tr("{call}: the role of the response").format(call=hop.call)
        call = f"{hop.call}" if hop.call is Call.GET_SESSION_TOKEN else f"{hop.call} {hop.label}"
        return self.tr("{call} + code").format(call=call) if hop.serial else call

    def _detail(self, hop: Hop, live: Session | None, route: Route, now: float) -> str:
        if live is None and hop.call is Call.RESOLVE:
            return self.tr("for as long as they last")
        if live is None and not hop.duration_seconds:
            return self.tr("AWS decides how long")
        if live is None:
            lives = self.tr("lives {time}")
            if hop.fallback_seconds and route.left_to_response(hop):
                lives = self.tr("lives as long as the response says, else {time}")
            lives = lives.format(time=duration(hop.duration_seconds))
            return " · ".join((lives, *self._extras(hop)))
        if hop is not route.drawn[-1]:
            return self.tr("until {time}, shared").format(time=local_time(live.expires_at))
        left = self.tr("{time} left").format(time=clock_label(remaining(live, now)))
        return self.tr("{left}, renews itself").format(left=left) if route.renews_itself else left

    def _extras(self, hop: Hop) -> list[str]:
        """What goes along with a call beside who is asked for."""
        told = (
            (bool(hop.policy or hop.policy_arns), self.tr("session policy")),
            (bool(hop.tags), self.tr("session tags")),
            (bool(hop.source_identity), self.tr("source identity")),
        )
        return [words for there, words in told if there]
