"""Says what joined the journal from the sealed inbox, and what could not: anyone at the computer can leave a thing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.ui.context import Shell, Toast
from app.ui.text import count_of, tr

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.services.inbox import InboxJoined
    from app.ui.runtime.tasks import Tasks


def announce(tasks: Tasks, shell: Shell) -> None:
    """Ask what this unlock brought, and say it once, quietly."""

    def show(found: InboxJoined | None) -> None:
        if found is not None and (said := words_of(found)):
            shell.toast(_toast(said, found, tasks, shell))
            tasks.run(_told, lambda _none: None)

    tasks.run(lambda desk: desk.inbox.news() if desk.inbox is not None else None, show)


def words_of(found: InboxJoined) -> str:
    """What is said; nothing when nothing came."""
    said: list[str] = []
    if found.joined:
        said.append(
            count_of(
                len(found.joined),
                tr("{n} thing kept while locked has joined your journal."),
                tr("{n} things kept while locked have joined your journal."),
            )
        )
    if found.drafts:
        said.append(tr("What you were writing has come back."))
    if found.waiting:
        said.append(
            count_of(
                found.waiting,
                tr("{n} thing waits in the sealed inbox, more than usual."),
                tr("{n} things wait in the sealed inbox, more than usual."),
            )
        )
    if found.kept_back:
        said.append(
            count_of(found.kept_back, tr("{n} note could not be opened."), tr("{n} notes could not be opened."))
        )
    return " ".join(said)


def _toast(said: str, found: InboxJoined, tasks: Tasks, shell: Shell) -> Toast:
    if found.waiting:
        return Toast(said, tr("Choose"), partial(_ask_flood, tasks, shell))
    if found.kept_back:
        return Toast(said, tr("Choose"), partial(_ask_kept_back, found.kept_back, tasks, shell))
    if found.joined:
        return Toast(said, tr("Show"), partial(shell.go, "journal", found.joined[0]))
    return Toast(said)


def _ask_flood(tasks: Tasks, shell: Shell) -> None:
    from app.ui.widgets.ask import AskSurface

    words = tr(
        "There is far more in the sealed inbox than one person usually leaves. Anyone who uses this computer can put "
        "something there. Nothing has joined yet; it can wait as long as you like."
    )
    ask = AskSurface(shell.ground(), tr("Let everything in?"), words, yes=tr("Let it in"), no=tr("Leave it"))
    ask.agreed.connect(lambda: tasks.run(_let_in, lambda _none: announce(tasks, shell)))
    shell.open_over(ask)


def _ask_kept_back(count: int, tasks: Tasks, shell: Shell) -> None:
    from app.ui.widgets.ask import AskSurface

    words = tr(
        "They may be damaged, come from another journal, or need a newer Leeward. They stay where they are and are "
        "tried again each time you open. If a copy of the folder is older and whole, they may open from there."
    )
    title = count_of(count, tr("{n} note could not be opened"), tr("{n} notes could not be opened"))
    ask = AskSurface(shell.ground(), title, words, yes=tr("Remove them"), no=tr("Leave them"))
    ask.agreed.connect(lambda: tasks.run(_discard, lambda _none: shell.toast(Toast(tr("Removed.")))))
    shell.open_over(ask)


def _told(desk: Desk) -> None:
    if desk.inbox is not None:
        desk.inbox.told()


def _let_in(desk: Desk) -> None:
    if desk.inbox is not None:
        desk.inbox.join(all_of_it=True)


def _discard(desk: Desk) -> None:
    if desk.inbox is not None:
        desk.inbox.discard_kept_back()
