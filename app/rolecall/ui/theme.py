"""Theme: colours, light and dark, and how they get into Qt. Owns the desktop's preference; draws nothing.

Windows ask `colours()` when they paint, so a change of theme needs no restart. Qt follows the desktop
only under some platform themes, so where it says Unknown the portal is asked, once and late.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from rolecall.domain.countdown import Urgency
from rolecall.ui.resources import resources

THEMES: Final = ("", "light", "dark")
"""Values of the setting `theme`; empty follows the desktop."""


@dataclass(frozen=True, slots=True)
class Colours:
    """All colours of one theme. Text on its ground keeps 4.5 : 1, rings and lines 3 : 1 (WCAG 2.2)."""

    window: str
    side: str
    card: str
    field: str
    line: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    selected: str
    hover: str
    track: str
    calm: str
    soon: str
    last: str
    wrong: str
    warning_ground: str
    production: str
    on_production: str

    def of(self, urgency: Urgency) -> QColor:
        """The ring's colour."""
        names = {Urgency.CALM: self.calm, Urgency.SOON: self.soon}
        return QColor(names.get(urgency, self.last))


LIGHT: Final = Colours(
    window="#ffffff", side="#f5f6f8", card="#eaedf1", field="#ffffff", line="#e4e7ec",
    border="#c9ced6", text="#15181e", muted="#626b78", accent="#2160e8", on_accent="#ffffff",
    selected="#e6eefe", hover="#f2f5f9", track="#e2e5ea", calm="#2b9a68", soon="#c97a0a",
    last="#d4481f", wrong="#c0312b", warning_ground="#fbf4e6",
    production="#b4182d", on_production="#ffffff",
)  # fmt: skip

DARK: Final = Colours(
    window="#1b1e24", side="#22262d", card="#2c3139", field="#16191e", line="#30353d",
    border="#454b56", text="#f0f2f5", muted="#9ba4b1", accent="#7aa5ff", on_accent="#0f1624",
    selected="#24324f", hover="#252a32", track="#3a404a", calm="#43c289", soon="#eba53a",
    last="#f4794e", wrong="#f58a82", warning_ground="#2d2a26",
    production="#ff6b70", on_production="#24070a",
)  # fmt: skip

_ACCOUNTS: Final = (
    ("#2f73d9", "#6ea3f2"), ("#14929c", "#4cc3cc"), ("#2b9a68", "#55c492"), ("#6f8f1f", "#a5c355"),
    ("#8457c6", "#b08ee8"), ("#b0529f", "#d98fcb"), ("#5360d0", "#8d98f2"), ("#96703f", "#c8a26f"),
    ("#5b7893", "#93aec7"), ("#1f8fc4", "#5fbbe6"), ("#4d8a80", "#82bfb5"),
)  # fmt: skip
"""Calm colours, light ground and dark ground. None is red: red is kept for what is dangerous."""


def is_dark() -> bool:
    """Whether the application's palette is a dark one."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def colours() -> Colours:
    """The colours of now."""
    return DARK if is_dark() else LIGHT


def account_colour(account_id: str, on: Colours | None = None) -> QColor:
    """The colour of an account: always the same one for the same id; grey where none is known.

    on: the colours around it where they are known already.
    """
    return _account_colour(account_id, (on or colours()) is DARK)


@lru_cache(maxsize=4096)
def _account_colour(account_id: str, dark: bool) -> QColor:
    if not account_id:
        return QColor((DARK if dark else LIGHT).border)
    on_light, on_dark = _ACCOUNTS[zlib.crc32(account_id.encode()) % len(_ACCOUNTS)]
    return QColor(on_dark if dark else on_light)


def palette(which: Colours) -> QPalette:
    """The Qt palette of a theme, so that every native part (menus, tool tips) follows it too."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    found = QPalette()
    for name, colour in (
        (role.Window, which.window), (role.Base, which.field), (role.AlternateBase, which.side),
        (role.Button, which.side), (role.ToolTipBase, which.card), (role.ToolTipText, which.text),
        (role.WindowText, which.text), (role.Text, which.text), (role.ButtonText, which.text),
        (role.BrightText, which.wrong), (role.PlaceholderText, which.muted), (role.Link, which.accent),
        (role.LinkVisited, which.accent), (role.Highlight, which.accent),
        (role.HighlightedText, which.on_accent), (role.Light, which.line), (role.Midlight, which.line),
        (role.Mid, which.border), (role.Dark, which.border), (role.Shadow, "#000000"),
        (role.Accent, which.accent),
    ):  # fmt: skip
        found.setColor(role(name), QColor(colour))
    for dimmed in (role.WindowText, role.Text, role.ButtonText):
        found.setColor(group.Disabled, dimmed, QColor(which.muted))
    found.setColor(group.Disabled, role.Highlight, QColor(which.border))
    return found


