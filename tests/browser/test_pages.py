"""Measures that every page keeps (design: interface.md): axe, 360 px, tap targets, weight."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import DESK, PHONE, Visit, Visiting
from yanzhen.sheets.listing import LISTED

pytestmark = pytest.mark.browser

# What a look can change; the light pages are held to all of axe's rules.
RULES: dict[str, list[str]] = {
    "light": [],
    "dark": ["color-contrast"],
    "care": ["color-contrast", "target-size", "scrollable-region-focusable"],
}
NARROWEST = (360, 740)
WIDE = "/members/?" + "&".join(f"col={key}" for key in LISTED)  # all columns that can be chosen
PAGES = {
    "": ["/accounts/login/", "/start/", "/start/passkey/"],
    "zhouhui": [
        "/", "/members/", "/members/?q=%E6%9F%B3%E6%B2%B3", WIDE, "/members/new/", "/members/export/", "/away/",
        "/units/", "/away/export/", "/duties/export/", "/staff/export/", "MEMBERtimeline/export/", "SUGGESTexport/",
        "/figures/", "/rules/", "/rules/contact.load/", "/staff/", "/staff/new/", "/import/", "/mine/",
        "/members/twins/", "MEMBERtwin/?q=w", "MERGE",
        "/accounts/password/", "/accounts/sessions/", "/mine/security/", "MEMBER", "MEMBERedit/",
        "MEMBERunmask/id_number/", "MEMBERcontact/", "MEMBERcontact-person/", "MEMBERarrival/", "MEMBERreturn/",
        "MEMBERdecision/", "UNIT", "UNITnew/", "UNITname/", "UNITmove/", "UNITmembers/", "UNITgroups/",
        "UNITgroups/found/", "UNITchart/", "/units/?q=%E6%B8%85%E6%B0%B4", "/units/moves/",
        "MEMBERresponsible/", "SUGGEST",
        "MEMBERedit/phone/", "MEMBERphoto/change/", "MEMBERhistory/phone/", "MEMBERtimeline/", "MEMBERtimeline/?all=1",
        "MEMBERcard/", "/members/cards/", "MEMBERaccount/", "MEMBERcategories/",
        "UNITcategories/", "UNITcategories/suggest/",
    ],
    "lufang": ["/", "/away/", "/figures/", "MEMBER", "MEMBERcard/"],
    "weizhiqiang": ["/", "/mine/record/", "/rules/", "/mine/", "MEMBERcard/", "MEMBERtimeline/", "MEMBERcorrection/"],
}  # fmt: skip


def _paths(visit: Visit, who: str) -> list[str]:
    """The addresses for one person, keys filled in from the town: 韦志强 and his unit."""
    if not who:
        return PAGES[who]
    page = visit.go("/members/?q=%E9%9F%A6%E5%BF%97%E5%BC%BA")
    member = str(page.locator("td.title a").first.get_attribute("href"))
    page = visit.go(member)
    unit = (
        str(page.locator(".crumb a").last.get_attribute("href")) if page.locator(".crumb a").count() else ""
    )
    filled = {"MEMBER": member, "UNIT": unit, "SUGGEST": unit.replace("/units/", "/away/") + "suggest/"}
    if "MERGE" in PAGES[who]:
        page = visit.go(f"{member}twin/?q=w")
        filled["MERGE"] = str(page.locator("li .btn").first.get_attribute("href"))
    out = []
    for path in PAGES[who]:
        key = next((key for key in filled if path.startswith(key)), "")
        out.append(filled[key] + path.removeprefix(key) if key else path)
    return out


@pytest.mark.parametrize("care", [False, True], ids=["plain", "care"])
@pytest.mark.parametrize("who", PAGES)
def test_every_page_keeps_its_measures(who: str, care: bool, visiting: Visiting) -> None:
    """Each page is opened once on the narrowest telephone, then looked at by axe in its usual size."""
    visit, axe = visiting(who, NARROWEST, care=care), Axe()
    visit.page.emulate_media(reduced_motion="reduce")  # axe reads no colour on its way to another
    wrong: dict[str, list[object]] = {}
    for path in _paths(visit, who):
        page = visit.go(path)
        found = [*_too_wide(page), *_small_targets(page)]
        page.set_viewport_size(_size(PHONE if who == "weizhiqiang" else DESK))
        page.evaluate(
            "document.querySelectorAll('details').forEach(it => { if (!it.matches('.menu')) it.open = true })"
        )
        page.evaluate(axe.axe_script)
        found += _violations(page, "care" if care else "light")
        if not care:
            page.emulate_media(color_scheme="dark")
            found += _violations(page, "dark")
            page.emulate_media(color_scheme="light")
        page.set_viewport_size(_size(NARROWEST))
        if found:
            wrong[path] = found
    assert wrong == {}


def _size(size: tuple[int, int]) -> ViewportSize:
    return {"width": size[0], "height": size[1]}


def _violations(page: Page, look: str) -> list[object]:
    """What axe, which the page has loaded already, finds: rule, first element and what to do."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if RULES[look]:
        options["runOnly"] = RULES[look]
    found = page.evaluate("options => axe.run(options).then(it => it.violations)", options)
    return [
        (look, it["id"], it["nodes"][0]["html"][:160], it["nodes"][0].get("failureSummary", "")[:200])
        for it in found
    ]


def _too_wide(page: Page) -> list[object]:
    """By how many pixels the page is wider than its window."""
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{over} px too wide"] if over else []


_SMALL = """
[...document.querySelectorAll(`.btn, .chip, .tabs a, .pills label, summary, select, textarea,
    input:not([type=hidden]):not([type=radio]):not([type=checkbox])`)]
  .map(it => [it, it.getClientRects()[0], it.matches('.why summary, .more summary') ? 32 : 43.5])
  .filter(([it, box, least]) => it.offsetParent && box.height < least)
  .map(([it, box]) => `${it.outerHTML.slice(0, 100)} ${box.height}`)
"""


def _small_targets(page: Page) -> list[str]:
    """Buttons, fields and chips that a thumb would miss: under 44 px high. A pill's own circle lies in its label."""
    return list(page.evaluate(_SMALL))


def _weigh(visit: Visit, path: str) -> tuple[int, int]:
    """Bytes over the line, headers included, and how many requests, of opening `path`."""
    visit.requests.clear()
    visit.go(path)
    visit.page.wait_for_load_state("networkidle")
    sizes = [it.sizes() for it in visit.requests if it.response()]
    asked = [it for it in visit.requests if not (it.response() and it.timing["responseStart"] < 0)]
    return sum(it["responseBodySize"] + it["responseHeadersSize"] for it in sizes), len(asked)


def test_a_member_page_is_light(visiting: Visiting, server: str) -> None:
    visiting("weizhiqiang", PHONE)
    visit = visiting("weizhiqiang", PHONE)
    first, requests = _weigh(visit, "/")
    assert first <= 60 * 1024
    assert requests <= 6
    again, _requests = _weigh(visit, "/mine/record/")
    assert again <= 15 * 1024


def test_an_officer_page_is_light(visiting: Visiting) -> None:
    visit = visiting("zhouhui", DESK)
    first, _requests = _weigh(visit, "/figures/")
    assert first <= 250 * 1024
    for path in ("/", "/members/", "/figures/"):
        again, _requests = _weigh(visit, path)
        assert again <= 30 * 1024, path
