"""Add button: what can be put into the list: a role of one's own, another tool's roles, an access key."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from rolecall.ui.parts import WindowParts


class AddButton(QToolButton):
    """A plus beside the search field."""

    def __init__(self, parts: WindowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("addButton")
        self.setText("+")
        # Not as the button's own menu: Qt shows that in a loop of its own, in which a screen reader's press hangs.
        self.clicked.connect(self._open)
        menu = self._menu = QMenu(self)
        menu.setObjectName("addMenu")
        self._role = menu.addAction("")
        self._role.setObjectName("addRole")
        self._role.triggered.connect(lambda _checked=False: parts.show_add_role())
        self._import = menu.addAction("")
        self._import.setObjectName("importRoles")
        self._import.triggered.connect(parts.show_import)
        self._center = menu.addAction("")
        self._center.setObjectName("addFromCenter")
        self._center.triggered.connect(parts.show_identity_center)
        self._key = menu.addAction("")
        self._key.setObjectName("addKey")
        self._key.triggered.connect(parts.show_add_key)
        self.words()

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def words(self) -> None:
        """Say everything in the language of now."""
        self.setAccessibleName(self.tr("Add"))
        self.setToolTip(self.tr("Add a role, or take roles over"))
        self._role.setText(self.tr("Add a role…"))
        self._import.setText(self.tr("Import roles…"))
        self._center.setText(self.tr("Roles of Identity Center…"))
        self._key.setText(self.tr("Add an access key…"))
