"""Translation: which language the program speaks, and domain Texts in it. Owns the loaded catalogues."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from rolecall.domain.problem import Text
from rolecall.ui.resources import resources

LANGUAGES = ("en", "ko")
"""English has a catalogue too: without one, Qt knows no plural forms."""

CONTEXTS = ("Problem", "Route", "Preset", "Import", "EntryForm")
"""Contexts in which domain Texts are marked."""


class Translation:
    """Holds the translators installed into the application."""

    def __init__(self, application: QCoreApplication) -> None:
        self._application = application
        self._installed: list[QTranslator] = []
        self.language = ""

    def speak(self, wanted: str) -> bool:
        """Speak `wanted` (`en`, `ko`; empty: the desktop's). Returns whether the language changed."""
        language = wanted if wanted in LANGUAGES else _of_desktop()
        if language == self.language:
            return False
        for translator in self._installed:
            self._application.removeTranslator(translator)
        self._installed.clear()
        self.language = language
        QLocale.setDefault(QLocale(language) if wanted else QLocale.system())
        if language != "en":
            self._load(f"qtbase_{language}", _qt_folder())
        self._load(f"rolecall_{language}", str(resources() / "translations"))
        return True

    def _load(self, name: str, folder: str) -> None:
        translator = QTranslator(self._application)
        if translator.load(name, folder):
            self._application.installTranslator(translator)
            self._installed.append(translator)


def said(text: Text) -> str:
    """A domain Text in the language spoken now, its values filled in."""
    for context in CONTEXTS:
        translated = QCoreApplication.translate(context, text.template)
        if translated not in ("", text.template):
            return text.filled(translated)
    return str(text)


def _of_desktop() -> str:
    for name in QLocale.system().uiLanguages():
        language = name.split("-", 1)[0].lower()
        if language in LANGUAGES:
            return language
    return "en"


def _qt_folder() -> str:
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
