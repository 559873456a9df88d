"""Tells the owner, calmly, that their public card was another one when they came: what it means, what can be done."""

from __future__ import annotations

from app.ui.context import Shell, Toast
from app.ui.text import tr
from app.ui.widgets.ask import AskSurface


def tell_of_card(shell: Shell) -> None:
    """Say it once, quietly; the whole story is one step away."""
    shell.toast(Toast(tr("A small file here was not yours any more."), tr("What it means"), lambda: _explain(shell)))


def _explain(shell: Shell) -> None:
    words = tr(
        "Your public card, the small file that lets notes be left for you while the journal is locked, carried somebody"
        " else’s keys. It is yours again, and nothing you have written was opened by it. A note left while the journal"
        " was locked may have been sealed to those keys instead: it would be missing here, and whoever put the card"
        " there could read it. Someone with access to this computer’s files, or an old copy put back, can be the"
        " reason. Until you know, it is safer to open the journal before writing."
    )
    surface = AskSurface(
        shell.ground(), tr("Your card was exchanged"), words, yes=tr("What Leeward cannot do"), no=tr("Close")
    )
    surface.agreed.connect(lambda: shell.help("limits"))
    shell.open_over(surface)
