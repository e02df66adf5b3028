"""分类: what a unit keeps, which of them a member is in, many members at once, and what the program suggests."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.mobility.suggesting import suggest_categories
from yanzhen.org.queries import trail, unit_for
from yanzhen.people import categories as acts
from yanzhen.people.category_lists import (
    SORT,
    categories_of,
    category_for,
    category_list,
    count_in,
    in_force,
    unit_of,
)
from yanzhen.people.queries import member_for
from yanzhen.web.forms_people import (
    CategoryContactForm,
    CategoryForm,
    CategoryPlaceForm,
    MemberCategoriesForm,
)
from yanzhen.web.pages import asked, done, sent, show, show_form, within
from yanzhen.web.ticking import none_lost, pairs_in

CONTACT = "contact.quarters"


@within("units")
@require_http_methods(["GET", "POST"])
def categories(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """The categories of a unit's members; the officer adds to its own, or begins with the usual six."""
    actor, here = request.actor, reverse("categories", args=[unit_id])
    form = CategoryForm(request.POST if "name" in request.POST else None)
    if asked(request) and "begin" in request.POST:
        acts.begin_categories(actor=actor, unit_id=unit_id)
        return done(request, _("已备好六类，名称和次序都可以改。"), here)
    if sent(request, form):
        added = acts.add_category(actor=actor, unit_id=unit_id, **form.cleaned_data)
        return done(request, _("已增加“%(name)s”。") % {"name": added.name}, here)
    unit = unit_for(actor=actor, permission=SORT, unit_id=unit_id)
    return show(
        request,
        "categories.html",
        unit=unit,
        form=form,
        rows=category_list(actor=actor, unit_id=unit_id, key=CONTACT),
        trail=trail(actor=actor, unit=unit),
    )


@within("units")
@require_http_methods(["GET", "POST"])
def category_change(request: ActedRequest, category_id: UUID) -> HttpResponse:
    """Rename a category, move it in the list, or retire it: the button that was pressed."""
    actor = request.actor
    category = category_for(actor=actor, category_id=category_id)
    back = reverse("categories", args=[unit_of(category).id])
    if asked(request) and "end" in request.POST:
        acts.end_category(actor=actor, category_id=category_id)
        return done(request, _("“%(name)s”已停用。") % {"name": category.name}, back)
    initial = {"name": category.name, "place": category.place + 1}
    form = CategoryPlaceForm(request.POST or None, initial=initial)
    if sent(request, form):
        acts.change_category(actor=actor, category_id=category_id, **form.cleaned_data)
        return done(request, _("已保存。"), back)
    title = _("改“%(name)s”这一类") % {"name": category.name}
    count = count_in(category)
    return show_form(request, "forms/category.html", form, title=title, count=count, default_back=back)


@within("units")
@require_http_methods(["GET", "POST"])
def category_contact(request: ActedRequest, category_id: UUID) -> HttpResponse:
    """How often the members of this category are called: the contact duty goes by it."""
    actor = request.actor
    category = category_for(actor=actor, category_id=category_id, permission="policy.change")
    back = reverse("categories", args=[unit_of(category).id])
    form = CategoryContactForm(request.POST or None, initial={"value": ""})
    if sent(request, form):
        acts.set_for_category(actor=actor, category_id=category_id, key=CONTACT, **form.cleaned_data)
        return done(request, _("已改好，要办的事已经按新的规定重新排过。"), back)
    title = _("“%(name)s”多久联系一次") % {"name": category.name}
    lead = _("只对这一类的党员有效，从那天以后的一次联系算起；一名党员属于几类的，按最勤的算。")
    return show_form(
        request, "forms/plain.html", form, title=title, lead=lead, send=_("保存"), default_back=back
    )


@within("members")
@require_http_methods(["GET", "POST"])
def member_categories(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """给一名党员归类."""
    actor = request.actor
    member = member_for(actor=actor, permission=SORT, member_id=member_id)
    held = categories_of(actor=actor, member_id=member_id)
    offered = list(in_force(member.path))
    offered += [one for one in held if one not in offered]
    initial = {"categories": [str(one.id) for one in held]}
    form = MemberCategoriesForm(request.POST or None, offered=offered, initial=initial)
    back = reverse("member", args=[member_id])
    if sent(request, form):
        acts.categorize(actor=actor, wanted={member_id: form.cleaned_data["categories"]})
        return done(request, _("已给%(name)s归类。") % {"name": member.name}, back)
    title = _("给%(name)s归类") % {"name": member.name}
    lead = (
        _("最多选 %(most)d 类，本人看得到。") % {"most": acts.MOST}
        if offered
        else _("党委还没有定分类，请组织干事先在党组织的页面上定。")
    )
    return show_form(
        request, "forms/plain.html", form, title=title, lead=lead, send=_("保存"), default_back=back
    )


@within("units")
@require_http_methods(["GET", "POST"])
def categories_suggest(request: ActedRequest, unit_id: UUID) -> HttpResponse:
    """归类建议, line by line; only the ticked lines are done."""
    actor = request.actor
    unit = unit_for(actor=actor, permission=SORT, unit_id=unit_id)
    ticked = request.POST.getlist("pair")
    if asked(request):
        pairs = pairs_in(ticked, actor=actor)
        none_lost([member_id for member_id, _category in pairs], actor=actor)
        count = acts.sort_each(actor=actor, pairs=pairs)
        done_text = _("已给 %(n)d 名党员归类。") % {"n": count}
        return done(request, done_text, reverse("categories", args=[unit_id]))
    found = suggest_categories(actor=actor, unit_id=unit_id)
    lines = [(f"{one.member.id}:{one.category.id}", one) for one in found]
    return show(
        request,
        "categories_suggest.html",
        unit=unit,
        lines=lines,
        ticked=ticked if request.refusal else [pair for pair, _one in lines],
        trail=trail(actor=actor, unit=unit),
    )
