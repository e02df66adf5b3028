"""归谁管: by what basis, why and since when a member's unit is responsible for him."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.kernel import clock
from yanzhen.people.models import Basis
from yanzhen.people.queries import member_for
from yanzhen.people.responsibility import set_responsible
from yanzhen.web.forms import DayInput
from yanzhen.web.pages import done, sent, show_form, within


class ResponsibleForm(forms.Form):
    """The basis, since when, and why."""

    basis = forms.ChoiceField(
        label=gettext_lazy("依据"),
        choices=Basis.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("谁有利谁负责。要换党支部，请转移党员。"),
    )
    on = forms.DateField(label=gettext_lazy("从哪一天起"), initial=clock.today, widget=DayInput())
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("按工作单位、居住地或上级商定的要写；党员本人可以看到。"),
    )


@within("members")
@require_http_methods(["GET", "POST"])
def member_responsible(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """归谁管."""
    found = member_for(actor=request.actor, permission="people.responsible.set", member_id=member_id)
    form = ResponsibleForm(request.POST or None, initial={"basis": found.responsible_basis})
    back = reverse("member", args=[member_id])
    if sent(request, form):
        set_responsible(actor=request.actor, member_id=member_id, **form.cleaned_data)
        return done(request, _("已记下%(name)s归谁管。") % {"name": found.name}, back)
    told = {"name": found.name, "unit": found.unit.name}
    title = _("%(name)s为什么由%(unit)s管") % told
    return show_form(
        request, "forms/plain.html", form, title=title, member=found, send=_("记下"), default_back=back
    )
