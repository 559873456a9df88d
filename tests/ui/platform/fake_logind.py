"""A logind and a screen saver that say what they are told on standard input, on the bus they are given. Not a test.

Each line is one word: sleep, wake, lock, away, back, hint, saver; every word is answered by the same word.
"""

from __future__ import annotations

import os
import sys
import tempfile

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)

NAME, SESSION = "org.freedesktop.login1", "/org/freedesktop/login1/session/_37"
PROPERTIES = "org.freedesktop.DBus.Properties"


class Logind(QDBusVirtualObject):
    """Answers what the watch asks."""

    active, locked = True, False

    def introspect(self, path: str) -> str:
        del path
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        about = {"Id": "7", "Active": self.active, "LockedHint": self.locked}
        name = str(message.arguments()[-1]) if message.member() == "Get" else ""
        answers: dict[str, object] = {
            "Get": QDBusVariant(about.get(name, "")),
            "GetSession": QDBusObjectPath(SESSION),
            "Inhibit": QDBusUnixFileDescriptor(_some_file()),
        }
        if message.member() not in answers:
            return False
        reply = message.createReply()
        reply.setArguments([answers[message.member()]])
        connection.send(reply)
        tell(f"asked {message.member()} {name}".rstrip())
        return True


def _some_file() -> int:
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def signals() -> dict[str, QDBusMessage]:
    """What each word makes the bus say."""
    manager, session = ("/org/freedesktop/login1", f"{NAME}.Manager"), f"{NAME}.Session"
    changed, nothing = (SESSION, PROPERTIES, "PropertiesChanged"), [session, {}, []]
    saver = ("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged")
    gnome = ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged")
    known: dict[str, tuple[tuple[str, str, str], list[object]]] = {
        "sleep": ((*manager, "PrepareForSleep"), [True]),
        "wake": ((*manager, "PrepareForSleep"), [False]),
        "lock": ((SESSION, session, "Lock"), []),
        "others": ((SESSION + "9", session, "Lock"), []),
        **{word: (changed, list(nothing)) for word in ("away", "back", "hint")},
        "saver": (saver, [True]),
        "light": (saver, [False]),
        "gnome": (gnome, [True]),
    }
    made = {}
    for word, (place, arguments) in known.items():
        made[word] = QDBusMessage.createSignal(*place)
        made[word].setArguments(arguments)
    return made


def main() -> int:
    qt = QCoreApplication(["fake"])
    system, login = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
    logind = Logind()
    system.registerVirtualObject("/org/freedesktop/login1", logind, QDBusConnection.VirtualObjectRegisterOption.SubPath)
    tell("ready" if system.registerService(NAME) else "refused")
    known = signals()

    def read() -> None:
        word = sys.stdin.readline().strip()
        if not word:
            qt.quit()
            return
        logind.active, logind.locked = word != "away", word == "hint"
        bus = login if word in {"saver", "gnome", "light"} else system
        bus.send(known[word])
        tell(word)

    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notifier.activated.connect(read)
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())
