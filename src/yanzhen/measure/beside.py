"""An import beside a large base: every row is looked for among all members there are."""

from __future__ import annotations

from pathlib import Path
from random import Random

from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.models import Account
from yanzhen.demo.population import Population
from yanzhen.demo.town import OFFICER
from yanzhen.kernel.actor import Door
from yanzhen.measure.bare_sql import statements
from yanzhen.measure.importing import bring_in
from yanzhen.measure.rosters import write_people
from yanzhen.org.models import Unit

_ROWS = 10_000


def measure(*, base: Population, members: int, folder: Path, seed: int) -> dict[str, float]:
    """Import a roster of some thousands whom the population does not have, at most as many as it has."""
    rows = min(members, _ROWS)
    file = folder / "beside.xlsx"
    write_people(file, (base.person() for _number in range(rows)), Random(seed))
    officer = actor_for(Account.objects.get(username=OFFICER.username), door=Door.SHEET)
    found: dict[str, float] = {}
    root = Unit.objects.get(parent__isnull=True)
    sent = statements(lambda: found.update(bring_in(actor=officer, root=root, file=file, rows=rows)))
    return {**found, "queries": len(sent)}
