"""Which thread an entry may belong to, told from its words alone, on this computer, with the words that say so.

Nothing is ever linked by itself: a suggestion is an offer with its reason, and letting it go is remembered for that
entry.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from app.data import keeping
from app.data.connection import Connection
from app.data.suggesting import linked_cues
from app.data.trigger_queries import ThreadHead, thread_heads, thread_words
from app.domain.common_words import ENGLISH
from app.domain.lettering import plain
from app.domain.records import RecordId
from app.services import apart, reach
from app.services.danger import Danger
from app.services.session import Session

WORD_LETTERS = 4
"""Shorter words say too little to compare entries by."""
SUGGEST_FROM = 1.0
"""Least sum of word weights that a suggestion stands on: one rare word, or two usual ones."""
CLOSE = 0.8
"""Share of the best score from which a second thread is too close to tell them apart."""
STORY_SHARE = 0.6
"""What a word that stands somewhere in a thread weighs beside one in its title or in an earlier trigger's cue."""
STORY_WORDS = 2
"""How many words must stand in a thread where none of them is in its title: one word is soon in any long story."""
FURTHER = 2
"""Texts without any of the words that are thought of beside those there are: with one thread a word can tell too."""
THREADS, LETTERS = 120, 2_000
"""How many threads are compared, and how much of what was written in each."""
WORDS_SHOWN = 3
_WORD = re.compile(r"\w+", re.UNICODE)
_LET_GO = "no_suggestion:"


class Suggestion(msgspec.Struct, frozen=True):
    """A thread that an entry may belong to. `words` are those of the entry that say so, as typed, the telling first.

    `earlier`: earlier triggers with these words were linked to it; else they stand in what was written in the thread.
    """

    thread: RecordId
    title: str
    words: tuple[str, ...]
    earlier: bool


class _Found(msgspec.Struct, frozen=True):
    """How well one thread fits: the weight of the common words, these words, and where they stand."""

    points: float
    words: tuple[str, ...]
    earlier: bool


class _Known(msgspec.Struct, frozen=True):
    """The telling words of one thread in the state `head`: of its title, and of the rest."""

    head: str
    title: frozenset[str]
    story: frozenset[str]


class Suggestions:
    """Suggestions over one session. Remembers the words of threads it has read, until they change."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[RecordId, _Known] = {}

    def thread(self, words: str, *, for_two: bool = False) -> Suggestion | None:
        """The thread these words point to, if one stands out.

        Words weigh by rarity among the cues of late and the threads (inverse document frequency, Spärck Jones 1972); a
        thread counts with its best match, an earlier linked trigger or its own words. Two that come close to each other
        suggest nothing. `for_two`: the entry may be shown to the other person, so no thread that marks danger is named.
        """
        typed = words_of(words)
        if not typed:
            return None
        ranked = sorted(self._scores(typed).items(), key=lambda item: -item[1].points)
        if not ranked or ranked[0][1].points < SUGGEST_FROM:
            return None
        (best, found), others = ranked[0], ranked[1:]
        if others and others[0][1].points > CLOSE * found.points:
            return None
        entry = reach.entry(self._session, best)
        if entry is None or not entry.title or (for_two and Danger(self._session).marks(best)):
            return None
        return Suggestion(best, entry.title, tuple(typed[stem] for stem in found.words[:WORDS_SHOWN]), found.earlier)

    def is_let_go(self, key: str) -> bool:
        """Whether suggestions were let go for an entry: a record, or the place where a new one is being written."""
        return keeping.setting(self._session.connection, _LET_GO + key) is not None

    def let_go(self, key: str, *, gone: bool = True) -> None:
        """Offer no thread for this entry any more; with `gone` False it may be offered again."""
        if gone:
            keeping.set_setting(self._session.connection, _LET_GO + key, "1")
        elif self.is_let_go(key):
            keeping.drop_setting(self._session.connection, _LET_GO + key)

    def carry_over(self, key: str, record: RecordId) -> None:
        """What was let go while an entry was written stays let go once it is saved as `record`."""
        if self.is_let_go(key):
            self.let_go(key, gone=False)
            self.let_go(record)

    def _scores(self, typed: Mapping[str, str]) -> dict[RecordId, _Found]:
        wanted = frozenset(typed)
        cues = [(cue.thread, wanted & words_of(cue.cue).keys()) for cue in linked_cues(self._session.connection)]
        texts = [(thread, wanted & known.title, wanted & known.story) for thread, known in self._threads()]
        usual = Counter(stem for _, found in cues for stem in found)
        usual.update(stem for _, title, story in texts for stem in title | story)
        size = len(cues) + len(texts) + FURTHER
        weight = {stem: math.log(1 + size / count) for stem, count in usual.items()}
        best: dict[RecordId, _Found] = {}
        for thread, found in cues:
            if thread is not None and found:
                _keep(
                    best, thread, _Found(sum(weight[stem] for stem in found), _by_weight(found, weight), earlier=True)
                )
        for thread, title, story in texts:
            points = sum(weight[stem] for stem in title) + STORY_SHARE * sum(weight[stem] for stem in story - title)
            if title or len(story) >= STORY_WORDS:
                _keep(best, thread, _Found(points, _by_weight(title | story, weight), earlier=False))
        return best

    def _threads(self) -> Iterable[tuple[RecordId, _Known]]:
        hidden = apart.hidden(self._session) if self._session.shared else frozenset()
        for connection in reach.connections(self._session):
            for head in thread_heads(connection, THREADS):
                if head.thread not in hidden:
                    yield head.thread, self._read(connection, head)

    def _read(self, connection: Connection, head: ThreadHead) -> _Known:
        known = self._known.get(head.thread)
        if known is None or known.head != head.head:
            story = thread_words(connection, head.number, LETTERS)
            known = _Known(head.head, frozenset(words_of(head.title)), frozenset(words_of(story)))
            self._known[head.thread] = known
        return known


def words_of(text: str) -> dict[str, str]:
    """The telling words of a text: what they are compared by, and how they were first typed."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        folded = plain(word)
        if len(folded) >= WORD_LETTERS and folded not in ENGLISH:
            found.setdefault(_stem(folded), word)
    return found


def _stem(word: str) -> str:
    """Without a plural's ending: "messages" and "message" are one word here."""
    return word[:-1] if len(word) > WORD_LETTERS and word.endswith("s") and not word.endswith("ss") else word


def _by_weight(found: Iterable[str], weight: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(found, key=lambda stem: (-weight[stem], stem)))


def _keep(best: dict[RecordId, _Found], thread: RecordId, found: _Found) -> None:
    known = best.get(thread)
    if known is None or found.points > known.points:
        best[thread] = found
