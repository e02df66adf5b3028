"""Facts in words: parts that fall away, dates at their precision, both languages."""

import pytest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from yanzhen.ledger.wording import own_words, sentence, spoken_date
from yanzhen.mobility.models import Outcome


def test_what_was_never_said_falls_away() -> None:
    template = "〔代%(whom)s〕报告%(departed_on)s外出到%(destination)s〔，原因：%(reason)s〕"
    said = {"departed_on": "2026-03-02", "destination": "", "whom": "韦志强", "reason": None}
    assert sentence(template, said) == "代韦志强报告2026年3月2日外出到—"


@pytest.mark.parametrize(
    ("written", "chinese", "english"),
    [
        ("2026", "2026年", "2026"),
        ("2026-03", "2026年3月", "March 2026"),
        ("2026-03-02", "2026年3月2日", "2 March 2026"),
    ],
)
def test_dates_are_as_precise_as_they_were_written(written: str, chinese: str, english: str) -> None:
    assert spoken_date(written) == chinese
    with override("en"):
        assert spoken_date(written) == english


def test_own_words_are_kept_in_one_language_and_read_in_each() -> None:
    with override("en"):
        kept = own_words(_("姓名"), Outcome.TRANSFER.label)
        assert kept == "姓名、接转组织关系"
        assert (
            sentence("%(actor)s: %(what)s", {"actor": "陆芳", "what": kept})
            == "陆芳: Name, Transfer the affiliation"
        )
    assert sentence("%(actor)s：%(what)s", {"actor": "陆芳", "what": kept}) == "陆芳：姓名、接转组织关系"


def test_other_values_are_never_translated() -> None:
    with override("en"):
        assert sentence("%(name)s", {"name": "其他"}) == "其他"
