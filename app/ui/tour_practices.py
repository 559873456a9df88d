"""The tour's stops through the catalogue: every practice's form filled in, and the same words opened for reading.

A practice that opens Calm or a page of its own is shown there. The words are written into a copy of the sample, so
that every other stop finds its journal as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, Protocol

from app.domain.fields import FieldType, Kind
from app.domain.practices import Practice
from app.domain.records import Clock, RecordId
from app.services import reach, sample
from app.services.desk import Desk
from app.services.placing import home_of
from app.services.practice_words import DAY, EARLIER, ME, NAME, OTHER, OWN
from app.services.practices import kept_as
from app.ui.main_window import MainWindow
from app.ui.screens.record_form.surface import open_record_form
from app.ui.screens.worksheets.printing import Paper, PrintSurface
from app.ui.tour_stops import Stop
from app.ui.widgets.cover import CoverView

_SETTLE_MS: Final = 90
_EVENING: Final = dt.time(19, 20)
_NOBODY: Final[tuple[object, ...]] = ("", [], {})
_ON_PAGES: Final = {"checkin": "today", "injury": "injuries", "path_step": "injuries"}
"""Kinds that are written on a page of their own."""
IN_SMALL: Final = ("read-me-answer-me", "windows-and-walls", "our-usual-loop", "three-depths-of-trust")
"""Practices whose reading view is pictured in a small window, in large text and in the dark too."""


class Touring(Protocol):
    """What these stops ask of the tour."""

    def at(self, desk: Desk) -> MainWindow:
        """This person's journal as it stands in the window, with nothing over its page."""


class Practices:
    """Makes the stops; `desk` opens the copy once the first of them is reached."""

    def __init__(
        self, tour: Touring, catalogue: tuple[Practice, ...], desk: Callable[[], Desk], prefix: str = "practice"
    ) -> None:
        self._tour, self._catalogue, self._make, self._prefix = tour, catalogue, desk, prefix
        self._opened: Desk | None = None
        self._records: dict[str, RecordId] = {}

    def stops(self) -> list[Stop]:
        """Where to go, in the order of the catalogue."""
        stops = []
        for practice in self._catalogue:
            name = f"{self._prefix}-{practice.id}"
            stops.append(Stop(f"{name}-form", partial(self._form, practice), _SETTLE_MS))
            if _kind_read(practice) in OWN:
                stops.append(Stop(f"{name}-read", partial(self._read, practice), _SETTLE_MS))
        again = [practice for practice in self._catalogue if practice.id in IN_SMALL and self._prefix == "practice"]
        for practice in again:
            name, arrive = f"practice-{practice.id}-read", partial(self._read, practice)
            stops.append(Stop(f"{name}-1024x700", arrive, _SETTLE_MS, 1024, 700))
            stops.append(Stop(f"{name}-text-200", arrive, _SETTLE_MS, text_scale=2.0))
        if again:
            stops.append(Stop("practice-on-paper", partial(self._paper, again[0]), _SETTLE_MS))
        return stops

    # ------------------------------------------------------------------------------------------------- arriving

    def _form(self, practice: Practice) -> None:
        session = self._here()
        sort, _ = practice.target
        kind = kept_as(practice)
        if sort == "calm":
            session.calm()
        elif sort == "vocabulary" or kind is None:
            session.go("repair", practice.id)
        elif kind == "trigger":
            session.log_trigger(self._record(kind))
        elif kind in _ON_PAGES:
            session.go(_ON_PAGES[kind], self._record("injury") if _ON_PAGES[kind] == "injuries" else None)
            _uncover(session)
        else:
            session.go("repair", practice.id)
            session.open_over(open_record_form(session.context, kind, answers=self._answers(kind)))

    def _read(self, practice: Practice) -> None:
        session = self._here()
        session.go("journal", self._record(_kind_read(practice)))
        _uncover(session)

    def _paper(self, practice: Practice) -> None:
        from app.ui.models.pictures import picture_of

        session = self._here()
        for kind_id in practice.kinds:
            kind = session.context.content.kind(kind_id)
            picture = picture_of(kind, self._answers(kind_id), session.context)
            if picture is not None:
                session.open_over(PrintSurface(session.context, Paper(picture, sample.LAST_DAY.isoformat())))
                return

    def _here(self) -> MainWindow:
        return self._tour.at(self._desk())

    def _desk(self) -> Desk:
        if self._opened is None:
            self._opened = self._make()
        return self._opened

    # -------------------------------------------------------------------------------------------------- writing

    def _record(self, kind: str) -> RecordId:
        """The record of a kind, written when it is first asked for, with the sheets before it."""
        if kind not in self._records:
            for day, answers in EARLIER.get(kind, ()):
                self._write(kind, self._filled(answers), dt.date.fromisoformat(day))
            self._records[kind] = self._write(kind, self._answers(kind), sample.LAST_DAY)
        return self._records[kind]

    def _write(self, kind: str, answers: Mapping[str, object], day: dt.date) -> RecordId:
        """A record as it would have been saved on the evening of a day, in the space its kind belongs to."""
        session = self._desk().session
        moment = dt.datetime.combine(day, _EVENING, tzinfo=session.now().tzinfo)
        clock = Clock(wall_ms=lambda: int(moment.timestamp() * 1000))
        with session.change(home_of(session, kind)) as change:
            return change.at(clock).put(kind, session.kinds.parse(kind, answers), arriving=True)

    def _answers(self, kind_id: str) -> dict[str, object]:
        kind = self._desk().session.content.kind(kind_id)
        answers = self._filled(OWN.get(kind_id, {}))
        return {**self._links(kind), **answers}

    def _links(self, kind: Kind) -> dict[str, object]:
        """What a record belongs to where it has to: the injury of the sample's words, a promise, an agreement."""
        found: dict[str, object] = {}
        for field in kind.fields:
            wanted = next((name for name in field.to if name in OWN), None)
            if field.type is FieldType.LINK and wanted is not None and (field.required or wanted == "injury"):
                found[field.id] = self._record(wanted)
        return found

    def _filled(self, answers: Mapping[str, object]) -> dict[str, object]:
        filled = self._with_people(answers)
        return filled if isinstance(filled, dict) else {}

    def _with_people(self, value: object) -> object:
        """The same answers with the two people and the day in their places."""
        desk = self._desk()
        places: dict[object, str] = {
            ME: desk.session.person.id,
            OTHER: reach.other(desk.session) or desk.session.partner or "",
            NAME: desk.session.partner or "",
            DAY: sample.LAST_DAY.isoformat(),
        }
        return _replaced(value, places)


def _replaced(value: object, places: Mapping[object, str]) -> object:
    """The same with every place filled; what has nobody to stand for is left out."""
    if isinstance(value, str):
        return places.get(value, value)
    if isinstance(value, Mapping):
        filled = {places.get(key, key): _replaced(part, places) for key, part in value.items()}
        return {key: part for key, part in filled.items() if key not in _NOBODY and part not in _NOBODY}
    if isinstance(value, list):
        return [part for part in (_replaced(part, places) for part in value) if part not in _NOBODY]
    return value


def _kind_read(practice: Practice) -> str:
    """The kind whose reading view belongs to a practice."""
    return kept_as(practice) or practice.kinds[0]


def _uncover(session: MainWindow) -> None:
    for cover in session.findChildren(CoverView):
        if cover.isVisible():
            cover.opened.emit()
