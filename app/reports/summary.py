"""What a therapy summary says, before it has a form: ready words and numbers, nothing looked up any more.

Whoever builds one has already applied consent, chosen the period and written every label in the right language.
Covering (`app.reports.covering`) makes a second `Summary` out of this one; only that one reaches a page.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Paper = Literal["a4", "us-letter"]


class Words(msgspec.Struct, frozen=True):
    """The labels of the document in one language. Labels are the program's own and are never covered.

    `page_of` holds `{page}` and `{pages}`; `cut` holds `{count}`, the number of words left out; `covered` is what a
    screen reader says at a covered place. `trigger_columns`: cue, times, strength at first, usual move, what helped.
    `helped_columns`: what helped, by how much it eased, times.
    """

    title: str
    felt_safety: str
    triggers: str
    trigger_columns: tuple[str, str, str, str, str]
    repair_path: str
    agreements: str
    questions: str
    footer: str
    method: str
    page_of: str
    covered: str
    cut: str
    logs: str = ""
    helped_columns: tuple[str, str, str] = ("", "", "")
    reviews: str = ""
    scores: str = ""


class Week(msgspec.Struct, frozen=True):
    """The hardest or the easiest week: its dates, its level in words, and the one line chosen for it (own words)."""

    label: str
    level: str
    line: str = ""


class Count(msgspec.Struct, frozen=True):
    """One count since the last session, such as "11" "triggers written down"."""

    value: str
    label: str


class Cue(msgspec.Struct, frozen=True):
    """One row of the trigger table; every cell is ready text."""

    cue: str
    times: str
    at_first: str
    usual_move: str
    what_helped: str


class Helped(msgspec.Struct, frozen=True):
    """One thing that was tried often enough: by how much strength typically eased with it, and how often."""

    what: str
    eased: str
    times: str


class Answer(msgspec.Struct, frozen=True):
    """One question of a log with its answer; `own`: in the person's own words."""

    label: str
    words: str
    own: bool = False


class Log(msgspec.Struct, frozen=True):
    """One trigger in full: when, the cue in own words, how strong at first and after, and the chain as it was told."""

    date: str
    cue: str
    strength: str = ""
    answers: tuple[Answer, ...] = ()


class Repair(msgspec.Struct, frozen=True):
    """One thread the person chose to include: its title, where it stands, and its narrative or an excerpt."""

    title: str
    status: str
    narrative: str = ""
    cut: str = ""


class Review(msgspec.Struct, frozen=True):
    """One kept four-weekly look: its weeks, the paragraphs of its letter, and what the person added to it."""

    title: str
    said: tuple[str, ...]
    answers: tuple[Answer, ...] = ()


class Agreement(msgspec.Struct, frozen=True):
    """One agreement: its wording and one line on how it went."""

    wording: str
    reading: str


class Summary(msgspec.Struct, frozen=True):
    """One therapy summary.

    `subtitle` names people, period and who prepared it. `chart` is an SVG with outlined letters (`app.charts.export`);
    any words drawn in it must have passed `covering.Cover.plain` before, because a picture cannot be covered later.
    `scores` has a paragraph a questionnaire.
    `questions_first` puts what the person wants to ask before everything else: the one-minute page.
    """

    words: Words
    lang: str
    made_on: date
    subtitle: str
    questions: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    chart: bytes | None = None
    chart_alt: str = ""
    weeks: tuple[Week, ...] = ()
    counts: tuple[Count, ...] = ()
    triggers: tuple[Cue, ...] = ()
    trigger_note: str = ""
    trigger_chart: bytes | None = None
    trigger_chart_alt: str = ""
    helped: tuple[Helped, ...] = ()
    logs: tuple[Log, ...] = ()
    repairs: tuple[Repair, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    reviews: tuple[Review, ...] = ()
    scores: tuple[str, ...] = ()
    paper: Paper = "a4"
    questions_first: bool = True


def neutral_name(made_on: date, suffix: str = "pdf") -> str:
    """A file name that says nothing but the day, such as "summary-2026-05-14.pdf"."""
    return f"summary-{made_on.isoformat()}.{suffix}"


def cut_text(text: str, limit: int, sentence: str) -> tuple[str, str]:
    """The text within `limit` characters, ended at a word, and the sentence that states how many words are missing.

    Returns the whole text and an empty sentence when it fits.
    """
    if len(text) <= limit:
        return text, ""
    room = text[:limit]
    at = max(room.rfind(" "), room.rfind("\n"))
    kept = room[:at] if at > limit // 2 else room
    return kept.rstrip() + "\u2026", sentence.replace("{count}", str(len(text[len(kept) :].split())))


def within(summary: Summary, limit: int) -> Summary:
    """The same summary with every narrative cut to `limit` characters, each cut stated where it happens."""

    def shortened(repair: Repair) -> Repair:
        text, cut = cut_text(repair.narrative, limit, summary.words.cut)
        return msgspec.structs.replace(repair, narrative=text, cut=cut or repair.cut)

    def short(line: str) -> str:
        return cut_text(line, limit, "")[0]

    return msgspec.structs.replace(
        summary,
        repairs=tuple(shortened(repair) for repair in summary.repairs),
        questions=tuple(short(line) for line in summary.questions),
        logs=tuple(
            msgspec.structs.replace(
                log,
                cue=short(log.cue),
                answers=tuple(msgspec.structs.replace(one, words=short(one.words)) for one in log.answers),
            )
            for log in summary.logs
        ),
        reviews=tuple(
            msgspec.structs.replace(
                review,
                answers=tuple(msgspec.structs.replace(one, words=short(one.words)) for one in review.answers),
            )
            for review in summary.reviews
        ),
        weeks=tuple(msgspec.structs.replace(week, line=short(week.line)) for week in summary.weeks),
    )
