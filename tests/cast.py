"""The fixed cast on a small tree, in the manner of Alice, Bob and Charlie: who owns, who helps, who must not see.

    云岭县青禾镇党委                 officer 周慧, inspector 顾明
      青石村党支部                   secretary 石磊, contact person 陆芳
        韦志强   has an account of his own
        黄秀兰
      柳河村党支部                   secretary 柳青: must not see 青石村
        覃小燕

The fixture `cast` has everybody at home. In `cast_away` 韦志强 and 覃小燕 are away: 陆芳 keeps in touch with him,
nobody with her, and where she is nobody knows.

Everything is built by calling acts, on the day `TODAY` (see `conftest.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.models import Account
from yanzhen.accounts.services import appoint, create_account
from yanzhen.contact.services import assign, name_contact_person
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor, system
from yanzhen.mobility.services import report_arrival, report_departure
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import found_root, found_unit
from yanzhen.people.models import Member
from yanzhen.people.services import add_member, link_account

TODAY = date(2026, 11, 23)
PASSWORD = "qing-he-2026"  # noqa: S105 - of invented people
FOUNDER = system("founder")


@dataclass
class Cast:
    """The units, the accounts by user name, and the members."""

    town: Unit
    qingshi: Unit
    liuhe: Unit
    weizhiqiang: Member
    huangxiulan: Member
    qinxiaoyan: Member

    def account(self, username: str) -> Account:
        """The account: zhouhui, guming, shilei, lufang, liuqing or weizhiqiang."""
        return Account.objects.get(username=username)

    def actor(self, username: str) -> Actor:
        """The person's Actor, built as a request builds it."""
        return actor_for(self.account(username))


def build() -> Cast:
    """The cast in an empty database: registered in March, and everybody at home."""
    with clock.set_to(date(2026, 3, 2)):
        return _register()


def build_away() -> Cast:
    """The cast with 韦志强 and 覃小燕 away."""
    cast = build()
    send_away(cast)
    return cast


def _register() -> Cast:
    town = found_root(actor=FOUNDER, name="云岭县青禾镇党委")
    _appoint("zhouhui", "周慧", town, "officer")
    officer = actor_for(Account.objects.get(username="zhouhui"))
    qingshi = found_unit(actor=officer, parent_id=town.id, name="青石村党支部", kind=UnitKind.BRANCH)
    liuhe = found_unit(actor=officer, parent_id=town.id, name="柳河村党支部", kind=UnitKind.BRANCH)
    _appoint("guming", "顾明", town, "inspector")
    _appoint("shilei", "石磊", qingshi, "secretary")
    _appoint("lufang", "陆芳", qingshi, "contact_person")
    _appoint("liuqing", "柳青", liuhe, "secretary")
    cast = Cast(
        town=town,
        qingshi=qingshi,
        liuhe=liuhe,
        weizhiqiang=add_member(
            actor=officer,
            unit_id=qingshi.id,
            values={
                "name": "韦志强",
                "gender": "male",
                "stage": "full",
                "id_number": "522699198503071236",
                "phone": "19900000001",
                "home_address": "云岭县青禾镇青石村3组",
            },
        ),
        huangxiulan=add_member(
            actor=officer,
            unit_id=qingshi.id,
            values={"name": "黄秀兰", "gender": "female", "stage": "full", "phone": "19900000002"},
        ),
        qinxiaoyan=add_member(
            actor=officer,
            unit_id=liuhe.id,
            values={"name": "覃小燕", "gender": "female", "stage": "probationary", "phone": "19900000003"},
        ),
    )
    own = create_account(
        actor=officer, username="weizhiqiang", name="韦志强", password=PASSWORD, unit_id=qingshi.id
    )
    cast.weizhiqiang = link_account(actor=officer, member_id=cast.weizhiqiang.id, account_id=own.id)
    return cast


def send_away(cast: Cast) -> None:
    """覃小燕 leaves in August and never says where she is; 韦志强 leaves in September and does, and is looked after."""
    with clock.set_to(date(2026, 8, 15)):
        report_departure(
            actor=cast.actor("liuqing"),
            member_id=cast.qinxiaoyan.id,
            departed_on="2026-08-15",
            reason="务工",
            destination="浙江省宁波市",
        )
    with clock.set_to(date(2026, 9, 1)):
        report_departure(
            actor=cast.actor("shilei"),
            member_id=cast.weizhiqiang.id,
            departed_on="2026-09-01",
            reason="务工",
            destination="广东省深圳市",
        )
    with clock.set_to(date(2026, 9, 5)):
        report_arrival(
            actor=cast.actor("weizhiqiang"),
            member_id=cast.weizhiqiang.id,
            destination="广东省深圳市",
            address="宝安区西乡街道88号",
            phone="19900000001",
            arrived_on=date(2026, 9, 5),
        )
        secretary = cast.actor("shilei")
        lufang = name_contact_person(
            actor=secretary,
            unit_id=cast.qingshi.id,
            name="陆芳",
            phone="19900000011",
            account_id=cast.account("lufang").id,
        )
        assign(actor=secretary, member_id=cast.weizhiqiang.id, person_id=lufang.id)
    for member in (cast.weizhiqiang, cast.qinxiaoyan):
        member.refresh_from_db()


def _appoint(username: str, name: str, unit: Unit, role: str) -> None:
    account = create_account(actor=FOUNDER, username=username, name=name, password=PASSWORD, unit_id=unit.id)
    appoint(actor=FOUNDER, account_id=account.id, unit_id=unit.id, role=role)
