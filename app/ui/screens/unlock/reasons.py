"""Why the journal stands locked, in the words of the content pack, which is not read yet when they are shown."""

from __future__ import annotations

from app.ui.text import tr


def reason_words(reason: str) -> str:
    """The line under the title when the program was locked rather than started; empty for what nobody knows."""
    return {
        "asked": tr("You locked it."),
        "idle": tr("Locked after some quiet minutes."),
        "sleep": tr("Locked when the computer went to sleep."),
        "screen_lock": tr("Locked together with the screen."),
        "user_switch": tr("Locked when the login changed."),
        "minimised": tr("Locked when the window was put away."),
        "clock": tr("Locked, as the computer’s clock was turned."),
        "both_ended": tr("The time together has ended. Each part is locked."),
        "two_parts": tr("Locked. Each of you opens your own part, with your own passphrase."),
        "keys_changed": tr("Locked, as the passphrase was changed."),
        "files_changed": tr("Locked, as the files changed underneath. Nothing was overwritten."),
        "disk_trouble": tr("Locked, as the disk reported trouble. What was saved before is safe."),
    }.get(reason, "")
