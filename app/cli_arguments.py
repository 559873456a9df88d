"""The command line's grammar: every command and option, in words."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.domain.chart_names import NAMES
from app.domain.released import Stream
from app.services.ritual_reading import OUTCOMES

_MOST = 1_000_000

if TYPE_CHECKING:
    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # argparse names no public type


def parser() -> argparse.ArgumentParser:
    """The parser of `leeward`; names are fixed in the product's table of commands."""
    top = argparse.ArgumentParser(prog="leeward", description="A private journal. Without a command, the window opens.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _making(commands)
    _writing_and_reading(commands)
    _insight(commands)
    _outside(commands)
    _keeping(commands)
    return top


def _command(commands: Subcommands, name: str, says: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=says, description=says)


def _opens(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--vault", metavar="DIR", help="the vault's folder")
    command.add_argument("--person", metavar="NAME", help="whose passphrase it is; only has to match")
    command.add_argument(
        "--passphrase-stdin", action="store_true", help="read the passphrase from the first line of standard input"
    )
    return command


def _prints(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--json", action="store_true", help="print data as JSON")
    return command


def _making(commands: Subcommands) -> None:
    create = _opens(_command(commands, "create", "make a new vault with one person"))
    create.add_argument("--partner", metavar="NAME", help="the other person this journal speaks of, if any")
    sample = _command(commands, "demo", "make a sample vault with months of records; prints its passphrases")
    sample.add_argument("--vault", metavar="DIR", required=True, help="a folder that is new or empty")
    sample.add_argument("--months", type=int, default=9, choices=range(1, 10), metavar="1-9")
    sample.add_argument("--seed", type=int, default=1, help="the same seed gives the same passphrases")


def _writing_and_reading(commands: Subcommands) -> None:
    add = _opens(_command(commands, "add", "save one record from JSON"))
    add.add_argument("kind", metavar="KIND", help="see `kinds`")
    add.add_argument("--from", dest="source", metavar="FILE", default="-", help="a file, or - for standard input")
    moment = _opens(_command(commands, "moment", "note a small moment in a line of words"))
    moment.add_argument("what", choices=("turning-point", "good-thing", "setback", "new-moment"))
    moment.add_argument("--from", dest="source", metavar="FILE", default="-", help="a file, or - for standard input")
    moment.add_argument("--thread", metavar="ID", help="the thread it belongs to: its id, or the beginning of it")
    drop = _command(commands, "drop", "leave something in a locked vault; needs no passphrase")
    drop.add_argument("what", choices=("note", "tally", "trigger"))
    drop.add_argument("--vault", metavar="DIR", help="the vault's folder")
    drop.add_argument(
        "--from", dest="source", metavar="FILE", default="-", help="a note's words, or a trigger's answers as JSON"
    )
    drop.add_argument("--mark", choices=("circle", "square"), help="whose journal, where two people have one")
    _prints(_command(commands, "kinds", "each kind and its fields"))
    _prints(_command(commands, "practices", "the catalogue of practices"))
    listing = _prints(_opens(_command(commands, "list", "the newest records")))
    listing.add_argument("--kind", metavar="KIND")
    listing.add_argument("--limit", type=_count, default=50, metavar="N")
    show = _prints(_opens(_command(commands, "show", "one record")))
    show.add_argument("id", metavar="ID", help="its id, or the beginning of it")
    agreements = _prints(_opens(_command(commands, "agreements", "agreements and promises, and how they stand")))
    agreements.add_argument("--all", action="store_true", help="the retired ones too")
    _rituals(commands)
    search = _prints(_opens(_command(commands, "search", "records that hold these words")))
    search.add_argument("words", nargs="+", metavar="WORDS")
    search.add_argument("--limit", type=_count, default=30, metavar="N")
    share = _opens(_command(commands, "share", "move one record into the shared space; shows the exact words first"))
    share.add_argument("id", metavar="ID", help="its id, or the beginning of it")
    share.add_argument("--yes", action="store_true", help="the words are known; do not ask")
    _prints(_opens(_command(commands, "people", "the people of this journal, and the fingerprints of their keys")))


def _rituals(commands: Subcommands) -> None:
    rituals = _prints(_opens(_command(commands, "rituals", "what is due today, a tick for it, or one ritual's days")))
    rituals.add_argument("what", choices=("today", "tick", "history"), nargs="?", default="today")
    rituals.add_argument("id", metavar="ID", nargs="?", help="the ritual: its id, or the beginning of it")
    rituals.add_argument("--as", dest="outcome", choices=OUTCOMES, help="what the day was; done, if nothing is said")
    rituals.add_argument("--day", metavar="DATE", help="which day, YYYY-MM-DD; today, if nothing is said")
    rituals.add_argument("--all", action="store_true", help="this month's others, too")


def _insight(commands: Subcommands) -> None:
    trends = _prints(_opens(_command(commands, "trends", "what the numbers can say, and what they cannot")))
    trends.add_argument("--period", choices=("1", "3", "6", "12", "all"), default="6", help="months")
    trends.add_argument("--chart", choices=NAMES, metavar="NAME", help=f"one chart as a file: {', '.join(NAMES)}")
    trends.add_argument("--out", metavar="FILE", help="with --chart, a new file ending in .png, .svg or .csv")
    streams = _prints(_opens(_command(commands, "streams", "what the other may see while both are here, and what not")))
    streams.add_argument("what", choices=("list", "preview", "release", "withdraw"), nargs="?", default="list")
    names = tuple(stream.value for stream in Stream)
    streams.add_argument("stream", choices=names, nargs="?", metavar="STREAM", help=", ".join(names))
    streams.add_argument("--from", dest="since", metavar="DATE", help="whole weeks from here on, YYYY-MM-DD")
    streams.add_argument("--to", dest="until", metavar="DATE", help="and up to here; without it, each new week joins")
    review = _prints(
        _opens(_command(commands, "review", "the letter of the newest look at four weeks, or of a kept one"))
    )
    review.add_argument("id", metavar="ID", nargs="?", help="a kept look: its id, or the beginning of it")
    summary = _opens(_command(commands, "summary", "the page for a therapy session, as PDF or Markdown"))
    summary.add_argument("--from", dest="since", metavar="DATE", help="first day, YYYY-MM-DD")
    summary.add_argument("--to", dest="until", metavar="DATE", help="last day, YYYY-MM-DD")
    summary.add_argument("--out", required=True, metavar="FILE", help="a new file ending in .pdf, .md or .txt")
    summary.add_argument("--sections", metavar="LIST", type=lambda text: tuple(text.split(",")), help="comma separated")
    summary.add_argument(
        "--password-stdin", action="store_true", help="seal the PDF with the next line of standard input"
    )


def _outside(commands: Subcommands) -> None:
    export = _prints(_opens(_command(commands, "export", "take everything out, in a locked archive first of all")))
    export.add_argument("what", metavar="FORMAT", nargs="?", help="archive, json, markdown or csv; or a file")
    export.add_argument("--out", metavar="PATH", help="the new file, or the new folder for markdown and csv")
    how = export.add_mutually_exclusive_group()
    how.add_argument("--plain-json", action="store_true", help="the file as readable JSON")
    how.add_argument("--markdown", metavar="DIR", help="a new folder of text for eyes")
    how.add_argument("--csv", metavar="DIR", help="a new folder of tables for a spreadsheet")
    export.add_argument("--plain", action="store_true", help="agree that all but the archive can be read by anyone")
    export.add_argument("--history", action="store_true", help="every saved state, not only the newest")
    export.add_argument("--with-trash", action="store_true", help="what lies in the trash as well")
    export.add_argument("--with-attachments", action="store_true", help="added files with their content")
    export.add_argument("--with-other-person", action="store_true", help="what the other person shared, if they agree")
    export.add_argument("--phrase-stdin", action="store_true", help="the archive's phrase is asked for, or read next")
    bring = _prints(_opens(_command(commands, "import", "bring an export back: what is new of it, or nothing")))
    bring.add_argument("what", metavar="FILE", nargs="+", help="the file; a format may stand before it: leeward")
    bring.add_argument("--dry-run", action="store_true", help="only say what it would bring")
    bring.add_argument("--leave-out", action="store_true", help="leave out lines that cannot be taken")


def _keeping(commands: Subcommands) -> None:
    backup = _prints(_opens(_command(commands, "backup", "make a copy of everything, opened and checked")))
    backup.add_argument("--to", metavar="DIR", help="also lay it out in a new folder there: on a stick, say")
    backup.add_argument("--list", action="store_true", help="only list the copies there are")
    restore = _prints(_opens(_command(commands, "restore", "get a copy back; needs only the passphrase")))
    restore.add_argument("--id", metavar="ID", help="which copy; without it, the newest good one")
    how = restore.add_mutually_exclusive_group()
    how.add_argument("--list", action="store_true", help="only list the copies this passphrase opens")
    how.add_argument("--test", action="store_true", help="only open it and check all of it")
    how.add_argument("--readable", action="store_true", help="save what can still be read, as JSON and Markdown")
    restore.add_argument("--to", metavar="DIR", help="as a new vault in a new folder; the live one is not touched")
    restore.add_argument("--plain", action="store_true", help="agree that --readable can be read by anyone")
    _prints(_opens(_command(commands, "verify", "check every page, every revision and every projection")))
    _opens(_command(commands, "rebuild", "derive everything again from the revisions"))
    erase = _opens(_command(commands, "erase", "take your part away, with its copies here; waits a day"))
    erase.add_argument("--now", action="store_true", help="do not wait a day")
    erase.add_argument("--whole", action="store_true", help="the whole vault, when nobody else has a part in it")
    erase.add_argument("--cancel", action="store_true", help="take back what waits")
    erase.add_argument("--word", metavar="WORD", help="the word that is asked for")
    phrase = _opens(_command(commands, "passphrase", "change it; the new one is asked for after the present one"))
    phrase.add_argument("--new-keys", action="store_true", help="somebody may know it: change every key with it")
    recovery = _opens(_command(commands, "recovery", "make a recovery code, and type it back"))
    recovery.add_argument("--end", action="store_true", help="end the code there is")
    recovery.add_argument("--use", action="store_true", help="open with a code and choose a new passphrase")
    tour = _command(commands, "tour", "every screen of the sample vault as pictures; needs no display")
    tour.add_argument("--out", required=True, metavar="DIR")
    tour.add_argument("--theme", choices=("light", "dark"))
    tour.add_argument("--size", default="1280x800", type=_size, metavar="WxH")
    tour.add_argument("--lang", default="en")
    tour.add_argument("--only", default=(), nargs="+", metavar="NAME", help="only screens whose name begins so")
    bench = _prints(_command(commands, "bench", "measure speed and size on this computer"))
    bench.add_argument("--records", type=int, default=100_000, metavar="N")


def _count(text: str) -> int:
    """A number of entries to print."""
    number = int(text)
    if not 1 <= number <= _MOST:
        raise argparse.ArgumentTypeError(f"from 1 to {_MOST}")
    return number


def _size(text: str) -> str:
    """Width and height of a window in pixels, as `WxH`."""
    wide, _, high = text.partition("x")
    if not (wide.isdecimal() and high.isdecimal() and len(text) <= len("9999x9999") and int(wide) and int(high)):
        raise argparse.ArgumentTypeError("width x height, as 1280x800")
    return text
