"""One exception family for everything the program refuses or cannot do.

Layers below the window speak in codes; `app.ui.text` and `resources/content/care.toml` hold the sentences
(`[[error]]` entries with the same ids, plus a few that only the command line needs).
"""

from __future__ import annotations

from enum import StrEnum

from typing_extensions import override


class Code(StrEnum):
    """What went wrong, as a stable name. The ids of care.toml's errors are used where one exists."""

    WRONG_PASSPHRASE = "wrong_passphrase"
    DAMAGED_HEADER = "damaged_header"
    INCOMPLETE_COPY = "incomplete_copy"
    EMPTY_FILE = "empty_file"
    PLAIN_DATABASE = "plain_database"
    NEWER_FORMAT = "newer_format"
    LOCKED_BY_ANOTHER = "locked_by_another"
    NO_PERMISSION = "no_permission"
    DISK_FULL = "disk_full"
    IMPORT_REFUSED = "import_refused"
    WRITE_FAILED = "write_failed"
    OLDER_COPY = "older_copy"
    REPLACED_WHILE_OPEN = "replaced_while_open"
    DAMAGED_ENTRIES = "damaged_entries"
    NO_VAULT = "no_vault"
    VAULT_EXISTS = "vault_exists"
    UNSAFE_LIBRARY = "unsafe_library"
    EMPTY_PASSPHRASE = "empty_passphrase"
    NAME_IS_PASSPHRASE = "name_is_passphrase"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_RECORD = "unknown_record"
    INVALID_RECORD = "invalid_record"
    CONTENT_BROKEN = "content_broken"
    FILE_EXISTS = "file_exists"
    STALE_REVISION = "stale_revision"
    NOT_YOURS = "not_yours"
    PLACE_FOR_TWO = "place_for_two"
    NO_SHARED_SPACE = "no_shared_space"
    ALREADY_SHARED = "already_shared"
    WAITS_FOR_YOU = "waits_for_you"
    SHARED_CLOSED = "shared_closed"
    NOT_SHAREABLE = "not_shareable"
    NOT_READY = "not_ready"
    IN_SHARED_SPACE = "in_shared_space"
    CODE_TYPO = "code_typo"
    CODE_RETIRED = "code_retired"
    CODE_ELSEWHERE = "code_elsewhere"
    WEAK_PASSPHRASE = "weak_passphrase"
    FILE_REFUSED = "file_refused"
    NOT_BESIDE = "not_beside"
    NOT_BOTH_HERE = "not_both_here"


class LeewardError(Exception):
    """Base of every refusal. `code` is stable; `detail` holds names and numbers, never journal text or secrets."""

    def __init__(self, code: Code, **detail: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.detail = detail

    @override
    def __str__(self) -> str:
        """The code with its names and numbers, for logs and the command line's --debug."""
        return " ".join([self.code.value, *(f"{name}={value}" for name, value in self.detail.items())])


class VaultError(LeewardError):
    """The vault cannot be opened, created or written as asked."""


class MediaError(LeewardError):
    """A picture, a document or a sound cannot be taken or shown. `reason` says why, and never names the file."""


class RecordError(LeewardError):
    """A record is not acceptable: unknown kind, unknown field, value out of range. Names the field, never the value."""
