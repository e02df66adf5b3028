"""set_photo, remove_photo, see_photo: a small upright portrait and nothing else, sealed, shown to who may see him."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.cast import Cast
from tests.people.pictures import PLACE, photograph, sideways_with_place
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.models import Fact
from yanzhen.ledger.secrets import redact
from yanzhen.people.models import Member, Photo
from yanzhen.people.photos import remove_photo, see_photo, set_photo, with_photo
from yanzhen.people.picture import MOST_BYTES, SIZE, portrait
from yanzhen.people.services import remove_members
from yanzhen.people.timeline import timeline
from yanzhen.reorganization.merging import merge_members, split_members

pytestmark = pytest.mark.django_db


def put_up(cast: Cast, data: bytes = b"", *, member: Member | None = None, by: str = "shilei") -> None:
    key = (member or cast.weizhiqiang).id
    set_photo(actor=cast.actor(by), member_id=key, data=data or photograph())


def client(cast: Cast, username: str) -> Client:
    found = Client()
    found.force_login(cast.account(username), "django.contrib.auth.backends.ModelBackend")
    return found


def test_it_is_turned_upright_made_small_and_says_nothing_else() -> None:
    made = portrait(sideways_with_place())
    with Image.open(BytesIO(made)) as picture:
        assert (picture.format, picture.size, picture.mode) == ("JPEG", SIZE, "RGB")
        assert not dict(picture.getexif())
        assert picture.getpixel((240, 40))[0] > 200  # type: ignore[index]  # what was left is on top
        assert picture.getpixel((240, 600))[2] > 90  # type: ignore[index]
    assert PLACE.encode() not in made


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_telephones_and_computers_make_is_taken(kind: str) -> None:
    with Image.open(BytesIO(portrait(photograph(kind)))) as picture:
        assert picture.size == SIZE


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_way_to_write_colours_is_taken(mode: str) -> None:
    written = BytesIO()
    Image.new(mode, (60, 80)).save(written, "JPEG" if mode == "CMYK" else "PNG")
    with Image.open(BytesIO(portrait(written.getvalue()))) as picture:
        assert (picture.size, picture.mode) == ((60, 80), "RGB")  # a small one is not blown up


def bomb(side: int) -> bytes:
    """A PNG of a few hundred bytes that claims `side` × `side` pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 no picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        photograph("GIF"),
        photograph()[:500],
        bomb(6_000),
        bomb(9_000),
        bomb(12_000),
        bomb(60_000),
        bytes(MOST_BYTES + 1),
    ],
    ids=[
        "nothing",
        "pdf",
        "svg",
        "gif",
        "cut off",
        "36 M",
        "81 M",
        "144 M",
        "3600 M pixels",
        "too many bytes",
    ],
)
def test_what_is_no_photograph_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(DomainError) as refused:
        portrait(data)
    assert refused.value.field == "photo"


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says so of EXIF that it passes over
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_damaged_files_are_refused_or_read_never_break(kind: str) -> None:
    chance = Random(7)  # noqa: S311 - the same damage each time
    whole = sideways_with_place() if kind == "JPEG" else photograph(kind, size=(90, 120))
    for _time in range(150):
        damaged = bytearray(whole)
        for _place in range(chance.randint(1, 12)):
            damaged[chance.randrange(min(len(damaged), 700))] = chance.randrange(256)
        with suppress(DomainError):  # anything else breaks the test
            portrait(bytes(damaged))


def test_it_is_kept_sealed_and_the_fact_holds_no_picture(cast: Cast) -> None:
    put_up(cast)
    put_up(cast, photograph(colour="olive"))
    put_up(cast, photograph(colour="olive"))
    facts = list(Fact.objects.filter(kind="people.photo.set"))
    assert [(fact.data, fact.secret) for fact in facts] == [({}, "")] * 2  # the same again wrote nothing
    assert see_photo(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id) == (
        portrait(photograph(colour="olive"))
    )
    assert "\xff\xd8" not in Photo.objects.get().sealed
    entries = timeline(actor=cast.actor("weizhiqiang"), member_id=cast.weizhiqiang.id)
    assert "石磊换上了照片" in [entry.sentence for entry in entries]


