"""A choice among more than a page holds: a committee has thousands of units and accounts. A few are offered, the
others are looked for by text; without JavaScript, and with everything else kept as it was filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from django import forms
from django.db.models import Model, QuerySet
from django.db.models.functions import Length
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanzhen.kernel.paths import depth
from yanzhen.org.models import Unit
from yanzhen.org.queries import named

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

OFFERED = 50
"""How many are offered: what can still be read through, as the rows of a list's page."""
M = TypeVar("M", bound=Model)


class Finder(forms.TextInput):
    """A field to look by, with its button: pressing it only looks, and finds no fault with the rest of the form."""

    input_type = "search"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        button = '<button class="btn" type="submit" name="find" value="1" formnovalidate>{}</button>'
        field = super().render(name, value, attrs, renderer)
        return format_html('<div class="filter">{}' + button + "</div>", field, _("查找"))


class Choosing(forms.Form):
    """A form of which one field, `sought`, is looked for by `q`. `instead` names fields that are filled in for it.

    Up to `read_through` of them need no looking for.

    `finders` are the fields to look by, each with the one that holds the text that was looked for last: another one is
    looked for first, whatever was pressed.
    """

    q = forms.CharField(
        label=gettext_lazy("按名称、原名称或编号查找党组织"), required=False, max_length=100, widget=Finder()
    )
    found = forms.CharField(required=False, widget=forms.HiddenInput)
    sought = "unit"
    instead: tuple[str, ...] = ()
    read_through = OFFERED
    finders: Mapping[str, str] = {"q": "found"}

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        given: Mapping[str, Any] = data or {}
        texts = {name: str(given.get(name, "")).replace("\0", "").strip()[:100] for name in self.finders}
        self.texts, self.text = texts, texts["q"]
        is_filled_in = any(given.get(name) for name in (self.sought, *self.instead))
        self.new = {name for name, it in texts.items() if it and given.get(self.finders[name], it) != it}
        self.find = given.get("find")
        self.is_looking = "find" in given or bool(self.new or (self.text and not is_filled_in))
        if self.is_looking:
            typed = {
                name: it.widget.value_from_datadict(cast(Any, given), {}, name)
                for name, it in self.base_fields.items()
            }
            initial = {**(initial or {}), **typed, **{self.finders[name]: it for name, it in texts.items()}}
            data = files = None
        super().__init__(data, files, initial=dict(initial or {}))

    @property
    def picked(self) -> str:
        """What is chosen now, as the page sends it; "" for nothing."""
        return str((self.data if self.is_bound else self.initial).get(self.sought) or "")

    def offer(self, choices: Sequence[Any], *, has_more: bool, none: object = "") -> None:
        """Offer these. `has_more`: they are some of many; `none` is said in place of it where there are none."""
        field = cast(forms.ChoiceField, self.fields[self.sought])
        field.choices = choices
        if has_more or none:
            told = none or _("这里只列出一部分，别的请按名称查找。")
            field.help_text = f"{told}{field.help_text}"
        if not (has_more or self.text) and len(choices) <= self.read_through:
            del self.fields["q"], self.fields["found"]

    def offer_units(self, among: QuerySet[Unit], *, first_is_chosen: bool = False) -> None:
        """Offer these units (`offered_units`). `first_is_chosen`, the topmost, where all of them are there; so is the
        only one that was found."""
        rows, has_more = offered_units(among, text=self.text, picked=self.picked)
        if self.is_looking and len(rows) == 1:
            self.initial[self.sought] = rows[0][0]
        blank = [] if first_is_chosen and not (has_more or self.text) else [("", _("请选择"))]
        none = "" if rows else _("没有叫这个名称的党组织，请换一个名称。")
        self.offer([*blank, *rows], has_more=has_more, none=none)


def some(found: QuerySet[M], *, picked: str = "", among: QuerySet[M] | None = None) -> tuple[list[M], bool]:
    """The first `OFFERED` and whether there are more; with the one `picked` before, where it is `among` them all."""
    rows = list(found[: OFFERED + 1])
    has_more = len(rows) > OFFERED
    rows = rows[:OFFERED]
    key = key_or_none(picked)
    if among is None or key is None or any(it.pk == key for it in rows):
        return rows, has_more
    return [*among.filter(pk=key), *rows], has_more


def offered_units(
    among: QuerySet[Unit], *, text: str = "", picked: str = ""
) -> tuple[list[tuple[str, str]], bool]:
    """Units to choose from, by key and words, and whether there are more: all as a tree where they are few, else those
    that `text` finds, or the topmost ones, each with the unit above it."""
    among = among.select_related("parent")
    found = among.filter(named(text)) if text else among
    rows, has_more = some(found.order_by("path"), picked=picked, among=among)
    if text or has_more:
        if not text:
            rows, _more = some(found.order_by(Length("path"), "path"), picked=picked, among=among)
        return [(str(it.pk), beside(it)) for it in rows], has_more
    return [(str(it.pk), "　" * (depth(it.path) - 1) + it.name) for it in rows], has_more


def key_or_none(text: str) -> UUID | None:
    """The key that was sent; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def beside(unit: Unit) -> str:
    """A unit's name with that of the unit above it: in a county several have the same."""
    if unit.parent is None:
        return unit.name
    return _("%(what)s（%(more)s）") % {"what": unit.name, "more": unit.parent.name}
