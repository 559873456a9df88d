"""Find words in everything written: every word must occur, the last one may be unfinished, quotes keep words together.

The newest matches are read from the index and ranked against each other by BM25F (Robertson, Zaragoza and Taylor 2004):
how often the words occur, a title weighing more, set against length. The weight of rare words is left out, since
every match holds every word. The bound on how many are ranked keeps the answer as fast after years as in the first
week; older matches follow page by page.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import islice

import msgspec

from app.data.connection import Connection
from app.domain.lettering import CLOSE, CUT, OPEN, asked, ends_cut, restored, says_something
from app.domain.records import RecordId

CANDIDATES = 120
"""How many of the newest matches are ranked against each other."""

RECENT = 8_000
"""Rows looked through first. Only when they hold less than a page of matches, the whole journal is."""

LONG_TEXT = 10_000
"""Characters up to which the engine is asked for the best place to quote; in longer texts the first place is quoted.
Its work grows with the square of the matches: one word said 30,000 times in one text would take it ten seconds.
Nor is it asked in texts that are cut into letters: it quotes sixteen of what it takes for words."""

_BEFORE, _AFTER = 60, 160
_FEW = 100
"""Up to so many records a filter leaves are each asked whether they match; of more, the matches are walked."""

TITLE_WEIGHT, TAG_WEIGHT = 6.0, 2.0
SATURATION, LENGTH_SHARE, USUAL_LENGTH = 1.2, 0.75, 400.0
"""BM25's k1 and b, and the length in characters that counts as usual."""

_PIECE = re.compile(r'"([^"]*)"|(\S+)')


class Hit(msgspec.Struct, frozen=True):
    """One record that matches: where it stands and the words around the match, with `OPEN` and `CLOSE` marks."""

    id: RecordId
    kind: str
    day: int
    instant_ms: int
    title: str
    snippet: str
    number: int
    score: float = 0.0
    shared: bool = False
    tagged: bool = False
    """How well it fits among the matches of one search; whether it stands in the space for two; whether the snippet
    shows chosen answers by their ids."""


class Query(msgspec.Struct, frozen=True):
    """What somebody typed, as FTS5 expressions: all words whole, and with the last one as a beginning (or None)."""

    whole: str
    begun: str | None


def erase_on_delete(connection: Connection) -> None:
    """Let words that are deleted leave the index at once, where the engine can (ours always can)."""
    with contextlib.suppress(Exception):  # the standard library's SQLite, used for comparison only, may predate it
        connection.execute("INSERT INTO search (search, rank) VALUES ('secure-delete', 1)")


def renew(connection: Connection) -> None:
    """Throw the index away and make an empty one: deleting row by row would take a hundred times as long."""
    row = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'search'").fetchone()
    connection.execute("DROP TABLE search")
    connection.execute(str(row[0]))
    erase_on_delete(connection)


def parse(typed: str) -> Query | None:
    """The query for what somebody typed; None when there is no word in it.

    Operators and brackets a person types are words to them, so everything is quoted.
    """
    readable = typed.replace("\x00", " ").encode("utf-8", "replace").decode()  # a terminal may hand over half letters
    pieces = [(asked(quoted or bare), bool(quoted)) for quoted, bare in _PIECE.findall(readable)]
    pieces = [(text, quoted) for text, quoted in pieces if says_something(text)]
    if not pieces:
        return None
    terms = ['"' + text.replace('"', '""') + '"' for text, _ in pieces]
    whole = " AND ".join(terms)
    unfinished = not pieces[-1][1] and not typed[-1:].isspace() and not ends_cut(pieces[-1][0])
    return Query(whole, whole + "*" if unfinished else None)


def search(
    connection: Connection,
    typed: str,
    *,
    limit: int = 30,
    below: int | None = None,
    among: AbstractSet[int] | None = None,
) -> list[Hit]:
    """The best of the newest matches, best first.

    Args:
        connection: an open space.
        typed: what to look for.
        limit: most hits to return.
        below: go on with matches whose row number is smaller (the smallest number of the page before).
        among: row numbers a filter leaves; None for all. A page is as full as with no filter.
    """
    query = parse(typed)
    if query is None or (among is not None and not among):
        return []
    newest = int(connection.execute("SELECT max(number) FROM record").fetchone()[0] or 0)
    above = -below if below is not None else -newest - 1
    looks = [(terms, until) for terms in (query.whole, query.begun) if terms for until in (above + RECENT, 0)]
    if among is None:
        terms, until = next((look for look in looks[:-1] if _fills(connection, look, above, limit)), looks[-1])
        found = _newest(connection, terms, above, until)
    else:
        found = _newest_among(connection, query, above, among, limit)
    best = sorted(found, key=lambda candidate: (-candidate.score, candidate.row))[:limit]
    return _hits(connection, best)


class _Candidate(msgspec.Struct, frozen=True):
    """A match: `quote` is the place to quote, or all of the text with the title before it when `whole`."""

    row: int
    score: float
    quote: str
    title: str
    whole: bool
    tags: str


def _fills(connection: Connection, look: tuple[str, int], above: int, limit: int) -> bool:
    """Whether a page of matches is there; cheap, since nothing is ranked and no snippet cut."""
    row = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM search"
        " WHERE search MATCH ? AND rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?)",
        (look[0], above, look[1], limit),
    ).fetchone()
    return bool(row[0] >= limit)


