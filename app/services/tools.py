"""The person's own settling tools, learned from what helped: offered first, asked about once, never scored aloud."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from app.data import keeping
from app.data.trigger_queries import HelpedUse, helped_uses
from app.domain.records import RecordId
from app.services import reach
from app.services.journal import Journal
from app.services.session import Session

KIND = "tool"
NOTHING_YET = "nothing_yet"
NEWEST, OF_A_PAGE = 300, 2_000
"""How many of the newest triggers the order is learned from, and how many a tool's own page looks through."""
TOOLS_KNOWN, TOOLS_OFFERED, OWN_OFFERED = 60, 8, 4
SHRINK_WEIGHT = 5
"""How many occasions of the usual ease each thing starts with, as `insights.recovery` has it."""
CAME_DOWN, EASED = 3.0, 1.0
"""Mean points from which things "came down a good deal", and from which they "eased"."""
_DECLINED = "tools.not_kept"
_IN_CALM = "tools.helped_in_calm"
_MOST_IN_CALM = 300
_MOST_DECLINED = 200


class Eased(StrEnum):
    """How it went, in steps that words can say."""

    UNKNOWN = "unknown"
    STAYED = "stayed"
    EASED = "eased"
    CAME_DOWN = "came_down"


class HelpedWord(msgspec.Struct, frozen=True):
    """One answer offered to "What helped". `key` is stored; own words are their own key. `tool`: the kit has it."""

    key: str
    tool: RecordId | None = None


class CalmUse(msgspec.Struct, frozen=True):
    """Something helped in Calm on a day (ordinal), and the person wanted that kept."""

    day: int
    what: str


class ToolUse(msgspec.Struct, frozen=True):
    """How often a tool stood among what helped, when last (ordinal; None: never), and how it mostly went."""

    record: RecordId
    times: int
    last_day: int | None
    eased: Eased


class _Learned(msgspec.Struct):
    """What is known of one thing that helped."""

    spelled: str
    times: int = 0
    last_day: int = 0
    eases: list[float] = msgspec.field(default_factory=list)


