"""English is complete, and its sentences take the same values (architecture, rule 11)."""

from babel.messages.catalog import Catalog

from tooling import catalogue


def test_every_sentence_has_its_english() -> None:
    source = catalogue.found()
    assert len(source) > 0
    assert list(catalogue.faults(source, catalogue.kept())) == [], "run: python dev.py messages"


def test_faults_are_found() -> None:
    source, translated = Catalog(locale="en"), Catalog(locale="en")
    for sentence in ("%(count)s 人", "今天要办的事", "名册"):
        source.add(sentence)
    translated.add("%(count)s 人", "%(cuont)s people")
    translated.add("今天要办的事", "To do today")
    translated.add("旧话", "an old saying")
    assert list(catalogue.faults(source, translated)) == [
        "placeholders differ (%(count)s, %(cuont)s): %(count)s 人",
        "no English for: 名册",
        "nobody says any more: 旧话",
    ]
