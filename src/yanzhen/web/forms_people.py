"""The forms of the roster: cards to print, corrections, twins, categories."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


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
