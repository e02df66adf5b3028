"""Keeping in touch: a contact logged, a contact person named, many named at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.accounts.sight import appointed_keepers
from yanzhen.contact.queries import persons_around, persons_to_choose, suggest
from yanzhen.contact.services import assign, assign_suggested, log_contact, name_contact_person
from yanzhen.kernel.actor import Actor
from yanzhen.org.queries import trail, unit_for
from yanzhen.people.models import Member
from yanzhen.people.queries import member_for
from yanzhen.web.choosing import some
from yanzhen.web.forms import ContactForm, KeeperForm
from yanzhen.web.pages import asked, came_from, done, sent, show, show_form, within
from yanzhen.web.ticking import pairs_in

if TYPE_CHECKING:
    from yanzhen.contact.queries import Holding

MOST = 500  # lines of a suggestion that a page shows; when they are dealt with, the next ones come


@within("home")
@require_http_methods(["GET", "POST"])
def contact_log(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """记一次联系: reached or not is the button that is pressed."""
    member = member_for(actor=request.actor, permission="contact.log", member_id=member_id)
    form = ContactForm(request.POST or None)
    if sent(request, form):
        logged = log_contact(actor=request.actor, member_id=member_id, **form.cleaned_data)
        told = (
            _("已记下和%(name)s的联系。")
            if logged.reached
            else _("已记下没联系上%(name)s，这件事还留在单子上。")
        )
        return done(request, told % {"name": member.name}, came_from(request))
    title = _("记一次和%(name)s的联系") % {"name": member.name}
    return show_form(request, "forms/contact.html", form, title=title, member=member)


@within("away")
@require_http_methods(["GET", "POST"])
def contact_assign(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """指定联系人: somebody who is one already, somebody appointed as one, or a name and a number."""
    actor = request.actor
    member = member_for(actor=actor, permission="contact.assign", member_id=member_id)
    form = KeeperForm(request.POST or None, offered=partial(_offered, actor, member))
    if sent(request, form):
        person_id = form.person_id()
        if person_id is None:
            person_id = name_contact_person(actor=actor, unit_id=member.unit_id, **form.newcomer()).id
        assigned = assign(actor=actor, member_id=member_id, person_id=person_id)
        told = {"person": assigned.person.name, "name": member.name}
        return done(request, _("%(person)s是%(name)s的联系人了。") % told, came_from(request))
    title = _("给%(name)s指定联系人") % {"name": member.name}
    return show_form(request, "forms/keeper.html", form, title=title, member=member, send=_("指定"))


def _offered(actor: Actor, member: Member, text: str, picked: str) -> tuple[list[tuple[str, str]], bool]:
    """Who can be chosen: first those of the unit with how many they have, then accounts that never had anybody. Those
    called `text`, the nearest first; some of them, and whether there are more."""
    among = persons_to_choose(actor=actor, member=member)
    kind, _colon, key = picked.partition(":")
    around, more = some(
        among.filter(name__contains=text), picked=key if kind == "person" else "", among=among
    )
    known = persons_around(member.path).filter(account_id__isnull=False).values("account_id")
    fresh = appointed_keepers(actor=actor, member_id=member.id).exclude(pk__in=known)
    named, more_named = some(
        fresh.filter(name__contains=text),
        picked=key.partition(":")[0] if kind == "account" else "",
        among=fresh,
    )
    rows = [*map(_line, around), *((f"account:{it.id}:{it.name}", it.name) for it in named)]
    return rows, more or more_named


def _line(person: Holding) -> tuple[str, str]:
    return f"person:{person.id}", _("%(name)s（现联系 %(n)d 人）") % {"name": person.name, "n": person.held}


@within("away")
@require_http_methods(["GET", "POST"])
def contact_suggest(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """分配联系人: what the program suggests, line by line; only the ticked lines are assigned."""
    if asked(request):
        pairs = pairs_in(request.POST.getlist("pair"), actor=request.actor)
        count = assign_suggested(actor=request.actor, unit_id=unit_id, pairs=pairs)
        return done(request, _("已给 %(n)d 名党员指定联系人。") % {"n": count}, reverse("away"))
    unit = unit_for(actor=request.actor, permission="contact.assign", unit_id=unit_id)
    found = suggest(actor=request.actor, unit_id=unit_id, first=MOST)
    return show(
        request,
        "suggest.html",
        unit=unit,
        trail=trail(actor=request.actor, unit=unit),
        suggestions=found,
    )
