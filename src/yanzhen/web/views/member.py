"""One member: his record, who sees it, what was recorded, and the acts on the record itself."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reswap, retarget

from yanzhen.access.checks import permits
from yanzhen.accounts.middleware import ActedRequest
from yanzhen.accounts.sight import who_sees
from yanzhen.contact.queries import present_person
from yanzhen.mobility.queries import open_absence
from yanzhen.org.queries import trail
from yanzhen.people.category_lists import categories_of
from yanzhen.people.changes import changed_fields, own_column
from yanzhen.people.columns import COLUMNS
from yanzhen.people.corrections import CORRECTABLE, last_correction
from yanzhen.people.photos import with_photo
from yanzhen.people.queries import member_for
from yanzhen.people.responsibility import responsible
from yanzhen.people.services import change_member, look, unmask
from yanzhen.people.timeline import MERGED, timeline
from yanzhen.reorganization.registering import RegisteredAlready, register
from yanzhen.reorganization.twins import PERMISSION as MERGE
from yanzhen.reorganization.twins import twins_of
from yanzhen.sheets.export import lists_around
from yanzhen.web.forms import ReasonForm
from yanzhen.web.forms_people import RegisterForm
from yanzhen.web.pages import came_from, dialled, done, need, sent, show, show_form, within
from yanzhen.web.record import RecordForm, blanks, one, sections
from yanzhen.web.views.twins import reasons


@within("members")
@require_safe
def member(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """The whole record on one page."""
    actor = request.actor
    found = look(actor=actor, member_id=member_id)
    own = found.account_id == actor.id
    entries = timeline(actor=actor, member_id=member_id)
    return show(
        request,
        "member.html",
        member=found,
        own=own,
        sections=sections(found, in_full=own),
        blanks=blanks(found),
        correctable=CORRECTABLE if own and permits(actor, "people.correction.propose", member=found) else (),
        correction=last_correction(actor=actor, member_id=member_id),
        changed=changed_fields(actor=actor, member_id=member_id),
        has_photo=bool(with_photo(actor=actor, member_ids=[member_id])),
        categories=categories_of(actor=actor, member_id=member_id),
        absence=open_absence(actor=actor, member_id=member_id),
        keeper=present_person(actor=actor, member_id=member_id),
        entries=entries,
        is_merged=any(it.fact.kind == MERGED and it.fact.member_id == member_id for it in entries),
        twins=twins_of(actor=actor, member_id=member_id) if permits(actor, MERGE, member=found) else [],
        lists=lists_around(actor=actor, member_id=member_id),
        seers=who_sees(actor=actor, member_id=member_id),
        responsible=responsible(actor=actor, member_id=member_id),
        trail=trail(actor=actor, unit=found.unit),
        here=request.path,
    )


@within("members")
@require_http_methods(["GET", "POST"])
def member_edit(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """修改党员信息."""
    found = member_for(actor=request.actor, permission="people.change", member_id=member_id)
    form = RecordForm(request.POST or None, member=found)
    back = reverse("member", args=[member_id])
    if sent(request, form):
        change_member(actor=request.actor, member_id=member_id, values=form.values())
        return done(request, _("已保存%(name)s的信息。") % {"name": found.name}, back)
    title = _("修改%(name)s的信息") % {"name": found.name}
    return show(request, "member_form.html", form=form, member=found, title=title, back=back)


@within("members")
@require_http_methods(["GET", "POST"])
def field_edit(request: ActedRequest, member_id: UUID, field: str) -> HttpResponse:
    """One field where it stands; the answer is the field as it reads now, for its own place on the page."""
    actor, column = request.actor, own_column(field)
    found = member_for(actor=actor, permission="people.change", member_id=member_id)
    form = RecordForm(request.POST or None, member=found, only=[column])
    form.fields[field].widget.attrs["autofocus"] = True
    back = reverse("member", args=[member_id])
    if sent(request, form):
        changed = change_member(actor=actor, member_id=member_id, values=form.values())
        own = found.account_id == actor.id
        shown = one(changed, column, in_full=own)
        if request.htmx.target != f"full-{field}" or shown is None:
            return done(request, _("已保存%(name)s的信息。") % {"name": found.name}, back)
        context = {"member": changed, "shown": shown, "own": own, "here": back, "saved": True}
        context["changed"] = changed_fields(actor=actor, member_id=member_id)
        return reswap(retarget(show(request, "value_line.html", **context), f"#f-{field}"), "outerHTML")
    title = _("%(name)s的%(what)s") % {"name": found.name, "what": column.label}
    return show_form(request, "forms/field.html", form, title=title, member=found, default_back=back)


@within("members")
@require_http_methods(["GET", "POST"])
def member_add(request: ActedRequest) -> HttpResponse:
    """登记党员."""
    need(request, "people.add")
    wanted = {"unit": request.GET.get("unit")}
    choice = RegisterForm(request.POST or None, actor=request.actor, initial=wanted)
    form = RecordForm(None if choice.is_looking else request.POST or None)
    if choice.is_looking:
        form.initial = request.POST.dict()
    if sent(request, form) and choice.is_valid():
        given = choice.cleaned_data
        added = register(
            actor=request.actor,
            unit_id=given["unit"],
            values=form.values(),
            since=given["since"],
            anyway=given["anyway"],
        )
        return done(request, _("已登记%(name)s。") % {"name": added.name}, reverse("member", args=[added.id]))
    back, found, labels = came_from(request, reverse("members")), request.refusal, reasons()
    registered = found if isinstance(found, RegisteredAlready) else None
    return show(
        request,
        "member_form.html",
        form=form,
        choice=choice,
        title=_("登记党员"),
        back=back,
        registered=registered,
        alike=[(it.member, [labels[why] for why in it.reasons]) for it in registered.people]
        if registered
        else [],
    )


@within("members")
@require_http_methods(["GET", "POST"])
def member_unmask(request: ActedRequest, member_id: UUID, field: str) -> HttpResponse:
    """查看完整号码, with a reason that the member can read."""
    found = member_for(actor=request.actor, permission="people.unmask", member_id=member_id)
    form = ReasonForm(request.POST or None)
    label = COLUMNS[field].label if field in COLUMNS else ""
    if sent(request, form):
        value = unmask(actor=request.actor, member_id=member_id, field=field, **form.cleaned_data)
        template = "unmasked_line.html" if request.htmx else "unmasked.html"
        return show(request, template, member=found, label=label, value=value)
    title = _("查看%(name)s完整的%(what)s") % {"name": found.name, "what": label}
    return show_form(request, "forms/plain.html", form, title=title, member=found, send=_("查看"))


@within("members")
@require_POST
def member_call(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """打电话: show the number, keep why, let a telephone dial."""
    found = member_for(actor=request.actor, permission="people.unmask", member_id=member_id)
    number = unmask(actor=request.actor, member_id=member_id, field="phone", reason=gettext_noop("打电话"))
    template = "call_line.html" if request.htmx else "call.html"
    line = request.htmx.target if request.htmx else None
    page = show(request, template, member=found, number=number, line=line, back=came_from(request))
    return dialled(page, number) if number else page
