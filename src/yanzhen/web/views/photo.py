"""照片: shown to whoever may see the record, put up and taken away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.people.photos import CHANGE, remove_photo, see_photo, set_photo, with_photo
from yanzhen.people.picture import MOST_BYTES
from yanzhen.people.queries import member_for
from yanzhen.web.forms_people import PhotoForm
from yanzhen.web.pages import asked, came_from, done, sent, show_form, within


@within("members")
@require_safe
def member_photo(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """The picture itself; no browser keeps it."""
    picture = see_photo(actor=request.actor, member_id=member_id)
    return HttpResponse(picture, content_type="image/jpeg", headers={"Cache-Control": "no-store, private"})


@within("members")
@require_http_methods(["GET", "POST"])
def photo_change(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """换照片, or take it away: the button that was pressed."""
    actor = request.actor
    member = member_for(actor=actor, permission=CHANGE, member_id=member_id)
    back = came_from(request, reverse("member", args=[member_id]))
    form = PhotoForm(request.POST or None, request.FILES or None)
    if asked(request) and request.POST.get("remove"):
        remove_photo(actor=actor, member_id=member_id)
        return done(request, _("照片已去掉。"), back)
    if sent(request, form):
        set_photo(actor=actor, member_id=member_id, data=form.cleaned_data["photo"].read(MOST_BYTES + 1))
        return done(request, _("照片已换上。"), back)
    return show_form(
        request,
        "forms/photo.html",
        form,
        title=_("%(name)s的照片") % {"name": member.name},
        member=member,
        has_photo=bool(with_photo(actor=actor, member_ids=[member_id])),
        default_back=back,
    )
