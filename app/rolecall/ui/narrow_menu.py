"""Narrow menu: one session of a role with less than its permissions. Built with the role's own menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu, QWidget

from rolecall.domain.presets import Preset
from rolecall.ui.parts import WindowParts


class NarrowMenu(QMenu):
    """The presets, each with what can be done with such a session."""

    def __init__(
        self,
        name: str,
        offered: Sequence[Preset],
        parts: WindowParts,
        *,
        console: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("narrowMenu")
        self.setTitle(self.tr("With fewer rights"))
        self.setEnabled(bool(offered))
        for each in offered:
            self._add(name, each, parts, console=console)

    def _add(self, name: str, preset: Preset, parts: WindowParts, *, console: bool) -> None:
        menu = QMenu(parts.said(preset.title), self)
        menu.setObjectName(f"narrow_{preset.name}")
        self.addMenu(menu)
        signing = menu.addAction(self.tr("Sign in"))
        signing.triggered.connect(lambda: parts.sign_in(name, preset.wish))
        opening = menu.addAction(self.tr("Open console"))
        opening.setEnabled(console)
        opening.triggered.connect(lambda: parts.open_console(name, wish=preset.wish))
        copying = menu.addAction(self.tr("Copy credentials"))
        copying.triggered.connect(lambda: parts.copy(name, None, preset.wish))
