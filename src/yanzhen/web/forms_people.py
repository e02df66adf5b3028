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
