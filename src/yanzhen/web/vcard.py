"""A contact card for telephones: vCard 3.0 (RFC 2426), as a file and as a QR code."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from segno.helpers import make_vcard_data

from yanzhen.contact.cards import Card
from yanzhen.people.readings import surname_length


def vcard(card: Card) -> str:
    """Name, branch and phone, and who keeps in touch: what a telephone's contacts take."""
    name = _one_line(card.member.name).replace(";", " ")
    given = surname_length(name)
    # The memo is the last line: readers of a QR code show it under the name.
    memo = _("联系人：%(person)s %(phone)s") % {"person": card.person, "phone": card.person_phone}
    return str(
        make_vcard_data(
            name=f"{name[:given]};{name[given:]}",
            displayname=name,
            phone=card.phone,
            org=_one_line(card.member.unit.name),
            memo=_one_line(memo) if card.person else None,
        )
    )


def _one_line(text: str) -> str:
    """A line break in a name would begin another entry of the card."""
    return " ".join(text.split())


def qr(card: Card) -> SafeString:
    """The same as a QR code, an SVG that stands in the page; "" where the number is masked."""
    if not card.in_full:
        return SafeString()
    code = segno.make(vcard(card), micro=False, error="m", boost_error=False)
    drawn = code.svg_inline(
        border=2, omitsize=True, svgclass="qr", lineclass=None, title=_("扫码存到手机通讯录")
    )
    return SafeString(drawn)  # one path that segno draws: the text stands in its modules only
