"""One call of the program from a shell: its options, its streams, and how it speaks, asks and opens a journal."""

from __future__ import annotations

import argparse
import getpass
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from app import cli_keeping, cli_keys, paths
from app.domain import content as content_pack
from app.domain.errors import Code, RecordError, VaultError
from app.services import vaults
from app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Outside:
    """What a command reaches beyond the services: the streams, and what only the window's side can do."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    tour: Callable[[argparse.Namespace], list[Path]]
    bench: Callable[[argparse.Namespace], int]


class Call:
    """What every command is given. `say`, `json`, `ask` and `secret` are the only ways in which one talks."""

    def __init__(self, options: argparse.Namespace, outside: Outside) -> None:
        """Raises LeewardError when the words of the program cannot be read."""
        self.options = options
        self.outside = outside
        self.content = content_pack.load(paths.resources() / "content")

    @property
    def speaking(self) -> cli_keeping.Speaking:
        """The ways of talking alone, for commands that open no journal by themselves."""
        return cli_keeping.Speaking(self.say, self.json, self.secret)

    def say(self, text: str) -> None:
        """A line out."""
        print(text, file=self.outside.stdout)

    def json(self, value: object) -> int:
        """A value out, as JSON; returns the exit status."""
        self.say(json.dumps(value, ensure_ascii=False, indent=2))
        return 0

    def ask(self, question: str) -> str:
        """A question on standard error, so that output stays clean; the answer with its end of line."""
        print(question, end="", file=self.outside.stderr, flush=True)
        return self.outside.stdin.readline()

    def secret(self, prompt: str) -> str:
        """A passphrase, asked without showing it, or the next line of standard input."""
        if self.options.passphrase_stdin:
            return self.outside.stdin.readline().rstrip("\r\n")
        return getpass.getpass(prompt, stream=self.outside.stderr)

    def read(self, kind: str) -> str:
        """The whole text of `--from`, meant for a record of `kind`.

        Raises:
            RecordError: IMPORT_REFUSED with `reason` unreadable_file or not_text.
        """
        source = self.options.source
        try:
            return self.outside.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        except OSError as error:
            raise RecordError(Code.IMPORT_REFUSED, reason="unreadable_file", kind=kind) from error
        except ValueError as error:
            raise RecordError(Code.IMPORT_REFUSED, reason="not_text", kind=kind) from error

    def vault(self) -> Path:
        """The folder that was named; an empty name is a slip in a script, not a wish for the usual place."""
        named = self.options.vault
        if named is None:
            return paths.default_vault()
        if not named or "\0" in named:
            raise VaultError(Code.NO_VAULT)
        return Path(named)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The journal, open for as long as the command needs it."""
        cli_keys.wait_turn(self.vault(), self.outside.stderr)
        desk = vaults.unlock(self.vault(), self.secret("Passphrase: "), self.options.person, content=self.content)
        try:
            yield desk
        finally:
            desk.close()
