"""The fault catalogue: what is tried under which number, and how often in a short and in a full run.

The numbers and aims are those of the security design, section 5. F9 and F10 belong to bundles between two computers and
come with them. A whole run without a single line for a number that is `due` fails (see tests/faults/table.py).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the catalogue; `short` and `full` are how many faults a run should try at least."""

    id: str
    title: str
    short: int
    full: int
    due: bool = True
    only_full: bool = False


CATALOGUE = (
    Fault("F1", "killed at a random moment", short=160, full=1600),
    Fault("F2", "power lost, replayed from the calls made", short=200, full=2000),
    Fault("F3", "bit flips: database, header, backup", short=1000, full=4500),
    Fault("F4", "cut short, emptied, doubled", short=100, full=300),
    Fault("F5", "pages and files exchanged, older ones put back", short=60, full=200),
    Fault("F6", "disk full, not writable, odd places, failing device", short=100, full=100),
    Fault("F7", "second instance, synced and replaced files", short=60, full=60),
    Fault("F8", "header fuzz and limits of key derivation", short=1000, full=20030),
    Fault("F9", "bundle fuzz", short=0, full=0, due=False),
    Fault("F10", "bundle semantics", short=0, full=0, due=False),
    Fault("F11", "merge histories", short=500, full=10000, due=False),
    Fault("F12", "published vectors and kept files", short=60, full=60),
    Fault("F13", "leak scan", short=1, full=1),
    Fault("F14", "files created, process after the lock", short=1, full=50),
    Fault("F15", "lock races", short=20, full=60),
    Fault("F16", "hygiene of logs and crashes", short=40, full=40),
    Fault("F17", "passphrases as typed", short=40, full=40),
    Fault("F18", "recovery codes with typos", short=1000, full=10000),
    Fault("F19", "backup and restore drill", short=20, full=20),
    Fault("F20", "one person's keys against the other's space", short=30, full=30),
    Fault("F21", "typing soak", short=0, full=1, due=False, only_full=True),
)
BY_ID = {fault.id: fault for fault in CATALOGUE}
