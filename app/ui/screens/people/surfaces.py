"""What opens over the page about the two people: an invitation, changed keys, words to compare, leaving."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.domain.wording import with_partner
from app.ui.context import Context
from app.ui.text import tr
from app.ui.theme.hub import current_hub
from app.ui.widgets.ask import AskSurface
from app.ui.widgets.buttons import Button
from app.ui.widgets.card import Surface
from app.ui.widgets.dialog import DialogSurface
from app.ui.widgets.label import Label
from app.ui.widgets.notes import Banner
from app.ui.widgets.passphrases import points


def invitation(context: Context, accept: Callable[[], None]) -> AskSurface:
    """What entering the shared space means, before entering it."""
    care = context.content.care.shared_space
    name = context.partner or tr("The other person")
    words = tr("{name} put away a key for you. It opens a space for two; your own part stays closed.").format(name=name)
    surface = _asking(context, care.title, words, yes=tr("Enter it"), no=care.no)
    _more(surface, points(care.body), safety_first(context))
    surface.agreed.connect(accept)
    return surface


def changed_keys(context: Context, own: Sequence[str], now: Sequence[str], accept: Callable[[], None]) -> AskSurface:
    """Their keys are other ones now: six words to compare, read aloud by the one they belong to."""
    name = context.partner or tr("The other person")
    words = tr(
        "{name} made new keys. Before you trust them, ask {name} in person to read out the six words their own journal"
        " shows under People and sharing. If they are these, the keys are theirs."
    ).format(name=name)
    surface = _asking(context, tr("Changed keys"), words, yes=tr("They are the same"), no=tr("Not now"))
    _more(surface, _well(tr("Their words"), now), _well(tr("Your own words, for them to compare"), own))
    surface.body.insertWidget(
        surface.body.count() - 1,
        Label(
            tr("If the words differ, someone else may have made the keys. Then leave this as it is."), "small", "ink2"
        ),
    )
    surface.agreed.connect(accept)
    return surface


def comparing(context: Context, own: Sequence[str], other: Sequence[str]) -> DialogSurface:
    """The words of both people's keys as they stand."""
    surface = DialogSurface(context.shell.ground(), tr("Compare your keys"), close_words=tr("Close"))
    name = context.partner or tr("the other person")
    said = tr("Read your words aloud; {name} finds them on their side, and the other way round.").format(name=name)
    for part in (
        Label(said, "body", "ink2"),
        _well(tr("Your words"), own),
        _well(tr("The words of {name}").format(name=name), other),
    ):
        surface.body.addWidget(part)
    surface.body.addStretch(1)
    done = Button(tr("Close"), "plain")
    done.clicked.connect(lambda _checked=False: surface.close_surface())
    surface.footer.addStretch(1)
    surface.footer.addWidget(done)
    surface.dismissed.connect(surface.close_surface)
    return surface


def leaving(context: Context, leave: Callable[[], None]) -> AskSurface:
    """What stays and what ends, before one leaves alone."""
    care = context.content.care.leave_shared
    name = context.partner or tr("the other person")
    first, *rest = (with_partner(line, name) for line in care.body)
    surface = _asking(context, care.title, first, yes=tr("Leave the shared space"), no=care.no)
    _more(surface, *(Label(line, "body", "ink2") for line in rest))
    surface.agreed.connect(leave)
    return surface


def beginning_again(context: Context, invite: Callable[[], None]) -> AskSurface:
    """What a new invitation does, before it is put away."""
    care = context.content.care.shared_space
    name = context.partner or tr("the other person")
    words = tr("A key is put away for {name}, who finds it at the next opening and decides. It can be left alone.")
    surface = _asking(context, care.title, words.format(name=name), yes=tr("Put the key away"), no=care.no)
    _more(surface, points(care.body), safety_first(context))
    surface.agreed.connect(invite)
    return surface


def safety_first(context: Context) -> Banner:
    """Before anything is set up with somebody: the one reason not to, and the page about it one press away."""
    made = Banner(context.content.care.shared_space.screen or "", tone="care", icon="shield", action=tr("Read"))
    made.acted.connect(lambda: context.shell.help("safety"))
    return made


def _asking(context: Context, title: str, words: str, *, yes: str, no: str) -> AskSurface:
    return AskSurface(context.shell.ground(), title, words, yes=yes, no=no)


def _more(surface: DialogSurface, *parts: QWidget) -> None:
    """Further parts before the stretch at the end."""
    for part in parts:
        surface.body.insertWidget(surface.body.count() - 1, part)


def _well(heading: str, words: Sequence[str]) -> QWidget:
    made = Surface("sunken", radius_px=current_hub().theme.radius("control"))
    made.body.addWidget(Label(heading, "caption", "ink3"))
    made.body.addWidget(Label("   ".join(words), "title"))
    return made
