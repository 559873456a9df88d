"""Words that say nothing about what an entry is about, so that comparing entries by their words can pass over them.

One set a language; what is compared may be written in any of them. Words of three letters and less are never compared.
"""

from __future__ import annotations

from typing import Final

_ENGLISH_WORDS: Final = """
about above across after again against almost along already also although always among another anyone anything
around asked away back because become been before began behind being below beside between both came cannot come
comes could does doing done down during each either else enough even ever every everything from gave getting give
goes going gone half have having hear heard here hers herself himself however into itself just keep kept knew know
last later least left less like little long look looked looking made make makes many maybe might mine more most
much must myself near need needed never next none nothing often once only onto other ours ourselves over people
perhaps quite rather really right said same says seem seemed seen several shall should show side since some someone
something sometimes soon still such suddenly take taken than that their theirs them themselves then there these
they thing things think this those though thought through till time times today together told tomorrow tonight
took toward towards turned under until upon used very want wanted wants well went were what whatever when where
whether which while whole whom whose will with within without would yesterday your yours yourself
"""

ENGLISH: Final = frozenset(_ENGLISH_WORDS.split())
