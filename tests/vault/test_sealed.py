"""Sealed values open only where they were put; blind indexes find without showing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from yanzhen.kernel.ids import uuid7
from yanzhen.vault import keys, masking
from yanzhen.vault.keys import Unreadable
from yanzhen.vault.sealed import blind_index, seal, seal_file, unseal, unseal_file

ROW, OTHER = uuid7(), uuid7()
PLACE = "people_member.phone"
PHONE = "19900000001"


def test_what_was_sealed_opens_in_its_place() -> None:
    sealed = seal(PHONE, place=PLACE, row=ROW)
    assert PHONE not in sealed
    assert unseal(sealed, place=PLACE, row=ROW) == PHONE
    assert seal(PHONE, place=PLACE, row=ROW) != sealed
    assert seal("", place=PLACE, row=ROW) == unseal("", place=PLACE, row=ROW) == ""


def test_moved_altered_or_under_another_key_it_does_not_open() -> None:
    sealed = seal(PHONE, place=PLACE, row=ROW)
    with pytest.raises(Unreadable):
        unseal(sealed, place=PLACE, row=OTHER)
    with pytest.raises(Unreadable):
        unseal(sealed, place="people_member.landline", row=ROW)
    for altered in (sealed[:-5] + "AAAA=", sealed[:20], "k1.", "k1.?", sealed.replace("k1.", "k9.")):
        with pytest.raises(Unreadable):
            unseal(altered, place=PLACE, row=ROW)


def test_files_too() -> None:
    content = bytes(range(256)) * 50
    sealed = seal_file(content, place="sheets_batch.file", row=ROW)
    assert content[:32] not in sealed
    assert unseal_file(sealed, place="sheets_batch.file", row=ROW) == content
    with pytest.raises(Unreadable):
        unseal_file(sealed, place="sheets_batch.file", row=OTHER)


def test_a_blind_index_is_the_same_for_the_same_and_says_nothing() -> None:
    index = blind_index(PHONE, use="phone")
    assert index == blind_index(PHONE, use="phone")
    assert len({index, blind_index(PHONE, use="phone.tail"), blind_index("19900000002", use="phone")}) == 3
    assert (len(index), blind_index("", use="phone")) == (32, "")


@pytest.mark.parametrize("cipher", ["SM4", "AES"])
def test_each_installation_has_keys_of_its_own(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, cipher: str
) -> None:
    before = seal(PHONE, place=PLACE, row=ROW), blind_index(PHONE, use="phone")
    monkeypatch.setenv("YANZHEN_CIPHER", cipher)
    settings.DATA_FOLDER = tmp_path / "fresh"
    sealed = seal(PHONE, place=PLACE, row=ROW)
    kept = tmp_path / "fresh" / "keys.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert json.loads(kept.read_text("utf-8"))["ciphers"]["k1"]["algorithm"] == cipher
    assert unseal(sealed, place=PLACE, row=ROW) == PHONE
    assert blind_index(PHONE, use="phone") != before[1]
    with pytest.raises(Unreadable):
        unseal(before[0], place=PLACE, row=ROW)
    assert keys.load(tmp_path / "fresh") == keys.load(tmp_path / "fresh")
    assert list(kept.parent.iterdir()) == [kept]


def test_masks_show_enough_to_know_it_by_and_no_more() -> None:
    assert masking.mask_id_number("522699198503071236") == "522699**********36"
    assert masking.mask_phone(PHONE) == "199****0001"
    assert masking.mask_phone("6123456") == "612****"
    assert masking.mask_text("云岭县青禾镇青石村3组") == "云岭****"
    assert [masking.mask_id_number("12"), masking.mask_phone("110"), masking.mask_text("")] == [
        "**",
        "***",
        "",
    ]
