"""Members ticked in a list: who was merged into another meanwhile is the one who stays, and of a large unit some are
offered, the others looked for, while those who are ticked stay so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError
from yanzhen.people.models import Member
from yanzhen.people.queries import lost, present
from yanzhen.people.search import search
from yanzhen.web.choosing import Choosing, key_or_none

WHOM = gettext_lazy("按姓名、拼音或电话后四位查找党员")
GONE = gettext_lazy("勾选的有 %(n)d 名刚才已经不在这里了。其余的都还勾着，请看过再办一次。")
ALL = "all"  # what the button sends that ticks everybody who is shown
OFFERED = 200
"""How many are offered to be ticked: a branch has a few dozen members, and a list of names is run through quickly."""


def keys_in(ticked: Iterable[str]) -> list[UUID]:
    """The keys that were sent. DomainError for what is none."""
    try:
        return [UUID(key) for key in ticked]
    except ValueError:
        raise DomainError(_("没有看懂勾选的内容，请再选一次。")) from None


def members_in(ticked: Iterable[str], *, actor: Actor) -> set[UUID]:
    """The members that were ticked, each by the key that he has now."""
    return set(present(actor=actor, member_ids=keys_in(ticked)).values())


def pairs_in(ticked: Iterable[str], *, actor: Actor) -> list[tuple[UUID, UUID]]:
    """The lines that were ticked, each a member's key, a colon, and that of what is to be his; a member once."""
    lines = [line.partition(":") for line in ticked]
    members, others = keys_in(it[0] for it in lines), keys_in(it[2] for it in lines)
    now = present(actor=actor, member_ids=members)
    return list({now[member]: other for member, other in zip(members, others, strict=True)}.items())


def none_lost(members: Collection[UUID], *, actor: Actor) -> None:
    """Refuse where the registration of somebody who was ticked became part of one that `actor` may not see."""
    if gone := lost(actor=actor, member_ids=members):
        raise DomainError(GONE % {"n": len(gone)})


class Members(forms.TypedMultipleChoiceField):
    """Keys of members. Whose they are, the act asks."""

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("党员"), coerce=UUID)

    def valid_value(self, value: object) -> bool:
        return key_or_none(str(value)) is not None


class Ticking(Choosing):
    """A form of members to be ticked, looked for by the text of the field `whom`.

    `offered` are those who stand on the page: who is ticked, and some of those who were found. `kept` are the keys of
    further ones who are ticked.
    """

    members = Members()
    whom = "q"

    def offer_members(
        self, among: QuerySet[Member], *, actor: Actor, first: QuerySet[Member] | None = None
    ) -> None:
        """Offer some of these, in their order, or of those `first` only; with a text those it finds."""
        text, finder = self.texts[self.whom], self.fields[self.whom]
        keys = {key for it in self["members"].value() or () if (key := key_or_none(str(it)))}
        there = set(present(actor=actor, member_ids=keys).values())
        ticked = list(among.filter(pk__in=there))
        self.now = {it.pk for it in ticked}
        lost = there - self.now
        self.gone = len(lost)
        offered = among if first is None else first
        found = list((search(actor=actor, text=text, among=offered) if text else offered)[: OFFERED + 1])
        has_more = len(found) > OFFERED
        shown = {it.pk: it for it in found[:OFFERED]}
        if self.find == ALL:
            self.now |= shown.keys()
        if self.whom in self.new:
            finder.widget.attrs["autofocus"] = True  # it stands far down the page
        others = [it for it in ticked if it.pk not in shown]
        self.offered = [*others[:OFFERED], *shown.values()]
        # Who is not here any more is told of once the form is sent.
        self.kept = [*(it.pk for it in others[OFFERED:]), *(lost if self.is_looking else ())]
        if has_more:
            finder.help_text = _("这里只列出一部分，别的请查找；勾选的都会留着。")
        elif text and not found:
            finder.help_text = _("没有找到，请换一个名字。")
        elif not text:
            del self.fields[self.whom], self.fields[self.finders[self.whom]]

    def clean_members(self) -> list[UUID]:
        """Those who are ticked, as they are registered now."""
        if self.gone:
            raise forms.ValidationError(GONE % {"n": self.gone})
        return list(self.now)

    @property
    def finder(self) -> forms.BoundField | None:
        """The field to look by, and none where all of them stand on the page."""
        return self[self.whom] if self.whom in self.fields else None

    @property
    def looked_by(self) -> forms.BoundField:
        """What holds the text that was looked for last."""
        return self[self.finders[self.whom]]
