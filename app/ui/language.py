"""Chooses the language of the window: Qt's translations of our sentences, and how dates are written."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from app import paths
from app.ui.text import use_locale

ENGLISH: Final = "en"


def available() -> tuple[str, ...]:
    """Language codes the window can be shown in; English is always there."""
    folder = paths.resources() / "i18n"
    found = sorted(file.stem.removeprefix("leeward_") for file in folder.glob("leeward_*.qm"))
    return (ENGLISH, *(code for code in found if code != ENGLISH))


def resolve(choice: str) -> str:
    """The language for a stored choice: itself when there is such a translation, the system's, else English."""
    known = available()
    wanted = QLocale.system().name().split("_")[0] if choice == "system" else choice
    return wanted if wanted in known else ENGLISH


def use_language(application: QCoreApplication, choice: str) -> str:
    """Translate from now on, and write dates as that language does. Returns the language's code."""
    code = resolve(choice)
    if code != ENGLISH:
        translator = QTranslator(application)
        if translator.load(str(paths.resources() / "i18n" / f"leeward_{code}.qm")):
            application.installTranslator(translator)
    use_locale(_locale(code))
    return code


def _locale(code: str) -> QLocale:
    """The system's own form of that language (its country's), or the plain one."""
    system = QLocale.system()
    if system.name().split("_")[0] == code and system.language() is not QLocale.Language.C:
        return system
    return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom) if code == ENGLISH else QLocale(code)
