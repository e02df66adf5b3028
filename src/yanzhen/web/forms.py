"""The forms of whereabouts and contact: what is asked, with what the program knows filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yanzhen.contact.models import Means
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.ledger.wording import own_words
from yanzhen.mobility.models import Outcome
from yanzhen.org.models import UnitKind
from yanzhen.org.queries import units
from yanzhen.web.choosing import Choosing

Offer = Callable[[str, str], tuple[list[tuple[str, str]], bool]]
NOBODY = _("没有找到，请换一个名字。")


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


def _today() -> date:
    return clock.today()


def _note(label: Any, **more: Any) -> forms.CharField:
    """A few sentences, three pages of them at most."""
    widget = forms.Textarea({"rows": 2})
    return forms.CharField(label=label, required=False, max_length=2000, widget=widget, **more)


class ContactForm(forms.Form):
    """记一次联系. `reached` is the button that was pressed."""

    means = forms.ChoiceField(
        label=_("怎样联系的"), choices=Means.choices, initial=Means.PHONE, widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("哪一天"), initial=_today, widget=DayInput())
    note = _note(_("谈了什么、有什么困难"))
    reached = forms.TypedChoiceField(choices=(("1", ""), ("0", "")), coerce=lambda value: value == "1")


class ReasonForm(forms.Form):
    """查看完整号码: why it is needed."""

    reason = forms.CharField(
        label=_("为什么要看"), max_length=200, help_text=_("会记下来，党员本人可以看到。")
    )


class UnitChoice(Choosing):
    """Which unit, out of those where the actor holds `permission`."""

    unit = forms.TypedChoiceField(label=_("所在党支部"), coerce=UUID)

    permission = "people.add"
    first_is_chosen = False

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among = units(actor=actor, permission=self.permission).filter(ended_on__isnull=True)
        self.offer_units(among.exclude(kind=UnitKind.GROUP), first_is_chosen=self.first_is_chosen)


def _reasons() -> list[tuple[str, Any]]:
    words = (_("务工"), _("经商"), _("上学"), _("随家人居住"), _("出差、借调"), _("其他"))
    return [(own_words(word), word) for word in words]


class DepartureForm(forms.Form):
    """外出报告: reason, time, place, contact (2006 意见)."""

    departed_on = forms.DateField(label=_("哪天走"), initial=_today, widget=DayInput())
    destination = forms.CharField(
        label=_("去哪里"), max_length=200, widget=forms.TextInput({"placeholder": _("例如：浙江杭州余杭区")})
    )
    reason = forms.ChoiceField(label=_("为什么外出"), choices=_reasons, widget=forms.RadioSelect)
    expected_return_on = forms.DateField(label=_("预计哪天回来"), required=False, widget=DayInput())
    host_employer = forms.CharField(label=_("到哪个单位"), required=False, max_length=200)
    phone = forms.CharField(label=_("在外用的电话"), required=False, widget=forms.TextInput({"type": "tel"}))

    def values(self) -> dict[str, str]:
        """What the act takes: dates as they are written."""
        given = self.cleaned_data
        return {
            key: value.isoformat() if isinstance(value, date) else value or "" for key, value in given.items()
        }


class ArrivalForm(forms.Form):
    """到达报告: where he lives and under which number he is reached."""

    destination = forms.CharField(label=_("现在在哪里"), max_length=200)
    address = forms.CharField(
        label=_("住址"), max_length=200, widget=forms.TextInput({"placeholder": _("写到街道、小区或工地")})
    )
    phone = forms.CharField(label=_("能打通的电话"), max_length=30, widget=forms.TextInput({"type": "tel"}))
    arrived_on = forms.DateField(label=_("哪天到的"), initial=_today, widget=DayInput())
    host_employer = forms.CharField(label=_("在哪个单位"), required=False, max_length=200)


class ReturnForm(forms.Form):
    """返回."""

    returned_on = forms.DateField(label=_("哪天回来的"), initial=_today, widget=DayInput())


class KeeperForm(Choosing):
    """指定联系人. `offered` gives for a text keys `person:…` and `account:…:name` with their words, and whether there
    are more; or a new name is written."""

    keeper = forms.ChoiceField(label=_("由谁联系"), widget=forms.RadioSelect, required=False)
    name = forms.CharField(label=_("另写一位：姓名"), required=False, max_length=60)
    phone = forms.CharField(
        label=_("他的电话"), required=False, max_length=30, widget=forms.TextInput({"type": "tel"})
    )
    sought = "keeper"
    instead = ("name",)

    def __init__(self, *args: Any, offered: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows, has_more = offered(self.text, self.picked)
        self.fields["q"].label = gettext("按姓名查找")
        self.offer(rows, has_more=has_more, none="" if rows or not self.text else NOBODY)
        if not rows and not self.text:
            del self.fields["keeper"]

    def clean(self) -> dict[str, Any]:
        """Somebody must be chosen or written."""
        given = super().clean() or {}
        if not given.get("keeper") and not given.get("name"):
            self.add_error(None, gettext("请选一位，或者写下姓名和电话。"))
        return given

    def person_id(self) -> UUID | None:
        """The contact person that was chosen; None where somebody becomes one only now."""
        kind, _colon, key = self.cleaned_data.get("keeper", "").partition(":")
        return UUID(key) if kind == "person" and not self.cleaned_data["name"] else None

    def newcomer(self) -> dict[str, Any]:
        """Name, phone and account of somebody who becomes a contact person."""
        written = self.cleaned_data["name"]
        if written:
            return {"name": written, "phone": self.cleaned_data["phone"]}
        _kind, key, name = self.cleaned_data["keeper"].split(":", 2)
        return {"name": name, "account_id": UUID(key)}


class DecisionForm(forms.Form):
    """接转 or 持证: the case as people correct it, and what they decide."""

    fixed_place = forms.BooleanField(label=_("单位或住处固定"), required=False)
    host_can_accept = forms.BooleanField(label=_("那里的党组织能接收"), required=False)
    outcome = forms.ChoiceField(label=_("支部决定"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = _note(_("理由"), help_text=_("和建议不同时要写。"))


class FileForm(forms.Form):
    """A sheet that somebody hands in."""

    file = forms.FileField(
        label=_("花名册文件"),
        help_text=_("Excel、WPS 表格或 CSV 都行，不用改格式。"),
        widget=forms.FileInput({"accept": ".xlsx,.xlsm,.xls,.et,.csv,.txt,.htm,.html"}),
    )


class RosterForm(FileForm, UnitChoice):
    """A roster and the unit that it is of; that unit and everything below it. The unit first: looking for it sends the
    form, and a browser forgets the file."""

    unit = forms.TypedChoiceField(label=_("这是哪个党组织的名册"), coerce=UUID)
    field_order = ("q", "unit", "file")
    permission = "sheets.import"
    first_is_chosen = True


class MeantForm(UnitChoice):
    """Which unit a name of a roster means."""

    unit = forms.TypedChoiceField(label=_("在册的是哪一个"), coerce=UUID)
    permission = "sheets.import"
