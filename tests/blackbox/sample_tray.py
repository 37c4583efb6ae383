"""A small tray program for the harness to practise on: a menu, a dialog with a field, a list, a notice."""

import sys

from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMenu,
    QPushButton,
    QSystemTrayIcon,
)


def main() -> int:
    """Run until Quit is chosen."""
    app = QApplication(sys.argv)
    app.setQuitOnLastWindowClosed(False)
    window = QMainWindow()
    window.setWindowTitle("Sample")
    rows = QListWidget()
    rows.setAccessibleName("Rows")
    window.setCentralWidget(rows)

    dialog = QDialog(window)
    dialog.setWindowTitle("Name")
    form = QFormLayout(dialog)
    field = QLineEdit()
    field.setAccessibleName("Name")
    button = QPushButton("Add")
    form.addRow(field)
    form.addRow(button)

    def add() -> None:
        row = QListWidgetItem(field.text(), rows)
        row.setData(0x0B, f"{field.text()}, with a description")
        row.setData(0x0C, "described")
        QApplication.clipboard().setText(field.text())
        dialog.accept()

    button.clicked.connect(add)
    pixmap = QPixmap(64, 64)
    pixmap.fill(QColor("#336699"))
    tray = QSystemTrayIcon(QIcon(pixmap), app)
    tray.setToolTip("sample tip")
    menu = QMenu()
    sub = menu.addMenu("More")
    for parent, label, slot in (
        (menu, "Show the__window", window.show),
        (sub, "Add && name", dialog.open),
        (menu, "Quit", app.quit),
    ):
        action = QAction(label, parent)
        action.triggered.connect(slot)
        parent.addAction(action)
    tray.setContextMenu(menu)
    tray.show()
    print("up", flush=True)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
