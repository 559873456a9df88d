"""Writing on in a thread: a draft follows while one types, a saved state comes when one is done."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.errors import LeewardError
from app.domain.records import RecordId
from app.services.desk import Desk
from app.services.threads import INJURY, ThreadDetail
from app.ui import text
from app.ui.context import Context
from app.ui.runtime.tasks import Typed

DRAFT_AFTER_MS = 600
"""How long the keyboard rests before a draft is kept."""


class StoryKeeper(QObject):
    """Holds the words of one open editor until they are saved."""

    writing = Signal(bool)
    """Emitted when an editor is wanted, and when it is not any more."""
    refused = Signal(str)
    """Emitted with the sentences for a save that did not work; what was written stays in the editor."""

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._record: RecordId | None = None
        self._saved = ""
        self._shared = False
        self._words: str | None = None
        self._unread: Callable[[], str] | None = None
        self._answers: dict[str, object] = {}
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(DRAFT_AFTER_MS)
        self._resting.timeout.connect(self._keep)

    @property
    def is_writing(self) -> bool:
        """Whether the editor stands open."""
        return self._words is not None

    def stand_on(self, detail: ThreadDetail) -> None:
        """The thread whose story may be written on; an editor that is open stays as it is."""
        if self.is_writing and self._record == detail.row.record:
            return
        self._record, self._saved, self._shared = detail.row.record, detail.body.story or "", detail.row.shared
        self._answers = msgspec.json.decode(msgspec.json.encode(detail.body))

    def begin(self, words: str) -> None:
        """Open the editor with these words: the story, or a draft of it."""
        if self._record is not None and not self.is_writing:
            self._words = words
            self.writing.emit(True)

    def changed(self, words: str) -> None:
        """The editor reads so now; a draft follows when the typing rests."""
        if self.is_writing and words != self._words:
            self._words = words
            self._resting.start()

    def touched(self, read: Callable[[], str]) -> None:
        """The editor reads differently; `read` says how. It is asked when the typing rests, not at every key: a long
        text takes longer to hand over than a key may take.
        """
        if self.is_writing:
            self._unread = read
            self._resting.start()

    def save(self) -> None:
        """Keep what stands in the editor as the story and close it; nothing is saved where nothing changed."""
        self._read()
        if self._words is None or self._record is None:
            return
        self._resting.stop()
        record, words, before = self._record, self._words, self._saved
        self._words, self._saved = None, words
        self.writing.emit(False)
        if words == before:
            self._ctx.tasks.run(lambda desk: desk.drafts.drop(record), _nothing, typed=Typed(record, INJURY, {}))
            return

        def failed(error: LeewardError) -> None:
            self._saved = before
            self.refused.emit(text.trouble(error, self._ctx.content).paragraph)
            if self._record == record:
                self.begin(words)

        typed = Typed(record, INJURY, {**self._answers, "story": words})
        self._ctx.tasks.run(lambda desk: desk.threads.save_story(record, words), _nothing, failed, typed=typed)

    def set_aside(self) -> None:
        """Another page comes, or the lock: what is for this person alone is saved, and what the other person would read
        at once stays a draft until it is saved by hand.
        """
        self._read()
        if not self._shared:
            self.save()
        elif self._words is not None:
            self._resting.stop()
            if self._words != self._saved:
                self._keep()
            self._words = None
            self.writing.emit(False)

    def forget(self) -> None:
        """Let go of every word: the thread is gone or the journal is being locked."""
        self._resting.stop()
        was_writing = self.is_writing
        self._record, self._saved, self._words, self._answers = None, "", None, {}
        self._unread = None
        if was_writing:
            self.writing.emit(False)

    def _read(self) -> None:
        """Take over what was typed since it was last read."""
        read, self._unread = self._unread, None
        if read is not None and self.is_writing:
            self._words = read()

    def _keep(self) -> None:
        self._read()
        if self._words is None or self._record is None:
            return
        record, answers = self._record, {**self._answers, "story": self._words}
        typed = Typed(record, INJURY, answers)
        self._ctx.tasks.run(lambda desk: desk.drafts.keep(record, INJURY, answers), _nothing, typed=typed)


def unsaved_story(desk: Desk, record: RecordId) -> str | None:
    """The story as a draft holds it, where there is one."""
    draft = desk.drafts.find(record)
    story = draft.body.get("story") if draft is not None else None
    return story if isinstance(story, str) else None


def _nothing(_value: object) -> None:
    """A result nobody waits for."""
