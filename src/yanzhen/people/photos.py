"""照片: one a member, kept under the member's own key, so that erasing him erases it (`ledger.secrets.redact`)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import NotFound
from yanzhen.ledger.acts import act, current
from yanzhen.ledger.facts import record
from yanzhen.ledger.secrets import KeyRing
from yanzhen.people.models import Member, Photo
from yanzhen.people.picture import portrait
from yanzhen.people.queries import member_for, members
from yanzhen.people.services import look

CHANGE = "people.photo.change"


@act(CHANGE, facts=("people.photo.set",))
def set_photo(*, actor: Actor, member_id: UUID, data: bytes) -> Photo:
    """Give a member a photo, in place of the one he has. Only the portrait made of it is kept; the same again writes
    nothing. DomainError with its field `photo` for a file that cannot be taken (`picture.portrait`)."""
    member = member_for(actor=actor, permission=CHANGE, member_id=member_id)
    made, ring = portrait(data), current().ring
    photo = Photo.objects.filter(member=member).first()
    if photo is not None and _opened(photo, ring) == made:
        return photo
    photo = photo or Photo(member=member, path=member.path)
    _keep(photo, made, ring)
    record("people.photo.set", member=member)
    return photo


@act(CHANGE, facts=("people.photo.removed",))
def remove_photo(*, actor: Actor, member_id: UUID) -> None:
    """Take a member's photo away; where there is none, nothing happens."""
    member = member_for(actor=actor, permission=CHANGE, member_id=member_id)
    photo = Photo.objects.filter(member=member).first()
    if photo is not None:
        photo.delete()
        record("people.photo.removed", member=member)


@act("people.see", facts=("people.member.seen",))
def see_photo(*, actor: Actor, member_id: UUID) -> bytes:
    """The photo as a JPEG; seeing it is a look at the record and kept as one. NotFound where there is none."""
    member = look(actor=actor, member_id=member_id)
    photo = Photo.objects.filter(member=member).first()
    opened = _opened(photo, current().ring) if photo else None
    if opened is None:
        raise NotFound(_("还没有照片。"))
    return opened


def with_photo(*, actor: Actor, member_ids: Collection[UUID]) -> set[UUID]:
    """Which of these members, of those that the actor may see, have a photo; one query."""
    seen = members(actor=actor).filter(pk__in=member_ids, photo__isnull=False)
    return set(seen.values_list("pk", flat=True))


def hand_over(*, source: Member, to: Member) -> bool:
    """Inside an act: the photo of one registration becomes that of the other, which has none; whether there was one."""
    photo, ring = Photo.objects.filter(member=source).first(), current().ring
    opened = _opened(photo, ring) if photo else None
    if photo is None or opened is None:
        return False
    photo.member, photo.path = to, to.path
    _keep(photo, opened, ring)
    return True


def _keep(photo: Photo, made: bytes, ring: KeyRing) -> None:
    text = b64encode(made).decode()
    photo.sealed = ring.seal(text, member_id=photo.member_id, fact_id=photo.id)
    photo.save()


def _opened(photo: Photo, ring: KeyRing) -> bytes | None:
    text = ring.unseal(photo.sealed, member_id=photo.member_id, fact_id=photo.id)
    return None if text is None else b64decode(text)
