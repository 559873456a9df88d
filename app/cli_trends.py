"""`leeward trends`: what the numbers can say, as sentences, as JSON, or one chart as a file."""

from __future__ import annotations

import os
from pathlib import Path

from app.cli_call import Call
from app.domain.chart_names import Form
from app.domain.errors import Code, LeewardError, RecordError

DONE = 0
NOT_ENOUGH = 1


def trends(call: Call) -> int:
    """What the numbers can say, and what they cannot."""
    if call.options.chart or call.options.out:
        return _one_chart(call)
    with call.desk() as desk:
        period, today = call.options.period, desk.session.today()
        report = desk.trends.report(period, today)
        cards = tuple(desk.charts.every(period, today))
        if call.options.json:
            charts = {card.name: card.as_json() for card in cards}
            return call.json(report.as_json() | {"charts": charts})
    for sentence in report.sentences():
        call.say(sentence)
    for card in cards:
        call.say(f"{card.title} {card.sentence}")
    return DONE


def _one_chart(call: Call) -> int:
    """One chart as a new file; the ending says in which form. Too little to draw gives none and says so."""
    from app.services import chart_files  # numpy would cost every other command its start

    out = Path(call.options.out or "")
    form = out.suffix.lower().removeprefix(".")
    if form not in set(Form) or "\0" in str(out) or not call.options.chart:
        field = "out" if call.options.chart else "chart"
        raise RecordError(Code.INVALID_RECORD, kind="chart", field=field, reason="unknown_ending")
    if os.path.lexists(out):
        raise LeewardError(Code.FILE_EXISTS, file=out.name)
    with call.desk() as desk:
        card = desk.charts.named(call.options.chart, call.options.period, desk.session.today())
    if card.plot is None:
        call.say(card.sentence)
        return NOT_ENOUGH
    chart_files.save_new(out, chart_files.document(card.plot, Form(form), card.height_px))
    call.say(str(out))
    return DONE
