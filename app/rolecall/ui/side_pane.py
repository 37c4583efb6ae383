"""Side pane: the chosen role in full: its Route, why, ARN, session, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.problem import Problem
from rolecall.domain.production import is_production
from rolecall.domain.role import Role
from rolecall.domain.route import Wish
from rolecall.domain.session import Session
from rolecall.domain.state import State, code_is_needed, sign_in_is_needed
from rolecall.store import Store
from rolecall.ui.narrowed_card import NarrowedCard
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import ProblemView, wrapped
from rolecall.ui.role_menu import CopyMenu
from rolecall.ui.route_diagram import RouteDiagram
from rolecall.ui.theme import scaled
from rolecall.ui.tray_items import production_word
from rolecall.ui.wording import local_time
from rolecall.ui.wrap_row import WrapRow

CONSOLE_SERVICES = (
    "", "billing", "cloudformation", "cloudtrail", "cloudwatch", "dynamodb", "ec2", "ecr", "ecs", "eks",
    "iam", "kms", "lambda", "rds", "route53", "s3", "secretsmanager", "sns", "sqs", "ssm", "vpc",
)  # fmt: skip
"""Offered for the console; any other can be typed."""


_LEAST_WIDTH = 250


class SidePane(QScrollArea):
    """Shows one role, or nothing. Reads the Store; everything done goes through Actions and parts."""

    production_wanted = Signal(str, bool)

    def __init__(
        self, store: Store, actions: Actions, parts: WindowParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._store, self._actions, self._parts = store, actions, parts
        self._name = ""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()
        self._words()

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        pane = self._pane = QWidget(self)
        pane.setObjectName("pane")
        self.setWidget(pane)
        column = QVBoxLayout(pane)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        head = QVBoxLayout()
        head.setSpacing(2)
        self._title = wrapped(pane)
        self._title.setObjectName("roleTitle")
        self._title.setFont(scaled(self.font(), 1.15, QFont.Weight.DemiBold))
        self._arn = wrapped(pane, kind="muted")
        self._arn.setObjectName("roleArn")
        self._chip = QLabel(pane)
        self._chip.setObjectName("productionChip")
        self._chip.setProperty("kind", "production")
        self._chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        head.addWidget(self._chip)
        head.addSpacing(4)
        head.addWidget(self._title)
        head.addWidget(self._arn)
        column.addLayout(head)
        self._problem = ProblemView(self._parts.said, pane)
        self._diagram = RouteDiagram(pane)
        self._reason = QFrame(pane)
        self._reason.setProperty("kind", "card")
        inside = QVBoxLayout(self._reason)
        inside.setContentsMargins(11, 9, 11, 9)
        self._reasons = wrapped(self._reason)
        self._reasons.setObjectName("reasons")
        inside.addWidget(self._reasons)
        self._narrowed = NarrowedCard(self._parts, pane)
        for widget in (self._problem, self._diagram, self._reason, self._narrowed):
            column.addWidget(widget)
        column.addLayout(self._build_facts(pane))
        column.addLayout(self._build_buttons(pane))
        self._production = QCheckBox(pane)
        self._production.setObjectName("productionBox")
        self._production.clicked.connect(
            lambda on: self.production_wanted.emit(self._name, bool(on))
        )
        column.addWidget(self._production)
        column.addStretch(1)

    def _build_facts(self, pane: QWidget) -> QFormLayout:
        form = self._facts = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(7)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._session, self._expires = wrapped(pane), wrapped(pane)
        self._session.setObjectName("sessionName")
        self._expires.setObjectName("expires")
        self._service, self._region = QComboBox(pane), QComboBox(pane)
        for box, name in ((self._service, "consoleService"), (self._region, "consoleRegion")):
            box.setObjectName(name)
            box.setEditable(True)
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(8)
        self._packed = wrapped(pane)
        self._packed.setObjectName("packedSize")
        self._fact_labels = [QLabel(pane) for _ in range(5)]
        fields = (self._session, self._expires, self._packed, self._service, self._region)
        for label, field in zip(self._fact_labels, fields, strict=True):
            label.setProperty("kind", "muted")
            form.addRow(label, field)
        for service in CONSOLE_SERVICES:
            self._service.addItem(service)
        return form

    def _build_buttons(self, pane: QWidget) -> WrapRow:
        self._sign_in = QPushButton(pane)
        self._console = QPushButton(pane)
        # A button of its own beside the menu: one with both is no button to a screen reader.
        copies, lives = QWidget(pane), QWidget(pane)
        self._copy, self._copy_as = QPushButton(copies), QToolButton(copies)
        self._renew, self._forget = QPushButton(lives), QPushButton(lives)
        named = (
            (self._sign_in, "signInButton"), (self._console, "consoleButton"), (self._copy, "copyButton"),
            (self._copy_as, "copyAsButton"),
            (self._renew, "renewButton"), (self._forget, "forgetButton"),
        )  # fmt: skip
        for button, name in named:
            button.setObjectName(name)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._formats = CopyMenu(self._parts, lambda: self._name, self._copy_as)
        self._copy_as.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self._copy_as.setMenu(self._formats)
        self._copy_as.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sign_in.clicked.connect(lambda: self._parts.sign_in(self._name))
        self._console.clicked.connect(self._open_console)
        self._copy.clicked.connect(lambda: self._parts.copy(self._name))
        self._renew.clicked.connect(lambda: self._parts.renew(self._name))
        self._forget.clicked.connect(lambda: self._parts.forget(self._name))
        _beside(copies, -1, self._copy, self._copy_as)  # they share the line between them
        _beside(lives, 8, self._renew, self._forget)
        row = WrapRow(8)
        for widget in (self._sign_in, self._console, copies, lives):
            row.addWidget(widget)
        return row

    def _words(self) -> None:
        words = (
            self.tr("Session"), self.tr("Expires"), self.tr("Policies"), self.tr("Console"),
            self.tr("Region"),
        )  # fmt: skip
        for label, word in zip(self._fact_labels, words, strict=True):
            label.setText(word)
        self._service.setItemText(0, "")
        placeholder = self._service.lineEdit()
        if placeholder is not None:
            placeholder.setPlaceholderText(self.tr("Home page"))
        self._sign_in.setText(self.tr("Sign in"))
        self._console.setText(self.tr("Open console"))
        self._copy.setText(self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy credentials"))
        self._copy_as.setAccessibleName(self.tr("Copy credentials as"))
        self._copy_as.setToolTip(self.tr("Copy credentials as"))
        self._renew.setText(self.tr("Renew"))
        self._forget.setText(self.tr("Forget"))
        self._chip.setText(production_word())
        self._production.setText(self.tr("This role is production"))
        self._problem.again()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_forget"):
            self._words()
            self.refresh()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the text can still be read, but never so narrow that something is cut off."""
        bar = self.verticalScrollBar().sizeHint().width()
        needed = self._pane.minimumSizeHint().width() + bar
        return QSize(max(needed, _LEAST_WIDTH), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    # --- showing -------------------------------------------------------------------------

    def show_role(self, name: str) -> None:
        """Show another role; an empty name shows none."""
        changed, self._name = name != self._name, name
        if changed and name:
            self._offer_regions()
        self.refresh()
        if changed:
            self.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Bring everything to the State of now."""
        state = self._store.state
        known = self._name in state.catalogue
        self._pane.setVisible(known)
        # A pane that is hidden still counts as tall as it was.
        shown = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(shown if known else Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if not known:
            return
        now = self._parts.now()
        role = state.catalogue.role(self._name)
        session = state.session(self._name, now)
        self._title.setText(self._name)
        self._arn.setText(str(role.arn) if role.arn else role.mfa_serial)
        self._arn.setVisible(bool(self._arn.text()))
        self._show_route(state, role, session, now)
        marked = is_production(state.settings, role)
        self._chip.setVisible(marked)
        self._production.setChecked(marked)
        self._show_facts(role, session)
        narrowed = [each for each in state.narrowed(now) if each.name == role.name]
        self._narrowed.show_sessions(role, narrowed, now)
        self._show_buttons(state, role, session, now)

    def _show_route(self, state: State, role: Role, session: Session | None, now: float) -> None:
        route = self._actions.explain(role.name, Wish())
        problem = None if session else state.refusals.get(role.name)
        if isinstance(route, Problem):
            problem, reasons = problem or route, ""
            self._diagram.hide()
        else:
            serial = role.device if role.source.long_lived else ""
            shared = state.shared.get((role.source.name, serial))
            shared = shared if shared is not None and shared.live(now) else None
            self._diagram.show_stops(self._diagram.stops(route, session, shared, now))
            self._diagram.show()
            reasons = " ".join(self._parts.said(reason) for reason in route.reasons)
        self._reasons.setText(reasons)
        self._reason.setVisible(bool(reasons))
        self._problem.show_problem(problem)

    def _show_facts(self, role: Role, session: Session | None) -> None:
        self._facts.setRowVisible(0, session is not None and bool(session.arn))
        self._facts.setRowVisible(1, session is not None)
        opens = role.opens_console and role.problem is None
        packed = session.packed_policy_size if session is not None else None
        self._facts.setRowVisible(2, packed is not None)
        self._facts.setRowVisible(3, opens)
        self._facts.setRowVisible(4, opens)
        self._packed.setText(self.tr("{percent} % of what AWS allows").format(percent=packed))
        if session is not None:
            self._session.setText(session.arn.rpartition("/")[2])
            self._expires.setText(
                self.tr("{time} (local)").format(time=local_time(session.expires_at))
            )

    def _show_buttons(self, state: State, role: Role, session: Session | None, now: float) -> None:
        busy, live = role.name in state.busy, session is not None
        usable = role.problem is None and not isinstance(
            self._actions.explain(role.name, Wish()), Problem
        )
        self._sign_in.setVisible(not live and usable)
        self._sign_in.setEnabled(not busy)
        primary = self._console if live else self._sign_in
        for button in (self._console, self._sign_in):
            kind = "primary" if button is primary else ""
            if button.property("kind") != kind:
                button.setProperty("kind", kind)
                button.style().unpolish(button)
                button.style().polish(button)
        opens = session.opens_console if session is not None else role.opens_console
        self._console.setEnabled(opens and usable and not busy)
        self._copy.setEnabled(usable and not busy)
        self._copy_as.setEnabled(usable and not busy)
        self._renew.setEnabled(live and not busy)
        narrowed = any(each.name == role.name for each in state.narrowed(now))
        self._forget.setEnabled(live or narrowed or role.name in state.refusals)
        needs = live and code_is_needed(state, role, now) and bool(role.device)
        tip = self.tr("Asks for a new code") if needs else ""
        if live and sign_in_is_needed(state, role, now):
            tip = self.tr("Asks you to sign in again")
        self._renew.setToolTip(tip)

    # --- the console ---------------------------------------------------------------------

    def _offer_regions(self) -> None:
        state = self._store.state
        if self._name not in state.catalogue:
            return
        role = state.catalogue.role(self._name)
        self._service.setEditText(state.settings.console_service)
        self._region.clear()
        self._region.addItems(list(regions_of(role.partition)))
        self._region.setEditText(role.region)
        field = self._region.lineEdit()
        if field is not None:
            field.setPlaceholderText(self.tr("Default"))

    def _open_console(self) -> None:
        service = self._service.currentText().strip()
        self._parts.open_console(self._name, service, self._region.currentText().strip())


def _beside(group: QWidget, gap: int, left: QWidget, right: QWidget) -> None:
    """Two that stay together where the row breaks."""
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)  # a negative one would be the style's own
    row.addWidget(left)
    row.addSpacing(gap)
    row.addWidget(right)


def regions_of(partition: str) -> tuple[str, ...]:
    """Regions offered for a partition; any other can be typed."""
    return _REGIONS.get(partition, ())


_REGIONS = {
    "aws": (
        "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "eu-central-1",
        "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1", "eu-south-1", "me-south-1", "me-central-1",
        "af-south-1", "ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
        "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-east-1",
    ),
    "aws-cn": ("cn-north-1", "cn-northwest-1"),
    "aws-us-gov": ("us-gov-west-1", "us-gov-east-1"),
}  # fmt: skip
