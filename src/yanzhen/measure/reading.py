"""The readings that people wait for, against their own SQL: the work list, a search, a committee's figures."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.models import Account
from yanzhen.demo import population
from yanzhen.demo.town import OFFICER
from yanzhen.duties.queries import worklist
from yanzhen.measure.bare_sql import bare, statements
from yanzhen.measure.timing import turn_about
from yanzhen.org.models import Unit
from yanzhen.oversight.queries import figures
from yanzhen.people.search import search

_TIMES = 7
_SHOWN = 50
_TEXTS = (
    "石",
    "水根",
    "weiqing",
    "lsm",
    "0042",
    "欧阳",
)  # a surname, a part, pinyin, initials, digits, a rare one


def measure(*, members: int, seed: int) -> dict[str, dict[str, float]]:
    """Make a population, then read as its officer does; by the name of the reading."""
    population.make(members=members, seed=seed, progress=lambda done, total: None)
    account = Account.objects.get(username=OFFICER.username)
    actor = actor_for(account)
    root = Unit.objects.get(parent__isnull=True)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    def page() -> None:
        response = client.get("/", headers={"host": "localhost"})
        if response.status_code != 200:
            raise RuntimeError(f"the work list answered {response.status_code}")

    def searches() -> None:
        for text in _TEXTS:
            list(search(actor=actor, text=text).select_related("unit")[:_SHOWN])

    return {
        "worklist": _against_sql(lambda: worklist(actor=actor)),
        "worklist_page": _against_sql(page),
        "search": _against_sql(searches),
        "figures": _against_sql(lambda: figures(actor=actor, unit_id=root.id)),
    }


def _against_sql(function: Callable[[], object]) -> dict[str, float]:
    function()
    seconds, floor = turn_about(function, bare(statements(function)), times=_TIMES)
    return {"seconds": seconds, "floor_seconds": floor}
