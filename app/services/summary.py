"""A summary for a session: what could go in, what was chosen, and the document made from it, all in memory."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np

from app.charts import export
from app.charts import trail as trail_chart
from app.charts.markers import Marker
from app.charts.plot import Caption
from app.charts.style import load_style
from app.data import keeping, reading, trend_rows
from app.data.durable_files import replace_file
from app.domain.errors import Code, RecordError
from app.domain.kinds.checkin import Checkin
from app.domain.kinds.injury import Injury
from app.domain.kinds.trigger import Trigger
from app.domain.records import RecordId
from app.domain.wording import label_for
from app.reports.covering import Cover
from app.reports.summary import Count, Repair, Summary, Words
from app.services import reach, summary_scores, trend_titles
from app.services.danger import Danger
from app.services.plans import Plans
from app.services.reviews import Reviews
from app.services.session import Session
from app.services.session_list import SessionList
from app.services.summary_choice import USUAL, Choice, Kept, Offer, Part, ThreadOffer, parts_named
from app.services.summary_logs import TriggerLogs
from app.services.summary_looks import looks
from app.services.summary_parts import TriggerTable, ends
from app.services.trend_labels import trail_labels
from app.services.trend_series import LONG_WINDOW_WEEKS, Period, day_count, load, months_before
from app.services.trend_words import TrendWords
from app.services.trends import PRIMARY, Trends, TrendsReport

USUAL_MONTHS = 3
MOST_THREADS = 60
CHART_PX = (642, 190)
KEPT, LAST_MADE = "summary.kept", "summary.last_made"
"""Settings of the vault."""
_STEPS = 8


class Summaries:
    """Everything the Summary page and `leeward summary` ask for."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # ------------------------------------------------------------------ choosing

    def choice(
        self, first: dt.date | None = None, last: dt.date | None = None, sections: tuple[str, ...] | None = None
    ) -> Choice:
        """A choice with what is usual for what is left open: three months up to today.

        Raises:
            RecordError: INVALID_RECORD for an unknown section.
        """
        until = last or dt.date.fromordinal(self._session.today())
        since = first or months_before(until, USUAL_MONTHS) + dt.timedelta(days=1)
        kept, span = self.kept(), (min(since, until).toordinal(), max(since, until).toordinal())
        return Choice(
            first=span[0],
            last=span[1],
            parts=self._usual(*span) if sections is None else parts_named(sections),
            questions=kept.questions,
            meant_for=kept.meant_for,
            words=kept.words,
            initials=kept.initials,
            phones=kept.phones,
        )

    def _usual(self, first: int, last: int) -> frozenset[Part]:
        """What is ticked at first: a letter only where somebody picked one on its own page."""
        return USUAL | {Part.REVIEWS} if Reviews(self._session).picked(first, last) else USUAL

    def offer(self, first: int, last: int) -> Offer:
        """What there is to include between two days (ordinals, both included)."""
        connection = self._session.connection
        made = keeping.setting(connection, LAST_MADE)
        held = Plans(self._session).last_held(self._session.today())
        return Offer(
            first=first,
            last=last,
            entries=len(load(connection, PRIMARY, first, last)),
            triggers=len(trend_rows.days_of_kind(connection, "trigger", first, last)),
            logs=len(trend_rows.strengths(connection, first, last)),
            markers=reach.own_between(self._session, "life_marker", first, last),
            threads=self.threads(),
            since_last=held if held is not None else int(made) + 1 if made else None,
            reviews=len(Reviews(self._session).kept(first, last)),
            picked=len(Reviews(self._session).picked(first, last)),
            scores=summary_scores.count(self._session, first, last),
        )

    def threads(self) -> tuple[ThreadOffer, ...]:
        """The threads that could go in, those changed last first: one's own, shared or not, never the other's."""
        found = []
        listed = SessionList(self._session).records()
        for thread in reach.own_newest(self._session, "injury", MOST_THREADS):
            body, record = thread.body, thread.id
            if isinstance(body, Injury):
                step = self._step(record)
                words = len((body.story or "").split())
                marked = body.for_therapy is True or record in listed
                found.append(ThreadOffer(record, body.heading(), step[0] if step else 0, words, marked))
        return tuple(found)

    def kept(self) -> Kept:
        """What was kept from the last time."""
        stored = keeping.setting(self._session.connection, KEPT)
        return msgspec.json.decode(stored, type=Kept) if stored else Kept()

    def keep(self, kept: Kept) -> None:
        """Remember whom it is for, what to ask and what to cover, inside the vault."""
        keeping.set_setting(self._session.connection, KEPT, msgspec.json.encode(kept).decode())

    def note_made(self) -> None:
        """A summary left the program today: "since last time" begins after it."""
        keeping.set_setting(self._session.connection, LAST_MADE, str(self._session.today()))

    # ------------------------------------------------------------------ making

    def build(self, choice: Choice) -> Summary:
        """The summary as chosen, with every covered word already taken out."""
        cover = choice.cover(self._session.person.name, self._session.partner)
        return cover.apply(self._uncovered(choice, cover))

    def pdf(self, choice: Choice, password: str | None = None) -> bytes:
        """The document, sealed with AES-256 when there is a password."""
        from app.reports import document, sealing  # their libraries would cost the start of the program

        made = document.pdf(self.build(choice)).pdf
        return sealing.sealed(made, password) if password else made

    def markdown(self, choice: Choice) -> str:
        """The same words as plain text."""
        from app.reports import markdown  # brings the same library along

        return markdown.write(self.build(choice))

    def preview(self, choice: Choice, dots_per_inch: float = 110.0) -> list[bytes]:
        """The pages as PNG pictures, in order; for the window and for the printer."""
        from app.reports import document  # its library would cost the start of the program

        return list(document.pages(self.build(choice), dots_per_inch=dots_per_inch))

    def export(self, choice: Choice, password: str, path: Path) -> None:
        """Put the sealed document in a file of the person's choosing.

        Raises:
            VaultError: NO_PERMISSION, DISK_FULL, WRITE_FAILED; RecordError: INVALID_RECORD without a password.
        """
        if not password:
            raise RecordError(Code.INVALID_RECORD, kind="summary", field="password", reason="required")
        replace_file(path, self.pdf(choice, password))
        self.note_made()

    def _uncovered(self, choice: Choice, cover: Cover) -> Summary:
        words = TrendWords(self._session.content, solo=self._session.solo, today=choice.last)
        days = choice.last - choice.first + 1
        period = Period.THREE_MONTHS if days < LONG_WINDOW_WEEKS * 5 else Period.SIX_MONTHS
        earliest = trend_rows.first_day_of(self._session.connection, PRIMARY)
        report = Trends(self._session).between(period, choice.first, choice.last, earliest)
        summary = Summary(
            words=self._words(words),
            lang=self._session.content.language,
            made_on=dt.date.fromordinal(self._session.today()),
            subtitle=self._subtitle(choice, words),
            questions=choice.questions if Part.QUESTIONS in choice.parts else (),
            repairs=self._repairs(choice, words),
            reviews=looks(self._session, choice.first, choice.last, words) if Part.REVIEWS in choice.parts else (),
            scores=self._scores(choice, words),
            paper=choice.paper,
        )
        if Part.SAFETY in choice.parts:
            summary = self._with_safety(summary, choice, report, cover)
        if choice.parts & {Part.TRIGGERS, Part.LOGS}:
            summary = self._with_triggers(summary, choice, words)
        return summary

    def _scores(self, choice: Choice, words: TrendWords) -> tuple[str, ...]:
        if Part.SCORES not in choice.parts:
            return ()
        return summary_scores.lines(self._session, choice.first, choice.last, words)

    def _subtitle(self, choice: Choice, words: TrendWords) -> str:
        written = load(self._session.connection, PRIMARY, choice.first, choice.last).days
        partner, name = self._session.partner, self._session.person.name
        who = words.say("report.two", first=name, second=partner) if partner else words.say("report.alone", name=name)
        parts = [
            who,
            words.say("report.period", start=words.full_date(choice.first), end=words.full_date(choice.last)),
            words.say("report.days", n=day_count(written), total=choice.last - choice.first + 1),
            words.say("report.prepared", name=name),
            words.say("report.meant_for", name=choice.meant_for) if choice.meant_for else "",
        ]
        return f" {words.plain('report.between')} ".join(part for part in parts if part)

    def _with_safety(self, summary: Summary, choice: Choice, report: TrendsReport, cover: Cover) -> Summary:
        words, card = report.words, report.safety
        verdicts = [card.sentence, *card.notes]
        if report.trust.data is not None:
            trust = words.verdict(report.trust.verdicts[0], words.measure("trust"), report.trust.span)
            verdicts.append(trust)
        if report.are.data is not None:
            title = report.are.alternative.what.rstrip(".")
            verdicts.append(words.say("report.measure", name=title, value=report.are.sentence))
        changes: dict[str, object] = {"verdicts": tuple(verdicts)}
        if card.data is not None:
            known = card.data.line[np.isfinite(card.data.line)]
            if len(known) and card.level is not None:
                middle = np.percentile(card.data.entry_values, (25, 75))
                said = words.say(
                    "report.typical",
                    level=words.number(card.level),
                    first=words.number(float(known[0])),
                    q1=words.number(float(middle[0])),
                    q3=words.number(float(middle[1])),
                )
                changes["verdicts"] = (said, *verdicts)
            changes |= {"chart": self._chart(report, choice, cover), "chart_alt": card.alternative.text}
        entries = load(self._session.connection, PRIMARY, choice.first, choice.last)
        lines = self._lines(choice) if Part.LINES in choice.parts else []
        changes["weeks"] = ends(entries, choice.first, choice.last, lines, words)
        return msgspec.structs.replace(summary, **changes)

    def _chart(self, report: TrendsReport, choice: Choice, cover: Cover) -> bytes | None:
        """The felt-safety chart as SVG. Words in a picture cannot be covered later, so markers pass the cover now."""
        data = report.safety.data
        if data is None:
            return None
        wanted = Part.MARKERS in choice.parts
        shown = trend_titles.markers(self._session, choice.first, choice.last, own=True) if wanted else ()
        markers = tuple(Marker(marker.day, cover.plain(marker.text)) for marker in shown)
        plot = trail_chart.plot(
            replace(data, markers=markers),
            trail_labels(report.words, report.safety.level, weekly=data.is_weekly),
            Caption(report.words.measure(PRIMARY), report.safety.sentence, str),
        )
        return export.svg(plot, load_style(ground="paper"), *CHART_PX)

    def _with_triggers(self, summary: Summary, choice: Choice, words: TrendWords) -> Summary:
        connection = self._session.connection
        logs = [
            (day, body)
            for day, stored in reading.bodies(connection, "trigger", choice.first, choice.last)
            if isinstance(body := self._session.kinds.decode("trigger", stored), Trigger)
        ]
        table, each = TriggerTable(logs, self._session, words), TriggerLogs(logs, self._session, words)
        settled = sum(log.is_settled for _, log in logs)
        new = reach.own_between(self._session, "new_experience", choice.first, choice.last)
        counts = [("triggers", len(logs)), ("settled", settled), ("new", new)]
        return msgspec.structs.replace(
            summary,
            triggers=table.grouped(),
            trigger_note=table.note(),
            trigger_chart=each.timeline(choice.first, choice.last),
            trigger_chart_alt=each.timeline_alt(choice.first, choice.last),
            helped=each.helped(),
            logs=each.every() if Part.LOGS in choice.parts else (),
            counts=tuple(Count(str(n), words.say(f"report.count.{key}", n=n)) for key, n in counts),
        )

    def _lines(self, choice: Choice) -> list[tuple[int, Checkin]]:
        stored = reading.bodies(self._session.connection, "checkin", choice.first, choice.last)
        decoded = ((day, self._session.kinds.decode("checkin", body)) for day, body in stored)
        return [(day, body) for day, body in decoded if isinstance(body, Checkin)]

    def _repairs(self, choice: Choice, words: TrendWords) -> tuple[Repair, ...]:
        wanted = choice.threads
        if not wanted and Part.THREADS in choice.parts:
            danger = Danger(self._session)  # what marks danger goes in by name only
            marked = (thread.record for thread in self.threads() if thread.marked)
            wanted = tuple(record for record in marked if not danger.marks(record))
        found = []
        for record in wanted:
            thread = reach.own(self._session, record)
            if thread is None or not isinstance(thread.body, Injury):
                continue
            told = record in choice.narratives or (Part.NARRATIVES in choice.parts and not choice.narratives)
            story = (thread.body.story or "") if told else ""
            found.append(Repair(thread.body.heading(), self._status(record, words), story))
        return tuple(found)

    def _step(self, record: RecordId) -> tuple[int, int] | None:
        """Number and day of the newest step noted on a thread's path."""
        for entry in reach.linked(self._session, record, "path_step"):
            if entry.author == self._session.person.id:
                found = reading.of_record(reach.at(self._session, shared=entry.shared), entry.id, "injury.step")
                return (int(found.values[-1]), entry.day) if found.values else None
        return None

    def _status(self, record: RecordId, words: TrendWords) -> str:
        step = self._step(record)
        if step is None:
            return words.plain("report.step.none")
        items = self._session.content.lists["path_steps"].items
        name = next((label_for(item, solo=words.solo) for item in items if item.value == step[0]), "")
        return words.say("report.step.at", now=step[0], total=_STEPS, name=name, date=words.date(step[1]))

    def _words(self, words: TrendWords) -> Words:
        column = "report.column."
        today = words.full_date(self._session.today())
        return Words(
            title=words.plain("report.title"),
            felt_safety=words.measure(PRIMARY),
            triggers=words.plain("report.triggers"),
            trigger_columns=(
                words.plain(f"{column}cue"),
                words.plain(f"{column}times"),
                words.plain(f"{column}peak"),
                words.plain(f"{column}move"),
                words.plain(f"{column}helped"),
            ),
            logs=words.plain("report.log.title"),
            helped_columns=(
                words.plain(f"{column}helped"),
                words.plain("report.helped.eased"),
                words.plain(f"{column}times"),
            ),
            repair_path=words.plain("report.repair_path"),
            reviews=words.plain("report.reviews"),
            scores=words.plain("report.scores.title"),
            agreements=words.plain("report.agreements"),
            questions=words.plain("report.questions"),
            footer=words.plain("report.footer"),
            method=words.say("report.method", date=today),
            page_of=words.say("report.page_of", now="{page}", total="{pages}"),
            covered=words.plain("report.covered"),
            cut=words.say("report.cut", n="{count}"),
        )