class Tools:
    """The kit of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._journal = Journal(session)

    def offered(self) -> tuple[HelpedWord, ...]:
        """What "What helped" offers: the person's tools, then the common words and own words, the useful ones first.

        The order is ln(1 + times) · (1 + ease), where ease is the mean drop in points, pulled towards the usual one by
        `SHRINK_WEIGHT` occasions (James and Stein 1961) and at least 0. "Nothing yet" stays last.
        """
        learned = self._learned(NEWEST)
        usual = _mean([ease for one in learned.values() for ease in one.eases])
        worth = {name: _worth(one, usual) for name, one in learned.items()}

        def rank(key: str) -> float:
            return -worth.get(key.casefold(), 0.0)

        tools = sorted(self._titles().items(), key=lambda item: rank(item[1]))[:TOOLS_OFFERED]
        shown = [HelpedWord(title, record) for record, title in tools]
        known = {word.key.casefold() for word in shown}
        given = [option.id for option in self._session.content.list("helped").items]
        own = [one.spelled for name, one in learned.items() if name not in known and one.spelled not in given]
        own = sorted((word for word in own if learned[word.casefold()].times > 1), key=rank)[:OWN_OFFERED]
        rest = sorted((key for key in given if key != NOTHING_YET), key=rank)
        return (*shown, *(HelpedWord(key) for key in (*own, *rest, NOTHING_YET)))

    def unkept(self, words: Sequence[str]) -> str | None:
        """The first of these answers that is the person's own word, not in the kit, and not said no to; else None."""
        given = {option.id for option in self._session.content.list("helped").items}
        own = [word for word in words if word not in given and word.strip()]
        if not own:
            return None
        known = {title.casefold() for title in self._titles().values()} | set(self._declined())
        return next((word for word in own if word.casefold() not in known), None)

    def keep(self, words: str) -> RecordId:
        """Put own words into the kit as a tool."""
        return self._journal.add(KIND, {"title": words.strip()})

    def decline(self, words: str) -> None:
        """Do not ask about these words again."""
        declined = [word for word in self._declined() if word != words.casefold()] + [words.casefold()]
        told = msgspec.json.encode(declined[-_MOST_DECLINED:]).decode()
        keeping.set_setting(self._session.connection, _DECLINED, told)

    def helped(self, words: str) -> CalmUse:
        """Note that something helped in Calm, as the person asked: it counts like what stands in a trigger.

        A second note of the same thing on the same day changes nothing.
        """
        use = CalmUse(self._session.today(), words.strip())
        known = self._in_calm()
        if use.what and use not in known:
            self._keep_in_calm([*known, use])
        return use

    def take_back(self, use: CalmUse) -> None:
        """Forget such a note."""
        self._keep_in_calm([one for one in self._in_calm() if one != use])

    def use(self, record: RecordId) -> ToolUse:
        """How a tool has done in the newest triggers, under every name it has had.

        Raises:
            RecordError: UNKNOWN_RECORD.
        """
        learned = self._learned(OF_A_PAGE)
        names = {title.casefold() for title in self._names(record)}
        found = [learned[name] for name in sorted(names) if name in learned]
        times = sum(one.times for one in found)
        last_day = max((one.last_day for one in found), default=None)
        return ToolUse(record, times, last_day, _eased([ease for one in found for ease in one.eases]))

    def _learned(self, limit: int) -> dict[str, _Learned]:
        """What helped in the newest triggers and in Calm, by folded name."""
        found: dict[str, _Learned] = {}
        in_calm = (HelpedUse(use.day, use.what, None) for use in self._in_calm())
        for use in (*helped_uses(self._session.connection, limit), *in_calm):
            one = found.setdefault(use.what.casefold(), _Learned(use.what))
            one.times += 1
            one.last_day = max(one.last_day, use.day)
            if use.ease is not None:
                one.eases.append(use.ease)
        found.pop(NOTHING_YET, None)
        return found

    def _titles(self) -> dict[RecordId, str]:
        """The tools of this person's own kit by their names, newest first."""
        entries = reach.page(self._session, kinds=(KIND,), limit=TOOLS_KNOWN)
        me = self._session.person.id
        return {entry.id: entry.title for entry in entries if entry.title and entry.author == me}

    def _names(self, record: RecordId) -> set[str]:
        titles = {str(getattr(self._journal.record(record).body, "title", "") or "")}
        for revision in self._journal.history(record):
            if revision.body is not None:
                title = msgspec.json.decode(revision.body).get("title")
                titles.add(title if isinstance(title, str) else "")
        return titles - {""}

    def _in_calm(self) -> list[CalmUse]:
        stored = keeping.setting(self._session.connection, _IN_CALM)
        return msgspec.json.decode(stored, type=list[CalmUse]) if stored else []

    def _keep_in_calm(self, uses: Sequence[CalmUse]) -> None:
        told = msgspec.json.encode(uses[-_MOST_IN_CALM:]).decode()
        keeping.set_setting(self._session.connection, _IN_CALM, told)

    def _declined(self) -> list[str]:
        stored = keeping.setting(self._session.connection, _DECLINED)
        return msgspec.json.decode(stored, type=list[str]) if stored else []


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return math.fsum(found) / len(found) if found else 0.0


def _worth(one: _Learned, usual: float) -> float:
    shrunk = (math.fsum(one.eases) + SHRINK_WEIGHT * usual) / (len(one.eases) + SHRINK_WEIGHT)
    return math.log1p(one.times) * (1 + max(0.0, shrunk))


def _eased(eases: Sequence[float]) -> Eased:
    if not eases:
        return Eased.UNKNOWN
    mean = _mean(eases)
    if mean >= CAME_DOWN:
        return Eased.CAME_DOWN
    return Eased.EASED if mean >= EASED else Eased.STAYED
