"""The only way to fetch batches."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yanzhen.access.checks import require, visible
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import NotFound
from yanzhen.sheets.models import Batch


def batches(*, actor: Actor) -> QuerySet[Batch]:
    """The batches that `actor` may see, the latest first."""
    found = Batch.objects.filter(visible(actor, "sheets.import", member=None))
    return found.select_related("unit").order_by("-id")


def batch_for(*, actor: Actor, permission: str = "sheets.import", batch_id: UUID) -> Batch:
    """One batch, where `actor` holds `permission` on its unit; NotFound outside what the actor may see."""
    batch = Batch.objects.select_related("unit").filter(pk=batch_id).first()
    if batch is None:
        raise NotFound(_("没有这一批花名册，或者不在您管理的范围内。"))
    require(actor, permission, unit=batch)
    return batch
