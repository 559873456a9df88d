"""Which module builds which page. Nothing is imported before its page is first shown."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.context import Context, Screen

Build = Callable[[Context], Screen]


def _today(context: Context) -> Screen:
    from app.ui.screens.today import build

    return build(context)


def _journal(context: Context) -> Screen:
    from app.ui.screens.journal import build

    return build(context)


def _injuries(context: Context) -> Screen:
    from app.ui.screens.injuries import build

    return build(context)


def _agreements(context: Context) -> Screen:
    from app.ui.screens.agreements import build

    return build(context)


def _rituals(context: Context) -> Screen:
    from app.ui.screens.rituals import build

    return build(context)


def _repair(context: Context) -> Screen:
    from app.ui.screens.repair import build

    return build(context)


def _trends(context: Context) -> Screen:
    from app.ui.screens.trends import build

    return build(context)


def _review(context: Context) -> Screen:
    from app.ui.screens.review import build

    return build(context)


def _together(context: Context) -> Screen:
    from app.ui.screens.together import build

    return build(context)


def _summary(context: Context) -> Screen:
    from app.ui.screens.summary import build

    return build(context)


def _settings(context: Context) -> Screen:
    from app.ui.screens.settings import build

    return build(context)


def _calm(context: Context) -> Screen:
    from app.ui.screens.calm import build

    return build(context)


def _conversation(context: Context) -> Screen:
    from app.ui.screens.conversation import build

    return build(context)


BUILDERS: dict[str, Build] = {
    "today": _today,
    "journal": _journal,
    "injuries": _injuries,
    "agreements": _agreements,
    "rituals": _rituals,
    "repair": _repair,
    "trends": _trends,
    "together": _together,
    "review": _review,
    "summary": _summary,
    "settings": _settings,
    "calm": _calm,
    "conversation": _conversation,
}
