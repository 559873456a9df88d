"""Words of the sample that stand in no entry: what is said in a conversation, and on the files beside an entry."""

from __future__ import annotations

from typing import Final

HEARD: Final = (
    ("rang and rang, and nobody came",),
    ("that you were on your own when it counted",),
    ("that I left my phone in my coat and did not check it once",),
)
"""What fills the frames of a step at which somebody says back what they heard."""

ON_PAPER: Final = ("Things to bring on Thursday", "The grey stone", "The letter, or a copy of it")
"""Lines of a page that is added to an entry."""

PICTURED: Final = "A line of hills above water, drawn with one pen."
"""What a picture shows, for whoever does not see it."""

ADDED: Final = "{words}. The kettle was still warm."
"""How a cue is worded again later."""
