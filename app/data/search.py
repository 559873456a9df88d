"""Find words in everything written: every word must occur, the last one may be unfinished, quotes keep words together.

Ranking is bm25 with the title weighted, among the newest matches. The bound keeps the answer as fast after years of
writing as in the first week; older matches follow page by page.
"""

from __future__ import annotations

import re

import msgspec

from app.data.connection import Connection
from app.domain.records import RecordId

CANDIDATES = 160
"""How many of the newest matches are ranked against each other."""

OPEN, CLOSE = "\x02", "\x03"
"""Marks around a found word in a snippet; characters that no text can contain."""

_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w", re.UNICODE)


class Hit(msgspec.Struct, frozen=True):
    """One record that matches: where it stands and the words around the match, with `OPEN` and `CLOSE` marks."""

    id: RecordId
    kind: str
    day: int
    instant_ms: int
    title: str
    snippet: str
    number: int


def expression(query: str) -> str:
    """The FTS5 expression for what somebody typed; empty when there is nothing to look for.

    Operators and brackets a person types are words to them, so everything is quoted.
    """
    pieces = [(quoted or bare, bool(quoted)) for quoted, bare in _PIECE.findall(query.replace("\x00", " "))]
    pieces = [(text, quoted) for text, quoted in pieces if _WORD.search(text)]
    terms = ['"' + text.replace('"', '""') + '"' for text, _ in pieces]
    if terms and not pieces[-1][1] and not query[-1:].isspace():
        terms[-1] += "*"
    return " AND ".join(terms)


def search(connection: Connection, query: str, *, limit: int = 30, below: int | None = None) -> list[Hit]:
    """The best of the newest matches, best first.

    Args:
        connection: an open space.
        query: as typed.
        limit: most hits to return.
        below: go on with matches whose row number is smaller (the smallest number of the page before).
    """
    terms = expression(query)
    if not terms:
        return []
    upper = below if below is not None else 1 << 62
    floor = connection.execute(
        "SELECT min(rowid), count(*) FROM"
        " (SELECT rowid FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?)",
        (terms, upper, CANDIDATES),
    ).fetchone()
    if not floor[1]:
        return []
    rows = connection.execute(
        "SELECT r.id, r.kind, r.day, r.instant, r.title, h.snippet, r.number FROM (SELECT rowid AS number, rank AS score,"
        " snippet(search, -1, ?, ?, '…', 16) AS snippet FROM search"
        " WHERE search MATCH ? AND rowid >= ? AND rowid < ?"
        " AND rank MATCH 'bm25(6.0, 1.0, 2.0)' ORDER BY rank LIMIT ?) h JOIN record r ON r.number = h.number"
        " ORDER BY h.score",
        (OPEN, CLOSE, terms, floor[0], upper, limit),
    )
    return [Hit(*row) for row in rows]
