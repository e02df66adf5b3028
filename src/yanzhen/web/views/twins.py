"""疑似重复登记: the pairs, one person's registrations made one, and made two again."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.people.queries import member_for
from yanzhen.people.queries import members as visible_members
from yanzhen.people.search import search
from yanzhen.people.services import look
from yanzhen.reorganization.merging import merge_members, split_members, take_back_apart, tell_apart
from yanzhen.reorganization.rules import Why
from yanzhen.reorganization.twins import PERMISSION, Pair, pairs, twins_of, units_to_choose
from yanzhen.reorganization.twofold import together, way_back
from yanzhen.web.beside import MergeForm, in_brief
from yanzhen.web.choosing import offered_units
from yanzhen.web.pages import PAGE, asked, came_from, done, key_in, need, sent, show, within

_FOUND = 20  # members that a search for the other registration offers


def reasons() -> dict[Why, str]:
    """What speaks for one person, in words."""
    return {
        Why.BIRTH: _("同名，出生年月相同"),
        Why.JOINED: _("同名，加入党组织年月相同"),
        Why.PHONE: _("手机号码相同，姓名相同或相近"),
        Why.READING: _("同一党支部，姓名或读音相同"),
    }


@within("members")
@require_safe
def twins(request: ActedRequest) -> HttpResponse:
    """The pairs, narrowed by unit and reason, 50 a page; or those that are two people."""
    need(request, PERMISSION)
    actor, given = request.actor, request.GET
    labels = reasons()
    chip = given.get("f", "")
    found = pairs(
        actor=actor,
        unit_id=key_in(given["unit"]) if given.get("unit") else None,
        why=next((why for why in Why if why == chip), None),
        apart=chip == "apart",
    )
    text, unit = given.get("q", "").replace("\0", "").strip()[:100], given.get("unit", "")
    offered, has_more = offered_units(units_to_choose(actor=actor), text=text, picked=unit)
    page = Paginator(found.rows, PAGE).get_page(given.get("page"))
    return show(
        request,
        "twins.html",
        found=found,
        page=page,
        lines=[_line(pair, labels) for pair in page],
        chip=chip,
        chips=[("", _("全部")), *labels.items(), ("apart", _("已确认是两个人"))],
        units=offered,
        is_searched=has_more or text,
        text=text,
        unit=unit,
        here=request.get_full_path(),
    )


def _line(pair: Pair, labels: dict[Why, str]) -> dict[str, object]:
    return {
        "pair": pair,
        "rows": in_brief(pair.one, pair.other),
        "reasons": [labels[why] for why in pair.reasons],
    }


@within("members")
@require_safe
def member_twin(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """和另一条登记合并: which one? Those that may be his, and a search."""
    actor, text = request.actor, request.GET.get("q", "").strip()[:60]
    found = member_for(actor=actor, permission=PERMISSION, member_id=member_id)
    mergeable = visible_members(actor=actor, permission=PERMISSION).values("pk")
    named = search(actor=actor, text=text).filter(pk__in=mergeable).exclude(pk=member_id)
    labels = reasons()
    return show(
        request,
        "twin_find.html",
        member=found,
        text=text,
        named=named.select_related("unit")[:_FOUND] if text else [],
        likely=[_line(pair, labels) for pair in twins_of(actor=actor, member_id=member_id)],
    )


@within("members")
@require_http_methods(["GET", "POST"])
def members_merge(request: ActedRequest, member_id: UUID, other_id: UUID) -> HttpResponse:
    """合并: both beside each other, what comes along, and which values stay. `member_id` stays."""
    actor = request.actor
    both = together(actor=actor, keep_id=member_id, other_id=other_id)
    form = MergeForm(request.POST or None, keep=both.keep.member, other=both.other.member)
    if sent(request, form):
        kept = merge_members(actor=actor, keep_id=member_id, other_id=other_id, take=form.taken())
        sentence = _("两条登记已经合并。合错了，可以在这里拆开。")
        return done(request, sentence, reverse("member", args=[kept.id]))
    for one in (member_id, other_id):
        look(actor=actor, member_id=one)
    return show(
        request,
        "merge.html",
        both=both,
        form=form,
        here=request.path,
        back=came_from(request, reverse("twins")),
    )


@require_POST
def members_apart(request: ActedRequest, member_id: UUID, other_id: UUID) -> HttpResponse:
    """这是两个人, and taken back: `apart` is the button that was pressed."""
    apart = request.POST.get("apart") != "0"
    (tell_apart if apart else take_back_apart)(actor=request.actor, one_id=member_id, other_id=other_id)
    sentence = _("已记下：这是两个人。") if apart else _("已收回，这两条登记又列在疑似重复里。")
    return done(request, sentence, came_from(request, reverse("twins")))


@within("members")
@require_http_methods(["GET", "POST"])
def member_split(request: ActedRequest, member_id: UUID) -> HttpResponse:
    """拆开合并: what goes back, what stands in the way."""
    back = reverse("member", args=[member_id])
    if asked(request):
        other = split_members(actor=request.actor, member_id=member_id)
        sentence = _("已经拆开，“%(name)s”又是单独的一条登记。") % {"name": other.name}
        return done(request, sentence, back)
    member = member_for(actor=request.actor, permission=PERMISSION, member_id=member_id)
    way = way_back(actor=request.actor, member_id=member_id)
    return show(request, "split.html", member=member, way=way, back=back)
