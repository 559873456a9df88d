"""What is said about added files: what they are, how large, and why one was not taken."""

from __future__ import annotations

from app.domain.content import Content
from app.domain.errors import Code, LeewardError
from app.media.limits import LONGEST_SIDE, MOST_BYTES
from app.services.attachments import MOST, Added
from app.ui import text
from app.ui.text import tr
from app.ui.widgets.viewer_sound import clock

ICONS = {"image": "eye", "pages": "file-text", "sound": "play"}


def about(added: Added) -> str:
    """What it is and how large: "Picture, 1.2 MB", "3 pages, 340 KB", "Sound, 2:07"."""
    if added.sort == "sound":
        return tr("Sound, {length}").format(length=clock(added.length_ms))
    what = tr("Picture")
    if added.sort == "pages":
        what = text.count_of(added.pages, tr("{n} page"), tr("{n} pages"))
    return tr("{what}, {size}").format(what=what, size=size_words(added.size))


def size_words(size: int) -> str:
    """Bytes as people say them."""
    if size >= 1_000_000:
        return tr("{n} MB").format(n=text.number(size / 1_000_000, 1))
    return tr("{n} KB").format(n=text.number(max(1, round(size / 1000))))


def refused(error: LeewardError, name: str, content: Content | None) -> str:
    """Why a file was not added, and what could be done; the file is named."""
    said = _reason(error)
    if said is None:
        return text.trouble(error, content).paragraph
    return tr("{name} was not added. {why}").format(name=name, why=said) if name else said


def _reason(error: LeewardError) -> str | None:
    reason = str(error.detail.get("reason", ""))
    if error.code is Code.INVALID_RECORD and reason == "too_many":
        return tr("An entry takes {n} files. Another entry can take more.").format(n=MOST)
    if error.code is not Code.FILE_REFUSED:
        return None
    largest = text.number(MOST_BYTES >> 20)
    sentences = {
        "too_big": tr("It is larger than {n} MB.").format(n=largest),
        "too_many_pixels": tr("It has more points than can be opened here. A smaller copy of it can be added."),
        "heic": tr("This kind of photo cannot be shown here. Saved as JPEG it can."),
        "svg": tr("Drawings of this kind can hold programs. Saved as PNG it can be added."),
        "m4a": tr("This kind of sound cannot be played here. Saved as MP3, WAV, FLAC or Ogg it can."),
        "opus": tr("This kind of sound cannot be played here. Saved as MP3, WAV, FLAC or Ogg Vorbis it can."),
        "video": tr("Films cannot be shown here. Single pictures or the sound of it can be added."),
        "locked": tr("It asks for a password. A copy without one can be added; it is encrypted here anyway."),
        "no_pages": tr("It has no pages."),
        "too_many_pages": tr("It has too many pages to be shown here. Part of it can be added."),
        "too_long": tr("It is too long to be played here. Part of it can be added."),
        "empty": tr("There is nothing in it."),
        "damaged": tr("It is damaged or unfinished, and could not be opened."),
        "no_memory": tr("There is not enough memory to open it."),
        "not_a_file": tr("It is a folder or something else that is not a file."),
        "not_readable": tr("This login may not read it, or it is not there any more."),
        "no_sound_device": tr("This computer has nothing to play sound on at the moment."),
    }
    return sentences.get(reason, tr("Pictures, PDF pages and sound can be added; this is something else."))


def kept_as(added: Added) -> str:
    """What is kept of a file, for whoever wonders what it still says of itself."""
    if added.sort == "image":
        return tr("Kept without place, camera or time, at most {n} points wide or high.").format(
            n=text.number(LONGEST_SIDE)
        )
    return tr("Kept as it was, with what the file says of itself.")
