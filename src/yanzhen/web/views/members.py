"""党员: the list, and the same list as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yanzhen.accounts.middleware import ActedRequest
from yanzhen.accounts.queries import grounds
from yanzhen.org.models import Unit
from yanzhen.org.queries import trail, unit_for
from yanzhen.oversight.behind import CONDITIONS
from yanzhen.oversight.lists import CHIPS, bases_borne, chosen_members, with_absence
from yanzhen.oversight.queries import listed
from yanzhen.people.categories import sort_into
from yanzhen.people.category_lists import SORT, in_category, names_in_use, names_of
from yanzhen.people.columns import Column
from yanzhen.people.models import Member
from yanzhen.people.queries import members as visible_members
from yanzhen.people.search import MOST, search
from yanzhen.sheets.layouts import LAYOUTS
from yanzhen.sheets.listing import CATEGORIES, as_listed, chosen
from yanzhen.web.columns import lines, offered
from yanzhen.web.exporting import export_members
from yanzhen.web.pages import PAGE, asked, done, is_long, key_in, need, paged, show, within
from yanzhen.web.ticking import members_in, none_lost

SORTS = {"name": ("name_key",), "unit": ("path", "name_key"), "joined_on": ("joined_on", "name_key")}


@dataclass(frozen=True)
class Wanted:
    """What the address asks for: a text, a filter, a category, a unit, conditions of a figure, an order, columns."""

    text: str
    chip: str
    category: str
    sort: str
    unit: Unit | None
    conditions: dict[str, str]
    columns: list[Column]

    @classmethod
    def of(cls, request: ActedRequest) -> Wanted:
        given = request.GET
        chip, sort = given.get("f", ""), given.get("sort", "")
        return cls(
            text=given.get("q", "").strip()[:60],
            chip=chip if chip in CHIPS else "",
            category=given.get("c", "")[:20],
            sort=sort if sort in SORTS else "",
            unit=unit_for(actor=request.actor, permission="people.see", unit_id=key_in(given["unit"]))
            if given.get("unit")
            else None,
            conditions={key: given[key] for key in CONDITIONS if given.get(key)},
            columns=chosen(given.getlist("col")),
        )

    @property
    def described(self) -> str:
        """How the list is narrowed, for the ledger; whose name or number was looked for is said in no fact."""
        told = {"q": "*" if self.text else "", "f": self.chip, "c": self.category, **self.conditions}
        return "&".join(f"{key}={value}" for key, value in told.items() if value)[:200]


def wanted_members(request: ActedRequest, wanted: Wanted) -> QuerySet[Member]:
    """The members that are asked for, in the order asked for: relevance for a text, else branch by branch."""
    actor = request.actor
    if wanted.unit is not None:
        among = listed(actor=actor, unit_id=wanted.unit.id, given=wanted.conditions)
    else:
        among = visible_members(actor=actor)
    among = chosen_members(among, wanted.chip)
    if wanted.category:
        among = in_category(among, wanted.category)
    if wanted.text:
        is_narrowed = wanted.unit is not None or wanted.chip or wanted.category
        among = search(actor=actor, text=wanted.text, among=among if is_narrowed else None)
    return among.order_by(*SORTS[sort], "pk") if (sort := sorted_by(wanted, among)) else among


def sorted_by(wanted: Wanted, found: QuerySet[Member]) -> str:
    """The order of the list, "" for relevance; too long a list stays in the order of its branches."""
    if wanted.text or wanted.sort in ("", "unit"):
        return wanted.sort or ("" if wanted.text else "unit")
    return "unit" if is_long(found) else wanted.sort


@require_http_methods(["GET", "POST"])
def members(request: ActedRequest) -> HttpResponse:
    """The list: searched, filtered, sorted, 50 a page; its ticked lines go into a category, or out of it."""
    ticked = members_in(request.POST.getlist("member")[:PAGE], actor=request.actor)
    if asked(request):
        return _categorize(request, ticked)
    wanted = Wanted.of(request)
    page = paged(request, with_absence(wanted_members(request, wanted)))
    categories = names_in_use(actor=request.actor)
    borne = [name for name, is_borne in categories.items() if is_borne or name == wanted.category]
    sorted_into = names_of([one.pk for one in page]) if borne else {}
    columns = [it for it in wanted.columns if borne or it.key != CATEGORIES]
    return show(
        request,
        "members.html",
        page=page,
        categories=categories,
        borne=borne,
        lines=lines(list(page), columns, sorted_into),
        columns=columns,
        sorts=SORTS,
        order=wanted.sort or ("" if wanted.text else "unit"),
        offered=offered(),
        kept=[it for it in parse_qsl(request.GET.urlencode()) if it[0] not in ("col", "page")],
        here=request.get_full_path(),
        wanted=wanted,
        is_nearest=wanted.text and page.paginator.count >= MOST,
        chips=[
            ("", _("全部")),
            ("away", _("外出")),
            ("unclear", _("去向不清")),
            ("alone", _("没有联系人")),
            *((basis.value, basis.label) for basis in bases_borne(actor=request.actor)),
        ],
        trail=trail(actor=request.actor, unit=wanted.unit) if wanted.unit else [],
        ticked=ticked,
        into=request.POST.get("category"),
    )


def _categorize(request: ActedRequest, ticked: set[UUID]) -> HttpResponse:
    need(request, SORT)
    none_lost(ticked, actor=request.actor)
    name, out = request.POST.get("category", ""), request.POST.get("out") == "1"
    count = sort_into(actor=request.actor, member_ids=ticked, name=name, out=out)
    told = _("已把 %(n)d 名党员移出“%(name)s”。") if out else _("已把 %(n)d 名党员归入“%(name)s”。")
    return done(request, told % {"n": count, "name": name}, request.get_full_path())


@within("members")
@require_http_methods(["GET", "POST"])
def members_export(request: ActedRequest) -> HttpResponse:
    """Exactly the list that is shown, as a workbook; what it is for is kept."""
    need(request, "sheets.export")
    wanted = Wanted.of(request)
    shown, (everything, *official) = as_listed(wanted.columns), LAYOUTS
    return export_members(
        request,
        grounds=[wanted.unit] if wanted.unit else grounds(request.actor, "sheets.export"),
        chosen=lambda: wanted_members(request, wanted),
        described=wanted.described,
        back=f"{reverse('members')}?{request.GET.urlencode()}",
        layouts=[shown, everything, *official] if "col" in request.GET else [everything, shown, *official],
    )
