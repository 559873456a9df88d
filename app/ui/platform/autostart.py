"""Starting with the login: one small file or registry value that says nothing, written when asked and taken away again.

What is written is made by pure functions, a file per system: a desktop entry (freedesktop.org, "Desktop Application
Autostart Specification"), a launch agent (launchd.plist(5)), a value of the Run key ("Run and RunOnce Registry Keys").
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from subprocess import list2cmdline  # quotes; nothing is started here
from typing import Final, Protocol

from app.ui.platform.process import own_command

NAME: Final = "Leeward"
_ENTRY: Final = "leeward.desktop"
_AGENT: Final = "org.leeward.start.plist"
_RUN_KEY: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
_RESERVED: Final = frozenset(" \t\n\"'\\><~|&;$*?#()`")
"""Characters for which an argument of an Exec line is quoted."""


class Autostart(Protocol):
    """One system's way of starting a program with the login."""

    def is_on(self) -> bool:
        """Whether it is written down."""

    def switch(self, on: bool) -> bool:  # on or off
        """Write it or take it away; returns whether that is how it stands now."""


def desktop_entry(command: Sequence[str]) -> str:
    """The desktop entry that starts a command."""
    line = " ".join(_exec_argument(part) for part in command)
    return f"[Desktop Entry]\nType=Application\nVersion=1.0\nName={NAME}\nExec={line}\nTerminal=false\n"


def launch_agent(command: Sequence[str]) -> str:
    """The launch agent that starts a command once, at login."""
    parts = "".join(f"\n    <string>{escape(part, quote=False)}</string>" for part in command)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'
        '<plist version="1.0">\n<dict>\n'
        f"  <key>Label</key>\n  <string>{_AGENT.removesuffix('.plist')}</string>\n"
        f"  <key>ProgramArguments</key>\n  <array>{parts}\n  </array>\n"
        "  <key>RunAtLoad</key>\n  <true/>\n</dict>\n</plist>\n"
    )


def run_value(command: Sequence[str]) -> str:
    """The command line for the Run key, quoted as CommandLineToArgvW takes it apart."""
    return list2cmdline(command)


def start_command(environment: Mapping[str, str]) -> list[str]:
    """What starts this program at login; an AppImage by its own file, as the place it runs from goes when it ends."""
    image = environment.get("APPIMAGE", "")
    if image:
        return [image]
    program, arguments = own_command(None)
    return [program, *arguments]


class FileAutostart:
    """A small text file in a folder of the person's own."""

    def __init__(self, file: Path, text: str) -> None:
        self._file, self._text = file, text

    def is_on(self) -> bool:
        """See `Autostart.is_on`."""
        return self._file.is_file()

    def switch(self, on: bool) -> bool:  # on or off
        """See `Autostart.switch`. A folder that cannot be written leaves it as it was."""
        with contextlib.suppress(OSError):
            if on:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                fresh = self._file.with_suffix(".new")
                fresh.write_text(self._text, encoding="utf-8")
                fresh.replace(self._file)
            else:
                self._file.unlink(missing_ok=True)
        return self.is_on() is on


class RunKeyAutostart:
    """A value of the person's own Run key."""

    def __init__(self, value: str) -> None:
        self._value = value

    def is_on(self) -> bool:
        """See `Autostart.is_on`."""
        found = False
        if sys.platform == "win32":
            import winreg

            with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                winreg.QueryValueEx(key, NAME)
                found = True
        return found

    def switch(self, on: bool) -> bool:  # on or off
        """See `Autostart.switch`."""
        if sys.platform == "win32":
            import winreg

            with (
                contextlib.suppress(OSError),
                winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, _RUN_KEY, 0, winreg.KEY_SET_VALUE) as key,
            ):
                if on:
                    winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, self._value)
                else:
                    winreg.DeleteValue(key, NAME)
        return self.is_on() is on


def of_this_system(environment: Mapping[str, str] = os.environ, home: Path | None = None) -> Autostart:
    """This computer's own way."""
    at_home = home or Path.home()
    command = start_command(environment)
    folder = Path(environment.get("XDG_CONFIG_HOME") or at_home / ".config") / "autostart"
    found: Autostart = FileAutostart(folder / _ENTRY, desktop_entry(command))
    if sys.platform == "win32":
        found = RunKeyAutostart(run_value(command))
    elif sys.platform == "darwin":
        found = FileAutostart(at_home / "Library" / "LaunchAgents" / _AGENT, launch_agent(command))
    return found


def _exec_argument(part: str) -> str:
    """One argument of an Exec line: quoted where it has to be, and escaped twice, once as a string of the file."""
    doubled = part.replace("%", "%%")
    if not doubled or any(letter in _RESERVED for letter in doubled):
        for letter in '\\"`$':
            doubled = doubled.replace(letter, f"\\{letter}")
        doubled = f'"{doubled}"'
    return doubled.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
