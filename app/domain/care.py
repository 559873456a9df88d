"""The texts for first use, safety, sharing, leaving, keys and trouble, as declared in `resources/content/care.toml`.

Every section is typed, so that a screen that asks for a sentence which is not there fails in the type check and not in
front of somebody.
"""

from __future__ import annotations

import msgspec


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of a few answers or points, with its explaining line."""

    id: str
    label: str
    line: str


class Strength(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a passphrase estimate of 0 to 4 is called."""

    id: int
    label: str
    line: str


class FirstEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"go_on": "continue"}):
    """The page before the first entry: who might find this computer."""

    title: str
    lead: str
    body: tuple[str, ...]
    question: str
    question_note: str
    options: tuple[Choice, ...]
    read_safety: str
    read_limits: str
    go_on: str
    not_now: str
    change_note: str


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What Leeward cannot do; opens from the locked screen too."""

    title: str
    lead: str
    items: tuple[Choice, ...]
    closing: str


class SafetySection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the safety page. Where `slot_kind` is set, a number can be noted; the slot is hidden while locked."""

    id: str
    title: str
    lead: str
    items: tuple[str, ...]
    closing: str
    slot_label: str | None = None
    slot_help: str | None = None
    slot_kind: str | None = None


class Safety(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """If being together is not safe; opens from the locked screen too, and records nothing."""

    title: str
    lead: str
    emergency: str
    life: str
    section: tuple[SafetySection, ...]


class CoverButtons(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The equal answers under every cover. `session` puts the entry on the list for a session, where it is `listed`."""

    open: str
    not_now: str
    session: str
    calm: str
    listed: str
    unlist: str


class Cover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands before a heavy page. The bodies by seat belong to the `abuse` cover."""

    id: str
    title: str
    body: str
    solo_body: str | None = None
    carries_body: str | None = None
    answers_body: str | None = None


class Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Before words are shared. `left` says by reason why an answer stays behind; `earlier` is for those with a past."""

    title: str
    lead: str
    body: tuple[str, ...]
    check: str
    yes: str
    no: str
    default_note: str
    pressure: str
    no_notice: str
    left_title: str
    left: tuple[Choice, ...]
    earlier: str
    moved: str
    done: str


class Asking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page that asks once and takes no for an answer."""

    title: str
    body: tuple[str, ...]
    yes: str
    no: str
    never: str | None = None
    screen: str | None = None
    sealed: str | None = None


class Export(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Before a file leaves."""

    title: str
    body: tuple[str, ...]
    passphrase_again: str
    locked: str
    plain: str
    plain_warning: str
    plain_yes: str
    name_note: str
    other_person: str


class Rescue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Reading, and saving, what can still be read of a damaged journal."""

    title: str
    lead: str
    missing: str
    none: str
    copy_first: str
    other: str
    done: str


class Summary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Around the pages for a session."""

    title: str
    body: tuple[str, ...]
    password_note: str
    after: str


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """About keeping a record for an advocate."""

    title: str
    body: tuple[str, ...]


class ImportDone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """After something was brought in."""

    title: str
    body: str


class Passphrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Choosing and changing the passphrase."""

    title: str
    lead: str
    tips: tuple[str, ...]
    suggest: str
    suggest_note: str
    strength: tuple[Strength, ...]
    no_reset: str
    nobody_asks: str
    change_title: str
    change_quick: str
    change_quick_line: str
    change_known: str
    change_known_line: str
    present: str
    present_note: str
    renew_does: tuple[str, ...]
    renew_ends: str
    backups_kept: str
    backups_replaced: str
    renewed: str
    cannot_reach: tuple[str, ...]
    changed_notice: str
    caps_lock: str
    one_try_note: str
    tries_note: str


class Recovery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The recovery sheet."""

    title: str
    lead: str
    risks: tuple[Choice, ...]
    body: tuple[str, ...]
    confirm: str
    typo: str
    old_code: str
    other_journal: str
    print_now: str
    write_down: str
    make_now: str
    reminder: str
    later: str
    none: str
    shared_computer: str
    letters: str
    sheet_title: str
    sheet_made: str
    sheet_lines: tuple[str, ...]
    saved: str
    end: str
    end_line: str
    ended: str
    use: str
    use_line: str
    use_opened: str
    replaced: str


class Erase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Removing one's part from this computer."""

    title: str
    lead: str
    removes: tuple[str, ...]
    cannot_reach: tuple[str, ...]
    before: str
    wait: str
    type_word: str
    yes: str
    no: str
    done: str
    alone_note: str


class Lock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The locked screen."""

    title: str
    draft: str
    minute_left: str


class LockReason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why it is locked."""

    id: str
    text: str


class Reminder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The neutral words of a reminder."""

    text: str


class ErrorText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person reads when something did not work: what happened, what is safe, what can be done."""

    id: str
    title: str
    happened: str
    safe: str
    next: str
    wait: str | None = None


class Care(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"covers": "cover", "lock_reasons": "lock_reason", "errors": "error"},
):
    """care.toml."""

    version: int
    first_entry: FirstEntry
    limits: Limits
    safety: Safety
    cover_buttons: CoverButtons
    covers: tuple[Cover, ...]
    share: Share
    share_stream: Asking
    share_item: Asking
    shared_space: Asking
    leave_shared: Asking
    export: Export
    rescue: Rescue
    print: Asking
    summary: Summary
    evidence: Evidence
    import_done: ImportDone
    passphrase: Passphrase
    recovery: Recovery
    erase: Erase
    lock: Lock
    reminder: Reminder
    lock_reasons: tuple[LockReason, ...]
    errors: tuple[ErrorText, ...]
