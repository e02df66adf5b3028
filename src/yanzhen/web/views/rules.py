"""制度: the periods and numbers in force, where they come from, and what a committee sets for itself."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.accounts.queries import home_unit
from yanzhen.kernel import clock
from yanzhen.kernel.errors import NotFound
from yanzhen.policy.queries import clauses
from yanzhen.policy.registry import PARAMETERS
from yanzhen.policy.services import set_parameter
from yanzhen.web.pages import done, sent, show, show_form, within


class ParameterForm(forms.Form):
    """A number of one's own, from a day on, with the reason that every list will show."""

    value = forms.CharField(max_length=32)
    effective_from = forms.DateField(
        label=gettext_lazy("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}), initial=clock.today
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        widget=forms.Textarea,
        help_text=gettext_lazy("写明依据哪份文件或哪次会议；大家在“为什么？”里看到的就是它。"),
    )


@require_safe
def rules(request: ActedRequest) -> HttpResponse:
    """All parameters with value, clause and source, as they hold for the actor's own unit today."""
    return show(request, "rules.html", clauses=clauses(actor=request.actor, on=clock.today()))


@within("rules")
@require_http_methods(["GET", "POST"])
def rule_change(request: ActedRequest, key: str) -> HttpResponse:
    """Set one parameter for the actor's own unit and everything below it."""
    unit = home_unit(request.actor, "policy.change")
    if key not in PARAMETERS:
        raise NotFound(_("没有这项规定。"))
    parameter = PARAMETERS[key]
    form = ParameterForm(request.POST or None)
    form.fields["value"].label = _("%(what)s（%(more)s）") % {"what": parameter.label, "more": parameter.unit}
    if sent(request, form):
        set_parameter(actor=request.actor, unit=unit, key=key, **form.cleaned_data)
        return done(request, _("已改好，要办的事已经按新的规定重新排过。"), reverse("rules"))
    lead = _("只对您管理的党组织和它下面的党组织有效，以前的记录不变。")
    return show_form(request, "forms/plain.html", form, title=_("改一项规定"), lead=lead, send=_("保存"))
