"""The same summary as plain Markdown: for a screen reader, for pasting, for whoever cannot open a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.reports.covering import BLOCK, COVERED
from app.reports.document import NARRATIVE_LIMIT
from app.reports.summary import Answer, Cue, Helped, Log, Repair, Review, Summary, within

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$|[-+=])", re.MULTILINE)


def write(summary: Summary, *, limit: int = NARRATIVE_LIMIT) -> str:
    """The summary as Markdown, in the order of the pages; own words are quoted, covered places are small squares."""
    short = within(summary, limit)
    words = short.words
    blocks = [f"# {_escaped(words.title)}", _escaped(short.subtitle)]
    questions = list(_section(words.questions, (_quoted(line) for line in short.questions)))
    blocks += questions if short.questions_first else []
    blocks += _section(words.felt_safety, _felt_safety(short))
    blocks += _section(words.triggers, _triggers(short))
    blocks += _section(words.logs, (_log(log) for log in short.logs))
    blocks += _section(words.reviews, (block for review in short.reviews for block in _review(review)))
    blocks += _section(words.scores, (_escaped(line) for line in short.scores))
    for repair in short.repairs:
        blocks += _section(f"{words.repair_path} {repair.title}", _repair(repair))
    agreements = (f"{_quoted(one.wording)}\n\n{_escaped(one.reading)}" for one in short.agreements)
    blocks += _section(words.agreements, agreements)
    blocks += [] if short.questions_first else questions
    blocks += ["---", _escaped(f"{words.footer} {words.method}".strip())]
    return "\n\n".join(blocks) + "\n"


def _section(title: str, blocks: Iterable[str]) -> Iterator[str]:
    """A heading and its blocks; nothing at all when there are none."""
    inside = [block for block in blocks if block]
    if inside:
        yield f"## {_escaped(title)}"
        yield from inside


def _felt_safety(summary: Summary) -> Iterator[str]:
    if summary.chart is not None and summary.chart_alt:
        yield _escaped(summary.chart_alt)
    yield from (_escaped(line) for line in summary.verdicts)
    for week in summary.weeks:
        yield f"**{_escaped(week.label)}** {_escaped(week.level)}"
        yield _quoted(week.line)
    yield "\n".join(f"- {_escaped(f'{count.value} {count.label}')}" for count in summary.counts)


def _triggers(summary: Summary) -> Iterator[str]:
    if summary.triggers:
        head = [_cell(column) for column in summary.words.trigger_columns]
        rows = [[_cell(getattr(row, name)) for name in Cue.__struct_fields__] for row in summary.triggers]
        lines = [head, ["---"] * len(head), *rows]
        yield "\n".join("| " + " | ".join(line) + " |" for line in lines)
        yield _escaped(summary.trigger_note)
    if summary.trigger_chart is not None and summary.trigger_chart_alt:
        yield _escaped(summary.trigger_chart_alt)
    if summary.helped:
        head = [_cell(column) for column in summary.words.helped_columns]
        rows = [[_cell(getattr(row, name)) for name in Helped.__struct_fields__] for row in summary.helped]
        yield "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---"] * len(head), *rows])


def _log(log: Log) -> str:
    """One trigger: date and strength, the cue as a quotation, then question and answer line by line."""
    told = [f"**{_escaped(log.date)}** {_escaped(log.strength)}".rstrip(), _quoted(log.cue)]
    return "\n\n".join([*told, *_answers(log.answers)])


def _review(review: Review) -> Iterator[str]:
    """One letter with what was added to it."""
    yield f"**{_escaped(review.title)}**"
    yield from (_escaped(paragraph) for paragraph in review.said)
    yield from _answers(review.answers)


def _answers(answers: tuple[Answer, ...]) -> list[str]:
    """Question and answer line by line, as one block; none without answers."""
    lines = [f"- {_cell(f'{one.label}: {one.words}' if one.label else one.words)}" for one in answers]
    return ["\n".join(lines)] if lines else []


def _repair(repair: Repair) -> Iterator[str]:
    yield _escaped(repair.status)
    yield _quoted(repair.narrative)
    yield _escaped(repair.cut)


def _quoted(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n>\n".join(f"> {_escaped(line)}" for line in lines)


def _cell(text: str) -> str:
    return _escaped(" ".join(text.split()))


def _escaped(text: str) -> str:
    """The text with what Markdown would take as a command made literal."""
    safe = _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))
    return safe.replace(COVERED, BLOCK)