_QUOTED = "length(words) <= ?7 AND instr(words, ?8) = 0"
_RANKED = (
    "SELECT rowid, length(title) + length(words), length(highlight(search, 0, ?1, '')) - length(title),"
    " length(highlight(search, 2, ?1, '')) - length(tags), highlight(search, 0, ?1, ?2), tags,"
    f" CASE WHEN {_QUOTED} THEN length(highlight(search, 1, ?1, '')) - length(words) END,"
    f" CASE WHEN {_QUOTED} THEN snippet(search, -1, ?1, ?2, '…', 16) ELSE highlight(search, 1, ?1, ?2) END"
    " FROM search WHERE search MATCH ?3 AND rowid > ?4 AND rowid <= ?5{} ORDER BY rowid LIMIT ?6"
)


def _newest(connection: Connection, terms: str, above: int, until: int) -> list[_Candidate]:
    bound = (OPEN, CLOSE, terms, above, until, CANDIDATES, LONG_TEXT, CUT)
    return [_candidate(*row) for row in connection.execute(_RANKED.format(""), bound)]


def _newest_among(
    connection: Connection, query: Query, above: int, among: AbstractSet[int], limit: int
) -> list[_Candidate]:
    """The newest matches that a filter leaves: matches are walked by number alone, rows are read of what is ranked."""
    oldest = -min(among)
    terms, rows = query.whole, _walked(connection, query.whole, above, oldest, among)
    if len(rows) < limit and query.begun:
        terms, rows = query.begun, _walked(connection, query.begun, above, oldest, among)
    if not rows:
        return []
    bound = (OPEN, CLOSE, terms, rows[0] - 1, rows[-1], CANDIDATES, LONG_TEXT, CUT)
    chosen = f" AND +rowid IN ({','.join(map(str, rows))})"
    return [_candidate(*row) for row in connection.execute(_RANKED.format(chosen), bound)]


def _walked(connection: Connection, terms: str, above: int, oldest: int, among: AbstractSet[int]) -> list[int]:
    """Index rows of the newest matches among some records, in the order of the index."""
    if len(among) <= _FEW:
        rows: Iterable[tuple[int]] = (
            row
            for number in sorted(among, reverse=True)
            if -number > above
            for row in connection.execute(
                "SELECT rowid FROM search WHERE search MATCH ? AND rowid = ?", (terms, -number)
            )
        )
    else:
        rows = connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid > ? AND rowid <= ? ORDER BY rowid",
            (terms, above, oldest),
        )
    return list(islice((row[0] for row in rows if -row[0] in among), CANDIDATES))


def _candidate(
    row: int, length: int, in_title: int, in_tags: int, title: str, tags: str, in_words: int | None, marked: str
) -> _Candidate:
    """`in_words` is None for a text that is all in `marked`; else that is the place to quote."""
    frequency = marked.count(OPEN) if in_words is None else in_words
    return _Candidate(
        row, _score(in_title, frequency, in_tags, length), marked, title, in_words is None, tags if in_tags else ""
    )


def _quote(candidate: _Candidate) -> str:
    """The words around a match as they were written, between marks."""
    words = restored(candidate.quote)
    if not candidate.whole:
        return words
    in_title = OPEN in candidate.title and OPEN not in words and len(words) <= LONG_TEXT
    return _first_place(restored(candidate.title) if in_title else words)


def _is_tagged(candidate: _Candidate) -> bool:
    """Whether the engine quotes from the chosen answers, whose words are their ids."""
    if not candidate.tags or candidate.whole:
        return False
    said = candidate.quote.replace(OPEN, "").replace(CLOSE, "").strip("…")
    return said in candidate.tags and said not in candidate.title


def _first_place(marked: str) -> str:
    """The first match with the words around it; what the text begins with where the words stand nowhere in it."""
    before, _, rest = marked.partition(OPEN)
    if not rest:
        return before if len(before) <= _AFTER else _begun(before[:_AFTER]) + "…"
    found, _, after = rest.partition(CLOSE)
    if len(before) > _BEFORE:
        last = before[-_BEFORE:]
        before = "…" + (last.partition(" ")[2] or last)
    if len(after) > _AFTER:
        after = _begun(after[:_AFTER])
        after = after[: after.rfind(OPEN)] if after.rfind(OPEN) > after.rfind(CLOSE) else after
        after += "…"
    return f"{before}{OPEN}{found}{CLOSE}{after}"


def _begun(text: str) -> str:
    """Without the last word, which is cut; where no gap stands between words, all of it."""
    return text.rpartition(" ")[0] or text


def _score(in_title: int, in_words: int, in_tags: int, length: int) -> float:
    frequency = TITLE_WEIGHT * in_title + in_words + TAG_WEIGHT * in_tags
    return frequency / (frequency + SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH))


def _hits(connection: Connection, best: list[_Candidate]) -> list[Hit]:
    rows = connection.execute(
        f"SELECT number, id, kind, day, instant, title FROM record WHERE number IN ({','.join('?' * len(best))})",
        [-candidate.row for candidate in best],
    )
    found = {row[0]: row for row in rows}
    hits = []
    for candidate in best:
        number, record, kind, day, instant_ms, title = found[-candidate.row]
        hit = Hit(RecordId(record), kind, day, instant_ms, title, _quote(candidate), number, candidate.score)
        hits.append(msgspec.structs.replace(hit, tagged=True) if _is_tagged(candidate) else hit)
    return hits
