"""The forms of the roster: cards to print, corrections, twins, categories."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from yanzhen.kernel import clock
from yanzhen.kernel.ids import uuid7
from yanzhen.people.models import Category
from yanzhen.web.forms import UnitChoice


class RegisterForm(UnitChoice):
    """Where a member is registered. `since` tells what was sent twice, `anyway` that somebody alike is another."""

    since = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)
    anyway = forms.BooleanField(label=_("核对过了，是另一个人，仍要登记"), required=False)


class CardsForm(forms.Form):
    """How cards are laid out on paper."""

    layout = forms.ChoiceField(
        label=_("怎样打印"),
        choices=(("ten", _("一张 A4 纸 10 张")), ("one", _("每页一张"))),
        initial="ten",
        widget=forms.RadioSelect,
    )


class PhotoForm(forms.Form):
    """A photo to be put up."""

    photo = forms.FileField(
        label=_("照片"),
        help_text=_("JPG、PNG 或 WebP，不超过 10 MB。只留下缩小的照片，拍摄地点等信息不会保存。"),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )


class CorrectionCheckForm(forms.Form):
    """核对本人更正. `accepted` is the button that was pressed; `proposal` what was shown."""

    proposal = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("不采纳要写；本人可以看到。"),
    )
    accepted = forms.TypedChoiceField(choices=(("1", ""), ("0", "")), coerce=lambda value: value == "1")


class CategoryForm(forms.Form):
    """What a category is called."""

    name = forms.CharField(label=_("名称"), max_length=20)


class CategoryPlaceForm(CategoryForm):
    """The same, and where it stands in the list."""

    place = forms.IntegerField(label=_("排在第几"), min_value=1, max_value=100)


class CategoryContactForm(forms.Form):
    """How often the members of one category are called: whole quarters, as the duty counts."""

    value = forms.ChoiceField(
        label=_("多久联系一次"),
        choices=(("", _("和大家一样")), ("1", _("每季度")), ("2", _("每半年")), ("4", _("每年"))),
        required=False,
        widget=forms.RadioSelect,
    )
    effective_from = forms.DateField(
        label=_("从哪天起"), initial=clock.today, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("写明依据哪份文件或哪次会议；大家在“为什么？”里看到的就是它。"),
    )


class MemberCategoriesForm(forms.Form):
    """Which of the categories that are offered a member is in."""

    categories = forms.TypedMultipleChoiceField(
        label=_("分类"), required=False, coerce=UUID, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: list[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.TypedMultipleChoiceField, self.fields["categories"])
        field.choices = [(str(one.id), one.name) for one in offered]
