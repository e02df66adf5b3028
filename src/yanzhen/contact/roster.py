"""What roster rows say about keeping in touch: whom they name as contact person, and when the last contact was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yanzhen.access.rows import insert
from yanzhen.contact.models import ContactPerson
from yanzhen.kernel.paths import ancestors
from yanzhen.people.columns import Value
from yanzhen.people.values import digits
from yanzhen.vault.sealed import blind_index, seal

PHONE = "contact_person.phone"


@dataclass(frozen=True)
class Named:
    """A contact person as a row names one, for a member at `path`. Without a phone the name alone is looked for."""

    path: str
    name: str
    phone: str

    @classmethod
    def by(cls, path: str, values: Mapping[str, Value]) -> Named | None:
        """Whom the row names; None where it names nobody."""
        name, phone = (
            str(values.get(key) or "").strip() for key in ("contact_person", "contact_person_phone")
        )
        return cls(path, name, phone) if name else None


class Persons:
    """The contact persons around some members, found by name and phone; those who are not there yet are added."""

    def __init__(self, wanted: Iterable[Named]) -> None:
        wanted = set(wanted)
        self.added: list[ContactPerson] = []
        self._by_name: dict[tuple[str, str], list[ContactPerson]] = defaultdict(list)
        paths = {path for one in wanted for path in ancestors(one.path)}
        known = ContactPerson.objects.filter(path__in=paths, name__in={one.name for one in wanted})
        for person in known.order_by("id"):
            self._by_name[person.path, person.name].append(person)
        # Whoever comes with a phone goes first, so that a row without one finds him.
        for one in sorted(wanted, key=lambda it: (not it.phone, it.path, it.name, it.phone)):
            if self.find(one) is None:
                self._add(one)
        insert(self.added)

    def find(self, named: Named) -> ContactPerson | None:
        """Who is meant: of the member's own unit, else of the nearest above it; None where nobody is."""
        index = _index(named.phone)
        for path in reversed(ancestors(named.path)):
            for person in self._by_name[path, named.name]:
                if not named.phone or person.phone_index == index:
                    return person
        return None

    def _add(self, named: Named) -> None:
        person = ContactPerson(path=named.path, name=named.name, phone_index=_index(named.phone))
        person.phone_sealed = seal(named.phone, place=PHONE, row=person.id)
        self._by_name[named.path, named.name].append(person)
        self.added.append(person)


def _index(phone: str) -> str:
    return blind_index(digits(phone), use="phone")
