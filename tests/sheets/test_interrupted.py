"""What goes wrong in the middle of an import: the disk is full, the session is over. One sentence, nothing lost."""

from __future__ import annotations

from errno import EACCES, ENOSPC
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD
from tests.sheets.books import roster
from tests.sheets.conftest import Desk
from tests.sheets.test_progress import work
from tests.web.test_pages import signed_in
from yanzhen.ledger.models import Fact
from yanzhen.people.models import Member
from yanzhen.sheets import progress, tasks
from yanzhen.sheets.models import Batch, BatchState
from yanzhen.sheets.progress import State

ROW = {"name": "罗大山", "phone": "19900000011"}


def full(monkeypatch: pytest.MonkeyPatch, name: str, errno: int = ENOSPC) -> None:
    """From now on no room is left for a file of that name: half of it is written, then the disk is full."""
    write = Path.write_bytes

    def write_bytes(path: Path, data: Any) -> int:
        if path.name == f"{name}.part":
            write(path, data[: len(data) // 2])
            raise OSError(errno, "No space left on device", str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)


def left_behind(folder: Path) -> list[str]:
    return sorted(
        it.name for it in folder.rglob("*") if it.is_file() and it.name.endswith((".part", "roster"))
    )


def hand_in(client: Client, desk: Desk) -> Any:
    file = SimpleUploadedFile("名册.xlsx", roster(ROW))
    return client.post(reverse("batches"), {"unit": str(desk.cast.qingshi.id), "file": file})


@pytest.mark.parametrize(("errno", "sentence"), [(ENOSPC, "服务器的磁盘满了"), (EACCES, "服务器存不了文件")])
def test_a_full_disk_is_told_when_a_roster_is_handed_in(
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    errno: int,
    sentence: str,
) -> None:
    full(monkeypatch, "roster", errno)
    client = signed_in(desk.cast, "zhouhui")
    answer = hand_in(client, desk)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{desk.cast.qingshi.id}" selected' in page
    assert not Batch.objects.exists()
    assert not Fact.objects.filter(kind__startswith="sheets.").exists()
    assert left_behind(tmp_path) == []
    monkeypatch.undo()
    monkeypatch.setenv("YANZHEN_TODAY", "2026-11-23")
    assert hand_in(client, desk).status_code == 302


def test_a_large_roster_never_lies_on_the_disk_unsealed(desk: Desk, tmp_path: Path) -> None:
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE >= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    hand_in(signed_in(desk.cast, "zhouhui"), desk)
    kept = next(tmp_path.rglob("roster"))
    assert b"PK" not in kept.read_bytes()[:2]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["report", "progress.json"])
def test_a_full_disk_while_importing_changes_nothing(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    batch = desk.stage(ROW)
    tasks.start(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
    full(monkeypatch, name)
    work()
    batch.refresh_from_db()
    assert batch.state == BatchState.STAGED
    assert not Member.objects.filter(name="罗大山").exists()
    client = signed_in(desk.cast, "zhouhui")
    if name == "report":
        going = progress.read(batch.id)
        assert going is not None
        assert going.state is State.REFUSED
        assert "服务器的磁盘满了" in client.get(reverse("batch", args=[batch.id])).content.decode()
    monkeypatch.undo()
    monkeypatch.setenv("YANZHEN_TODAY", "2026-11-23")
    progress.write(batch.id, progress.Progress(State.FAILED))
    client.post(reverse("batch_apply", args=[batch.id]))
    work()
    assert Member.objects.filter(name="罗大山").exists()


def test_a_full_disk_is_told_when_the_import_is_to_begin(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batch = desk.stage(ROW)
    full(monkeypatch, "progress.json")
    answer = signed_in(desk.cast, "zhouhui").post(reverse("batch_apply", args=[batch.id]))
    assert answer.status_code == 422
    assert "服务器的磁盘满了" in answer.content.decode()


def test_after_the_session_is_over_one_is_back_at_the_batch(desk: Desk) -> None:
    client = signed_in(desk.cast, "zhouhui")
    batch = hand_in(client, desk).headers["Location"]
    Session.objects.all().delete()
    answer = client.post(f"{batch}apply/", headers={"Referer": f"http://testserver{batch}"})
    assert answer.status_code == 302
    sign_in = answer.headers["Location"]
    assert parse_qs(urlsplit(sign_in).query) == {"next": [batch]}
    page = client.get(sign_in).content.decode()
    assert "登录过期了，刚才这一步没有办成。请登录后再办一次。" in page
    back = client.post(sign_in, {"login": "zhouhui", "password": PASSWORD, "next": batch})
    assert back.headers["Location"] == batch
    assert "罗大山" in client.get(batch).content.decode()
    assert Batch.objects.get().state == BatchState.STAGED


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/import/"])
def test_without_a_page_to_go_back_to_one_begins_at_the_work_list(desk: Desk, referer: str) -> None:
    batch = desk.stage(ROW)
    answer = Client().post(reverse("batch_apply", args=[batch.id]), headers={"Referer": referer})
    assert parse_qs(urlsplit(answer.headers["Location"]).query) == {"next": ["/"]}


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(desk: Desk) -> None:
    batch = reverse("batch", args=[desk.stage(ROW).id])
    asked = {"HX-Request": "true", "Referer": f"http://testserver{batch}"}
    answer = Client().get(f"{batch}progress/", headers=asked)
    assert answer.headers["HX-Redirect"].endswith(f"?next={batch}")
