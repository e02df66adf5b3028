"""The readings that people wait for, against their own SQL: lists, searches, a committee's figures, its tree."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.models import Account
from yanzhen.demo import population
from yanzhen.demo.population import Population
from yanzhen.demo.town import KEEPER, OFFICER, SECRETARY, Person
from yanzhen.duties.queries import worklist
from yanzhen.kernel.actor import Actor
from yanzhen.measure.bare_sql import bare, statements
from yanzhen.measure.timing import turn_about
from yanzhen.org.models import Unit
from yanzhen.oversight.queries import figures
from yanzhen.people.search import search

_TIMES = 7
_SHOWN = 50
SEARCHES = {
    "surname": "王",
    "pinyin": "zhang",
    "initials": "wtl",
    "inside": "水",
    "two_characters": "王桐",
    "rare": "chanyu",
    "digits": "0042",
    "unit": "第1村",
}
"""What is typed, by what kind of text it is: the commonest surname finds one member in fourteen."""
_PAGES = {"members": "members", "away": "away", "figures": "figures", "tree": "units"}
Found = dict[str, dict[str, float]]


def populate(*, members: int, seed: int) -> Population:
    """The population that is read."""
    return population.make(members=members, seed=seed, progress=lambda done, total: None)


def measure() -> Found:
    """Read as the officer, a secretary and a contact person of the population do; by the name of the reading."""
    officer = _actor(OFFICER)
    root = Unit.objects.get(parent__isnull=True)
    return {
        "worklist": _against_sql(lambda: worklist(actor=officer)),
        "worklist_page": _page(OFFICER, "home"),
        "worklist_page_secretary": _page(SECRETARY, "home"),
        "worklist_page_contact_person": _page(KEEPER, "home"),
        **{f"{key}_page": _page(OFFICER, name) for key, name in _PAGES.items()},
        **{f"search_{kind}": _search([officer], text) for kind, text in SEARCHES.items()},
        "search_narrow": _search([_actor(SECRETARY), _actor(KEEPER)], *SEARCHES.values()),
        "figures": _against_sql(lambda: figures(actor=officer, unit_id=root.id)),
    }


def _search(actors: list[Actor], *texts: str) -> dict[str, float]:
    def searches() -> None:
        for actor in actors:
            for text in texts:
                list(search(actor=actor, text=text).select_related("unit")[:_SHOWN])

    return _against_sql(searches)


def _page(person: Person, name: str) -> dict[str, float]:
    client, address = Client(), reverse(name)
    client.force_login(_account(person), backend="django.contrib.auth.backends.ModelBackend")

    def page() -> None:
        response = client.get(address, headers={"host": "localhost"}, follow=True)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")

    return _against_sql(page)


def _account(person: Person) -> Account:
    found: Account = Account.objects.get(username=person.username)
    return found


def _actor(person: Person) -> Actor:
    return actor_for(_account(person))


def _against_sql(function: Callable[[], object]) -> dict[str, float]:
    function()
    sent = statements(function)
    seconds, floor = turn_about(function, bare(sent), times=_TIMES)
    return {"seconds": seconds, "floor_seconds": floor, "queries": len(sent)}
