"""All use cases of an unlocked vault on one desk: what the worker thread and the command line hold in their hands."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.records import Changes
from app.services.agreement_notes import AgreementNotes
from app.services.agreements import Agreements
from app.services.attachments import Attachments
from app.services.backups import Backups
from app.services.both import Both
from app.services.calming import Calming
from app.services.chart_shelf import ChartShelf
from app.services.checking import Checking
from app.services.checks import Checks
from app.services.commitments import Commitments
from app.services.conversations import Conversations
from app.services.cycles import Cycles
from app.services.danger import Danger
from app.services.drafts import Drafts
from app.services.erasing import Erasing
from app.services.exporting.taking_out import TakingOut
from app.services.going_together import GoingTogether
from app.services.history import History
from app.services.importing.bringing_in import BringingIn
from app.services.inbox import Inbox
from app.services.joining import Joining
from app.services.journal import Journal
from app.services.keys import Keys
from app.services.look_backs import LookBacks
from app.services.marks import Marks
from app.services.moments import Moments
from app.services.on_this_day import OnThisDay
from app.services.own_vault import OwnVault
from app.services.people import People
from app.services.plans import Plans
from app.services.practices import Practices
from app.services.questionnaires import Questionnaires
from app.services.reminders import Reminders
from app.services.reviews import Reviews
from app.services.rituals import Rituals
from app.services.session import Session
from app.services.session_list import SessionList
from app.services.sharing import Sharing
from app.services.streams import Streams
from app.services.summary import Summaries
from app.services.threads import Threads
from app.services.timeline import Timeline
from app.services.today import Today
from app.services.today_around import DayAround
from app.services.tools import Tools
from app.services.trash import Trash
from app.services.trends import Trends
from app.services.triggers import Triggers
from app.services.undo import Undo


class Desk:
    """One attribute a family of verbs. Lives and dies with its session."""

    def __init__(self, session: Session, on_close: Callable[[], None], vault: OwnVault | None = None) -> None:
        """`vault` is what the session was unlocked from; None for a bare space, as tests open it."""
        self.session = session
        self.vault = vault
        self.journal = Journal(session)
        self.drafts = Drafts(session)
        self.attachments = Attachments(session)
        self.joining = Joining(session)
        self.history = History(session)
        self.trash = Trash(session)
        self.undo = Undo(session)
        self.today = Today(session)
        self.triggers = Triggers(session)
        self.tools = Tools(session)
        self.rituals = Rituals(session)
        self.calming = Calming(session)
        self.cycles = Cycles(session)
        self.moments = Moments(session)
        self.threads = Threads(session)
        self.danger = Danger(session)
        self.conversations = Conversations(session)
        self.session_list = SessionList(session)
        self.timeline = Timeline(session)
        self.on_this_day = OnThisDay(session)
        self.sharing = Sharing(session)
        self.marks = Marks(session)
        self.agreements = Agreements(session)
        self.commitments = Commitments(session)
        self.plans = Plans(session)
        self.reminders = Reminders(session, self.rituals, self.plans)
        self.around = DayAround(self)
        self.agreement_notes = AgreementNotes(session)
        self.practices = Practices(session)
        self.trends = Trends(session)
        self.charts = ChartShelf(session)
        self.going_together = GoingTogether(session)
        self.reviews = Reviews(session)
        self.look_backs = LookBacks(session)
        self.questionnaires = Questionnaires(session)
        self.summaries = Summaries(session)
        self.checks = Checks(session)
        self.streams = Streams(session)
        self.taking_out = TakingOut(session)
        self.bringing_in = BringingIn(session)
        self._set_out_vault(session, vault)
        self._on_close = on_close
        self.sharing.settle_quietly()

    def _set_out_vault(self, session: Session, vault: OwnVault | None) -> None:
        """What needs the vault's files and keys, not only the open spaces."""
        self.backups = Backups(session, vault)
        self.checking = Checking(session, vault)
        self.erasing = Erasing(session, vault)
        self.inbox = Inbox(session, vault.unlocked) if vault is not None else None
        self.keys = Keys(session, vault)
        self.people = People(session, vault) if vault is not None else None
        self.both = Both(session, vault)

    def take_changes(self) -> Changes:
        """What was saved since the last question, for the bus; asking empties it."""
        changes, self.session.last_changes = self.session.last_changes, Changes()
        return changes

    def close(self) -> None:
        """Let the header remember where the chain stands, close the files, wipe the keys."""
        self.both.close()
        self._on_close()
