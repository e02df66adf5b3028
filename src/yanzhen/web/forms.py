"""The forms of whereabouts and contact: what is asked, with what the program knows filled in."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from yanzhen.contact.models import Means
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.paths import depth
from yanzhen.org.queries import units


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


def _today() -> date:
    return clock.today()


def _note(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea({"rows": 2}), **more)


class ContactForm(forms.Form):
    """记一次联系. `reached` is the button that was pressed."""

    means = forms.ChoiceField(
        label=_("怎样联系的"), choices=Means.choices, initial=Means.PHONE, widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("哪一天"), initial=_today, widget=DayInput())
    note = _note(_("谈了什么"))
    reached = forms.TypedChoiceField(choices=(("1", ""), ("0", "")), coerce=lambda value: value == "1")


class ReasonForm(forms.Form):
    """查看完整号码: why it is needed."""

    reason = forms.CharField(label=_("为什么要看"), max_length=200, help_text=_("会记下来，党员本人可以看到。"))


class UnitChoice(forms.Form):
    """Which unit, out of those where the actor holds `permission`."""

    unit = forms.TypedChoiceField(label=_("所在党支部"), coerce=UUID)

    def __init__(self, *args: Any, actor: Actor, permission: str = "people.add", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = units(actor=actor, permission=permission).filter(ended_on__isnull=True).order_by("path")
        rows = [(str(key), "　" * (depth(path) - 1) + name) for key, path, name in offered.values_list("id", "path", "name")]
        cast(forms.TypedChoiceField, self.fields["unit"]).choices = [("", _("请选择")), *rows]