def window_icon() -> QIcon:
    """The program's mark in the sizes that title bars and task lists ask for."""
    icon = QIcon()
    for size in (16, 24, 32, 48, 64, 128):
        icon.addFile(str(resources() / "icons" / f"rolecall-{size}.png"))
    return icon


class Theme(QObject):
    """Applies the setting to the application and follows the desktop where the setting is empty."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._setting = ""
        self._portal: bool | None = None
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._desktop_changed)

    def follow(self, setting: str) -> None:
        """Take over the setting: `light`, `dark`, or empty for the desktop's own."""
        self._setting = setting
        hints = self._application.styleHints()
        if setting in ("light", "dark"):
            scheme = Qt.ColorScheme.Dark if setting == "dark" else Qt.ColorScheme.Light
            hints.setColorScheme(scheme)
        else:
            hints.unsetColorScheme()
        self._apply()

    @property
    def desktop_unknown(self) -> bool:
        """Whether Qt cannot tell what the desktop wants, so that the portal should be asked."""
        unknown = self._application.styleHints().colorScheme() is Qt.ColorScheme.Unknown
        return unknown and not self._setting

    def portal_said(self, dark: bool | None) -> None:
        """Take over what `portal.read_dark` found; None where the portal has no preference."""
        self._portal = dark
        self._apply()

    def _desktop_changed(self) -> None:
        self._apply()

    def _apply(self) -> None:
        wanted = DARK if self._wants_dark() else LIGHT
        current = self._application.palette().color(QPalette.ColorRole.Window)
        if current != QColor(wanted.window):
            self._application.setPalette(palette(wanted))

    def _wants_dark(self) -> bool:
        if self._setting:
            return self._setting == "dark"
        scheme = self._application.styleHints().colorScheme()
        if scheme is Qt.ColorScheme.Unknown:
            return bool(self._portal)
        return scheme is Qt.ColorScheme.Dark


def scaled(font: QFont, factor: float, weight: QFont.Weight | None = None) -> QFont:
    """A font of the same family, `factor` times as large."""
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * factor)
    else:
        made.setPixelSize(max(1, round(font.pixelSize() * factor)))
    if weight is not None:
        made.setWeight(weight)
    return made


def unit(widget: QWidget) -> int:
    """A quarter of the font's height, at least 4: the grid all distances are multiples of."""
    return max(4, round(QFontMetricsF(widget.font()).height() / 4))


class _Dress(QObject):
    """Gives a top-level widget its style sheet again whenever the theme or the font changes."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._worn: Colours | None = None
        self._wear(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationPaletteChange and isinstance(watched, QWidget):
            self._wear(watched)
        elif event.type() == QEvent.Type.ApplicationFontChange and isinstance(watched, QWidget):
            # Qt leaves what wears a style sheet in the font it was dressed in.
            watched.setStyleSheet(watched.styleSheet())
        return False

    def _wear(self, widget: QWidget) -> None:
        now = colours()
        if now is not self._worn:
            self._worn = now
            widget.setStyleSheet(style_sheet(now))


def dress(widget: QWidget) -> None:
    """Give a top-level widget the program's look, now and after every change of theme."""
    _Dress(widget)


