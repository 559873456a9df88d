"""How fast a journal leaves, and comes back into an empty one."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from app.bench import keys
from app.domain.content import Content
from app.services.desk import Desk
from app.services.exporting.choice import Choice, Target

MOST: Final = 20_000
"""Records brought in: the rate does not depend on their number, and a hundred thousand would take a minute."""


def figures(desk: Desk, folder: Path, content: Content) -> dict[str, float]:
    """`export_records_per_s` as plain JSON, `import_records_per_s` into an empty journal."""
    folder.mkdir()
    began = time.perf_counter()
    done = desk.taking_out.take_out(Target.JSON, folder / "all.json", Choice())
    leaving_s = time.perf_counter() - began
    records = done.records if done is not None else 0
    fewer = keys.filled(folder / "fewer", content, min(records, MOST))
    fewer.taking_out.take_out(Target.JSON, folder / "fewer.json", Choice())
    fewer.close()
    empty = keys.filled(folder / "empty", content, 0)
    began = time.perf_counter()
    found = empty.bringing_in.bring_in(folder / "fewer.json")
    coming_s = time.perf_counter() - began
    empty.close()
    came = found.fresh if found is not None and found.written else 0
    return {"export_records_per_s": records / leaving_s, "import_records_per_s": came / coming_s}