def test_to_see_it_is_a_look(cast: Cast) -> None:
    put_up(cast, by="weizhiqiang")
    see_photo(actor=cast.actor("weizhiqiang"), member_id=cast.weizhiqiang.id)
    assert not Fact.objects.filter(kind="people.member.seen").exists()
    for _twice in range(2):
        see_photo(actor=cast.actor("guming"), member_id=cast.weizhiqiang.id)
    assert Fact.objects.filter(kind="people.member.seen").count() == 1


def test_who_may_put_it_up(cast_away: Cast) -> None:
    for who in ("zhouhui", "shilei", "lufang", "weizhiqiang"):
        put_up(cast_away, photograph(colour="teal" if who == "shilei" else "gray"), by=who)
    for who, refusal in (("liuqing", NotFound), ("guming", NotPermitted)):
        with pytest.raises(refusal):
            put_up(cast_away, by=who)
        with pytest.raises(refusal):
            remove_photo(actor=cast_away.actor(who), member_id=cast_away.weizhiqiang.id)
    with pytest.raises(NotFound):
        put_up(cast_away, member=cast_away.huangxiulan, by="weizhiqiang")
    with pytest.raises(NotFound):
        see_photo(actor=cast_away.actor("liuqing"), member_id=cast_away.weizhiqiang.id)
    assert with_photo(actor=cast_away.actor("liuqing"), member_ids=[cast_away.weizhiqiang.id]) == set()


def test_taken_away_it_is_gone(cast: Cast) -> None:
    put_up(cast)
    for _twice in range(2):
        remove_photo(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id)
    assert not Photo.objects.exists()
    assert Fact.objects.filter(kind="people.photo.removed").count() == 1
    with pytest.raises(NotFound):
        see_photo(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id)


def test_it_goes_with_the_registration_and_with_his_key(cast: Cast) -> None:
    for member in (cast.weizhiqiang, cast.huangxiulan):
        put_up(cast, member=member)
    remove_members(actor=cast.actor("zhouhui"), member_ids=[cast.weizhiqiang.id])
    assert Photo.objects.get().member_id == cast.huangxiulan.id
    redact(cast.huangxiulan.id)
    with pytest.raises(NotFound):
        see_photo(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id)


def test_it_follows_a_merge_and_comes_back(cast: Cast) -> None:
    put_up(cast, member=cast.huangxiulan)
    officer, keep = cast.actor("zhouhui"), cast.qinxiaoyan.id
    merge_members(actor=officer, keep_id=keep, other_id=cast.huangxiulan.id)
    assert see_photo(actor=cast.actor("liuqing"), member_id=keep) == portrait(photograph())
    split_members(actor=officer, member_id=keep)
    assert see_photo(actor=officer, member_id=cast.huangxiulan.id) == portrait(photograph())
    put_up(cast, member=cast.qinxiaoyan, by="zhouhui")
    with pytest.raises(Conflict, match="都有照片"):
        merge_members(actor=officer, keep_id=keep, other_id=cast.huangxiulan.id)


def test_from_the_page(cast: Cast) -> None:
    secretary, key = client(cast, "shilei"), cast.weizhiqiang.id
    url, picture = reverse("photo_change", args=[key]), reverse("member_photo", args=[key])
    shown = f'src="{picture}"'
    assert shown not in secretary.get(reverse("member", args=[key])).content.decode()
    assert secretary.get(picture).status_code == 404
    refused = secretary.post(url, {"photo": SimpleUploadedFile("a.jpg", b"no picture")})
    assert refused.status_code == 422
    assert "打不开" in refused.content.decode()
    done = secretary.post(url, {"photo": SimpleUploadedFile("a.jpg", photograph())}, follow=True)
    assert shown in done.content.decode()
    answer = secretary.get(picture)
    assert (answer.headers["Content-Type"], answer.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert "no-store" in answer.headers["Cache-Control"]
    assert shown in secretary.get(reverse("member_card", args=[key])).content.decode()
    secretary.post(url, {"remove": "1"})
    assert not Photo.objects.exists()