def style_sheet(c: Colours) -> str:
    """The look of the parts: flat, one line around what can be pressed, a ring around what has focus."""
    kind = "dark" if c is DARK else "light"
    arrow = (resources() / "icons" / f"arrow-{kind}.svg").as_posix()
    check = (resources() / "icons" / f"check-{kind}.svg").as_posix()
    up = (resources() / "icons" / f"arrow-up-{kind}.svg").as_posix()
    return f"""
QWidget#side, QWidget#side QWidget#pane, QScrollArea#side {{ background: {c.side}; }}
QFrame#sideLine, QFrame#statusLine {{ background: {c.line}; border: none; }}
QLabel[kind="muted"] {{ color: {c.muted}; }}
QLabel[kind="wrong"] {{ color: {c.wrong}; }}
QLabel[kind="production"] {{
  background: {c.production}; color: {c.on_production}; border-radius: 3px; padding: 1px 6px;
  font-weight: 700;
}}
QFrame[kind="card"] {{ background: {c.card}; border: none; border-radius: 6px; }}
QFrame[kind="problem"] {{ background: {c.warning_ground}; border: none; border-radius: 6px; }}
QPushButton, QToolButton {{
  background: {c.field}; color: {c.text}; border: 1px solid {c.border}; border-radius: 5px;
  padding: 4px 11px; min-height: 1.25em;
}}
QWidget#rowActions QToolButton {{ padding: 1px 9px; }}
QPushButton#copyButton {{ border-top-right-radius: 0; border-bottom-right-radius: 0; }}
QToolButton#copyAsButton {{
  border-top-left-radius: 0; border-bottom-left-radius: 0; padding: 4px 11px 4px 9px; width: 10px;
}}
QToolButton#addButton::menu-indicator {{ image: none; width: 0; }}
QToolButton#copyAsButton::menu-indicator {{
  image: url({arrow}); width: 10px; height: 10px; subcontrol-position: center;
}}
QComboBox::down-arrow {{ image: url({arrow}); width: 10px; height: 10px; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QSpinBox QLineEdit {{ border: none; background: transparent; padding: 0 0 0 6px; min-height: 0; }}
QCheckBox {{ spacing: 8px; }}
QCheckBox, QPushButton, QToolButton {{ outline: none; }}
QCheckBox::indicator, QListWidget::indicator {{
  width: 15px; height: 15px; border: 1px solid {c.border}; border-radius: 4px; background: {c.field};
}}
QTableView::indicator {{
  width: 13px; height: 13px; border: 1px solid {c.border}; border-radius: 3px; background: {c.field};
}}
QTableView::indicator:checked {{
  background: {c.accent}; border-color: {c.accent}; image: url({check});
}}
QTableView::indicator:checked:disabled {{ background: {c.border}; border-color: {c.border}; }}
QCheckBox::indicator:hover, QCheckBox::indicator:focus, QListWidget::indicator:hover {{ border-color: {c.accent}; }}
QCheckBox::indicator:checked, QListWidget::indicator:checked {{
  background: {c.accent}; border-color: {c.accent}; image: url({check});
}}
QCheckBox:focus {{ color: {c.accent}; }}
QSpinBox::up-button, QSpinBox::down-button {{
  border: none; background: transparent; width: 18px; subcontrol-origin: border;
}}
QSpinBox::up-button {{ subcontrol-position: top right; top: 3px; }}
QSpinBox::down-button {{ subcontrol-position: bottom right; bottom: 3px; }}
QSpinBox::up-arrow {{ image: url({up}); width: 8px; height: 8px; }}
QSpinBox::down-arrow {{ image: url({arrow}); width: 8px; height: 8px; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTabBar::tab {{
  background: transparent; color: {c.muted}; border: none; border-bottom: 2px solid transparent;
  padding: 6px 4px; margin-right: 16px;
}}
QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent}; }}
QTabBar::tab:focus {{ color: {c.accent}; }}
QTableView, QListWidget, QScrollArea#timelineScroll {{
  background: {c.field}; color: {c.text}; border: 1px solid {c.border}; border-radius: 5px;
  outline: none; selection-background-color: {c.selected}; selection-color: {c.text};
}}
QScrollArea#timelineScroll {{ padding: 2px; }}
QListWidget::item {{ padding: 5px 8px; }}
QTableView::item {{ padding: 0 3px; }}
QToolButton:checked {{ background: {c.selected}; border-color: {c.accent}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{
  background: transparent; color: {c.muted}; border: none; border-bottom: 1px solid {c.line};
  padding: 5px 6px;
}}
QMenu {{ background: {c.field}; color: {c.text}; border: 1px solid {c.border}; padding: 5px; }}
QMenu::item {{ padding: 5px 26px 5px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.selected}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.muted}; background: transparent; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 5px 8px; }}
QToolTip {{ background: {c.card}; color: {c.text}; border: 1px solid {c.border}; padding: 3px; }}
QComboBox QAbstractItemView {{
  background: {c.field}; color: {c.text}; border: 1px solid {c.border}; outline: none;
  selection-background-color: {c.selected}; selection-color: {c.text};
}}
QPushButton:hover, QToolButton:hover {{ background: {c.hover}; border-color: {c.muted}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {c.card}; }}
QPushButton:focus, QToolButton:focus {{ border: 1px solid {c.accent}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c.muted}; border-color: {c.line}; }}
QPushButton[kind="primary"] {{
  background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent};
}}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c.text}; padding: 3px 10px; }}
QPushButton[kind="primary"]:disabled {{
  background: {c.card}; color: {c.muted}; border-color: {c.line};
}}
QPushButton[kind="link"], QToolButton[kind="link"] {{
  background: transparent; color: {c.accent}; border: none; border-bottom: 2px solid transparent;
  border-radius: 0; padding: 2px 0 0 0;
}}
QPushButton[kind="link"]:focus, QToolButton[kind="link"]:focus {{ border-bottom-color: {c.accent}; }}
QPushButton[kind="link"]:hover, QToolButton[kind="link"]:hover {{ color: {c.text}; }}
QPushButton[kind="link"]:disabled, QToolButton[kind="link"]:disabled {{ color: {c.muted}; }}
QPlainTextEdit {{
  background: {c.field}; color: {c.text}; border: 1px solid {c.border}; border-radius: 5px;
  padding: 3px; selection-background-color: {c.accent}; selection-color: {c.on_accent};
}}
QPlainTextEdit[held="true"] {{ border: 2px dashed {c.accent}; background: {c.selected}; }}
QFrame[kind="step"] {{ background: {c.side}; border: 1px solid {c.line}; border-radius: 8px; }}
QLabel[kind="badge"] {{
  background: {c.accent}; color: {c.on_accent}; border-radius: 12px; font-weight: 600;
}}
QToolButton[kind="segment"] {{ border-radius: 0; border-right: none; padding: 3px 12px; }}
QToolButton[kind="segment"]:checked {{ border: 1px solid {c.accent}; }}
QToolButton#recordedWay {{ border-right: 1px solid {c.border}; }}
QPlainTextEdit:focus {{ border: 1px solid {c.accent}; }}
QLineEdit, QComboBox, QSpinBox {{
  background: {c.field}; color: {c.text}; border: 1px solid {c.border}; border-radius: 5px;
  padding: 4px 7px; min-height: 1.25em;
  selection-background-color: {c.accent}; selection-color: {c.on_accent};
}}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 1px solid {c.accent}; }}
QLineEdit#searchField {{ padding: 7px 10px; border-radius: 6px; }}
QLineEdit#searchField:focus {{ border: 1px solid {c.accent}; }}
QListView#roles {{ background: {c.window}; border: none; outline: none; }}
QProgressBar {{
    background: {c.track}; border: none; border-radius: 2px; min-height: 4px; max-height: 4px;
}}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 2px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{
  background: {c.border}; border-radius: 3px; min-height: 28px; margin: 2px;
}}
QScrollBar::handle:vertical:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: none; border: none; height: 0; width: 0;
}}
"""
