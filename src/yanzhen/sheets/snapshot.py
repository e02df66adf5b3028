"""The rows of members as they were before a batch touched them, so that undoing puts back the very same rows.

The member's own row goes back through `people.services.change_members`, which keeps his search terms in step; the rows
listed here are put back as they stood, keys included.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import chain
from typing import Any
from uuid import UUID

from django.core import serializers
from django.db.models import Model

from yanzhen.contact.models import Assignment, Contact
from yanzhen.mobility.models import Absence
from yanzhen.people.models import Member, MemberCategory

# What an import or a merge can change besides the member's own row. Standing is derived and follows the facts.
_TABLES: tuple[type[Model], ...] = (Absence, Assignment, Contact, MemberCategory)

Rows = list[dict[str, Any]]


def take(members: Collection[Member]) -> dict[UUID, Rows]:
    """The rows of these members, as JSON; one query a table."""
    rows: dict[UUID, Rows] = {it.id: [] for it in members}
    for table in _TABLES:
        found = table._default_manager.filter(member_id__in=list(rows))
        for row in json.loads(serializers.serialize("json", found)):
            rows[UUID(row["fields"]["member"])].append(row)
    return rows


def put_back(taken: Mapping[UUID, Rows]) -> None:
    """Make the rows of these members what they were: what came since goes, what was changed or went comes back."""
    kept: dict[type[Model], list[Any]] = defaultdict(list)
    paths = dict(Member.objects.filter(pk__in=list(taken)).values_list("id", "path"))
    for loaded in serializers.deserialize("json", json.dumps(list(chain.from_iterable(taken.values())))):
        row: Any = loaded.object
        row.path = paths[row.member_id]  # his unit may have moved meanwhile, and the rows went with it
        kept[type(row)].append(row)
    for table in _TABLES:
        manager, objects = table._default_manager, kept[table]
        since = manager.filter(member_id__in=list(taken)).exclude(pk__in=[it.pk for it in objects])
        since.delete()
        # Those that are there go first: what is open of another's makes room before what was open here comes back.
        present = set(manager.filter(pk__in=[it.pk for it in objects]).values_list("pk", flat=True))
        objects.sort(key=lambda it: it.pk not in present)
        columns = [it.name for it in table._meta.concrete_fields if not it.primary_key]
        manager.bulk_create(
            objects, update_conflicts=True, unique_fields=["id"], update_fields=columns, batch_size=500
        )
    keep_keepers(taken)


def keep_keepers(member_ids: Collection[UUID]) -> None:
    """Who may see a member as his contact person follows from who is assigned: accounts may have come since."""
    held = Assignment.objects.filter(member_id__in=list(member_ids), ends_on__isnull=True)
    keepers = dict(held.values_list("member_id", "person__account_id"))
    Member.objects.bulk_update(
        [Member(id=it, keeper_id=keepers.get(it)) for it in member_ids], ["keeper_id"], batch_size=500
    )
