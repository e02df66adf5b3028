"""The readings that people wait for: the work list, a search, a committee's figures. At most three times their SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.test import Client

from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.models import Account
from yanzhen.duties.queries import worklist
from yanzhen.measure.bare_sql import bare, statements
from yanzhen.measure.timing import Measure, turn_about
from yanzhen.org.models import Unit
from yanzhen.oversight.queries import figures
from yanzhen.people.search import search

TARGET = 3.0
_TIMES = 7
_SHOWN = 50
_TEXTS = ("石", "水根", "weiqing", "lsm", "0042", "欧阳")  # a surname, a part, pinyin, initials, digits, a rare one


def readings(username: str) -> Iterator[Measure]:
    """Measure each for this officer."""
    account = Account.objects.get(username=username)
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

    yield _against_sql("worklist", lambda: worklist(actor=actor))
    yield _against_sql("worklist_page", page)
    yield _against_sql("search", searches)
    yield _against_sql("figures", lambda: figures(actor=actor, unit_id=root.id))


def _against_sql(key: str, function: Callable[[], object]) -> Measure:
    function()
    seconds, floor = turn_about(function, bare(statements(function)), times=_TIMES)
    return Measure(key, seconds, floor, TARGET)
