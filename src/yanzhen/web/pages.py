"""The few moves that every view is made of: was it sent, show it, done, go on to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseLocation, trigger_client_event

from yanzhen.access.checks import visible
from yanzhen.access.registry import PERMISSIONS
from yanzhen.accounts.middleware import ActedRequest
from yanzhen.kernel.errors import NotFound, NotPermitted

PAGE = 50  # rows a page of every list (design: interface.md, rule 7)
COUNTED = 10_000  # rows that a list counts one by one; how many there are beyond, the figures say
M = TypeVar("M", bound=Model)
F = TypeVar("F", bound=Callable[..., HttpResponse])


def within(place: str) -> Callable[[F], F]:
    """Say which entry of the navigation a view stands under, where that is not the view itself."""

    def mark(view: F) -> F:
        view.section = place  # type: ignore[attr-defined]  # read by web.context
        return view

    return mark


def need(request: ActedRequest, permission: str) -> None:
    """Go on only where the actor holds `permission` anywhere: for pages that are of no one unit or member."""
    visible(request.actor, permission)
    if not any(request.actor.grants_for(permission)):
        raise NotPermitted(_("您没有办这件事的权限：%(what)s。") % {"what": PERMISSIONS[permission].allows})


def asked(request: ActedRequest) -> bool:
    """Whether the act is to be done now: it was sent, and not refused a moment ago."""
    return request.method == "POST" and request.refusal is None


def sent(request: ActedRequest, form: forms.Form) -> bool:
    """`asked`, with a form that is filled in right. A refusal is put beside the field it names."""
    refusal = request.refusal
    if refusal is not None:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return False
    return request.method == "POST" and form.is_valid()


def show(request: ActedRequest, template: str, /, **context: Any) -> HttpResponse:
    """The page; its status says 422 where something that was sent was not accepted."""
    form = context.get("form")
    faulty = request.refusal is not None or (
        isinstance(form, forms.Form) and form.is_bound and bool(form.errors)
    )
    return render(request, template, context, status=422 if faulty else 200)


def show_form(
    request: ActedRequest, template: str, form: forms.Form, /, *, default_back: str = "", **context: Any
) -> HttpResponse:
    """A form: in the line it was opened from, where htmx asks for it there, else as a page of its own."""
    line = request.htmx.target if request.htmx else None
    back = came_from(request, default_back)
    frame = "form_line.html" if line else "form_page.html"
    return show(
        request,
        frame,
        body=template,
        form=form,
        line=line,
        here=request.get_full_path(),
        back=back,
        **context,
    )


def key_in(text: str) -> UUID:
    """The key that an address names; NotFound for what is none."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(_("没有找到，或者不在您管理的范围内。")) from None


def number_in(text: str) -> int | None:
    """The number that an address or a field's name bears; None for anything else, and for more digits than any has."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def came_from(request: ActedRequest, default: str = "") -> str:
    """The page to go back to: `next` where it lies on this host, else the default, else the work list."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return default or reverse("home")


def done(request: ActedRequest, sentence: str, to: str) -> HttpResponse:
    """The act is done: say so on the page `to`. htmx fetches that page's main part in place."""
    messages.success(request, sentence)
    if request.htmx:
        return HttpResponseLocation(to, target="#main", select="#main", swap="outerHTML")
    return HttpResponseRedirect(to)


def dialled(response: HttpResponse, number: str) -> HttpResponse:
    """`response`, which also lets a telephone dial."""
    return trigger_client_event(response, "dial", {"href": f"tel:{number}"})


class Pages(Paginator[M]):
    """The pages of a list, of which the first `COUNTED` rows are counted and can be leafed through: a page of a
    million rows costs what a page of a thousand does."""

    @cached_property
    def is_cut(self) -> bool:
        """Whether there are more rows than are counted."""
        return self._found > COUNTED

    @cached_property
    def count(self) -> int:
        return min(self._found, COUNTED)

    @cached_property
    def _found(self) -> int:
        return cast(QuerySet[M], self.object_list).order_by()[: COUNTED + 1].count()


def is_long(rows: QuerySet[M]) -> bool:
    """Whether there are more rows than a list counts: it is not worth anybody's wait to sort them."""
    return rows.order_by()[COUNTED : COUNTED + 1].exists()


def paged(request: ActedRequest, rows: QuerySet[M]) -> Page[M]:
    """The page of rows that the address asks for; a number outside them gives the nearest."""
    return Pages(rows, PAGE).get_page(request.GET.get("page"))
