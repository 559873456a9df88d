"""Starting with the login: what is written on each system, as text, and that nothing of it stays."""

from __future__ import annotations

import plistlib
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.platform.autostart import (
    FileAutostart,
    desktop_entry,
    launch_agent,
    of_this_system,
    run_value,
    start_command,
)

ARGUMENTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f"), min_size=1)


def test_a_desktop_entry_says_the_neutral_name_and_the_command() -> None:
    assert desktop_entry(["/opt/leeward/leeward"]) == (
        "[Desktop Entry]\nType=Application\nVersion=1.0\nName=Leeward\nExec=/opt/leeward/leeward\nTerminal=false\n"
    )


@pytest.mark.parametrize(
    "part, written",
    [
        ("/home/n/My Apps/leeward", '"/home/n/My Apps/leeward"'),
        ("100%", "100%%"),
        ('a"b', '"a\\\\"b"'),
        ("a$b", '"a\\\\$b"'),
        ("a\\b", '"a\\\\\\\\b"'),
        ("", '""'),
    ],
)
def test_arguments_of_an_exec_line_are_quoted_as_the_specification_says(part: str, written: str) -> None:
    """Desktop Entry Specification, "The Exec key": quoting first, then the escapes of any string of the file."""
    assert f"Exec={written}\n" in desktop_entry([part])


def _arguments(line: str) -> list[str]:
    """An Exec line taken apart again: quoted arguments, with four letters escaped in them, and plain ones."""
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|([^ ]+)', line)
    parts = [re.sub(r'\\(["`$\\])', r"\1", quoted) if quoted or not plain else plain for quoted, plain in found]
    return [part.replace("%%", "%") for part in parts]


@given(st.lists(ARGUMENTS, min_size=1, max_size=3))
def test_an_exec_line_gives_back_its_arguments(command: list[str]) -> None:
    line = next(row for row in desktop_entry(command).split("\n") if row.startswith("Exec=")).removeprefix("Exec=")

    assert _arguments(line.replace("\\\\", "\\")) == command


@given(st.lists(ARGUMENTS, min_size=1, max_size=3))
def test_a_launch_agent_is_a_property_list_with_the_command(command: list[str]) -> None:
    found = plistlib.loads(launch_agent(command).encode())

    assert found == {"Label": "org.leeward.start", "ProgramArguments": command, "RunAtLoad": True}


@pytest.mark.parametrize(
    "command, value",
    [
        ([r"C:\Leeward\leeward.exe"], r"C:\Leeward\leeward.exe"),
        ([r"C:\Program Files\leeward.exe", "--vault", r"D:\my vault" + "\\"],
         '"C:\\Program Files\\leeward.exe" --vault "D:\\my vault\\\\"'),
        (['say "hi"'], '"say \\"hi\\""'),
        ([""], '""'),
    ],
)  # fmt: skip
def test_a_run_value_is_quoted_as_windows_takes_it_apart(command: list[str], value: str) -> None:
    assert run_value(command) == value


def test_a_file_is_written_when_asked_and_taken_away_again(tmp_path: Path) -> None:
    made = FileAutostart(tmp_path / "autostart" / "leeward.desktop", desktop_entry(["leeward"]))
    assert not made.is_on()
    assert made.switch(True) and made.is_on()
    assert [path.name for path in (tmp_path / "autostart").iterdir()] == ["leeward.desktop"]
    assert made.switch(False) and not made.is_on()
    assert made.switch(False)
    assert list((tmp_path / "autostart").iterdir()) == []


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "autostart"
    blocked.write_text("a file in the way", encoding="utf-8")
    assert not FileAutostart(blocked / "leeward.desktop", "").switch(True)


@pytest.mark.skipif(sys.platform != "linux", reason="the place of a desktop entry")
def test_on_linux_it_stands_where_the_desktop_looks(tmp_path: Path) -> None:
    made = of_this_system({"XDG_CONFIG_HOME": str(tmp_path)}, tmp_path)
    made.switch(True)
    assert (tmp_path / "autostart" / "leeward.desktop").is_file()
    other = of_this_system({}, tmp_path)
    assert not other.is_on()
    other.switch(True)
    assert (tmp_path / ".config" / "autostart" / "leeward.desktop").is_file()


def test_an_appimage_is_started_by_its_own_file() -> None:
    assert start_command({"APPIMAGE": "/home/n/Leeward.AppImage"}) == ["/home/n/Leeward.AppImage"]
    assert start_command({}) == start_command({"APPIMAGE": ""})
    assert Path(start_command({})[0]).is_absolute()
