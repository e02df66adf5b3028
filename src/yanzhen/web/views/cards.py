"""党员联络信息卡: one on the screen and on paper, as a telephone's contact, and a sheet for a list."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.contact.cards import MOST, Card, make_cards, phone_contact
from yanzhen.web.forms_people import CardsForm
from yanzhen.web.pages import need, sent, show, show_form, within
from yanzhen.web.vcard import qr, vcard
from yanzhen.web.views.members import Wanted, wanted_members


@within("members")
@require_safe
def member_card(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """One card, printed one to a page."""
    cards = make_cards(actor=request.actor, member_ids=[member_id])
    back = reverse("member", args=[member_id])
    return show(request, "cards.html", drawn=_drawn(cards), layout="one", member=cards[0].member, back=back)


@within("members")
@require_safe
def member_vcf(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """The card as a file that a telephone takes into its contacts."""
    card = phone_contact(actor=request.actor, member_id=member_id)
    name = f"{card.member.name}.vcf"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(vcard(card), content_type="text/vcard; charset=utf-8", headers=headers)


@within("members")
@require_http_methods(["GET", "POST"])
def members_cards(request: ActedRequest) -> HttpResponse:
    """The cards of exactly the list that is shown: ten on a sheet, or one to a page."""
    need(request, "people.unmask")
    found = wanted_members(request, Wanted.of(request))
    form = CardsForm(request.POST or None)
    back = f"{reverse('members')}?{request.GET.urlencode()}"
    if sent(request, form):
        keys = list(islice(found.values_list("pk", flat=True), MOST + 1))
        cards = make_cards(actor=request.actor, member_ids=keys)
        return show(request, "cards.html", drawn=_drawn(cards), layout=form.cleaned_data["layout"], back=back)
    lead = _("名单上共 %(count)d 名，一次最多 %(most)d 张。卡上的号码是完整的，看过谁的号码会记下来。") % {
        "count": found.count(),
        "most": MOST,
    }
    title, send = _("打印联络卡"), _("做联络卡")
    return show_form(request, "forms/plain.html", form, title=title, lead=lead, send=send, default_back=back)


def _drawn(cards: Iterable[Card]) -> list[tuple[Card, str]]:
    return [(card, qr(card)) for card in cards]
