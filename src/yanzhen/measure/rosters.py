"""A large roster of invented people, 25 columns wide, as a committee would hand it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from random import Random

from xlsxwriter import Workbook

from yanzhen.demo import places
from yanzhen.demo.invented import Invention
from yanzhen.people.columns import Value

BRANCH = 50  # members of a branch
HEADINGS = (
    *(
        "序号",
        "姓名",
        "性别",
        "民族",
        "出生日期",
        "公民身份号码",
        "籍贯",
        "学历",
        "人员类别",
        "加入党组织日期",
    ),
    *(
        "转为正式党员日期",
        "所在党支部",
        "党小组",
        "工作单位",
        "职业",
        "手机号码",
        "家庭住址",
        "党籍状态",
        "是否为流动党员",
    ),
    *("外出时间", "外出原因", "外出地点", "外出详细住址", "外出务工单位", "备注"),
)
_GENDERS = {"male": "男", "female": "女"}
_STAGES = {"full": "正式党员", "probationary": "预备党员"}


def branches(members: int) -> list[str]:
    """The names of the branches that a roster of so many members speaks of."""
    return [f"第{number + 1}村党支部" for number in range(-(-members // BRANCH))]


def write(path: Path, *, members: int, seed: int, today: date) -> None:
    """Write the roster; a fifth of the people on it are away."""
    rng = Random(seed)
    invention = Invention(rng, today)
    write_people(path, (invention.person() for _number in range(members)), rng)


def write_people(path: Path, people: Iterable[Mapping[str, Value]], rng: Random) -> None:
    """Write the roster of these people, `BRANCH` to a branch."""
    book = Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("花名册")
    sheet.write_row(0, 0, HEADINGS)
    for number, person in enumerate(people):
        sheet.write_row(number + 1, 0, _row(number, person, rng))
    book.close()


def _row(number: int, values: Mapping[str, Value], rng: Random) -> tuple[str, ...]:
    of = {key: str(value) for key, value in values.items()}
    person = (
        *(
            str(number + 1),
            of["name"],
            _GENDERS[of["gender"]],
            of["ethnicity"],
            of["birth_on"],
            of["id_number"],
        ),
        *(
            of["native_place"],
            of["education"],
            _STAGES[of["stage"]],
            of["joined_on"],
            of.get("converted_on", ""),
        ),
        *(
            f"第{number // BRANCH + 1}村党支部",
            f"第{number % 3 + 1}党小组",
            "",
            of["occupation"],
            of["phone"],
        ),
        *(f"云岭县青禾镇{number % BRANCH + 1}号", of["membership_status"]),
    )
    if rng.random() >= 0.2:
        return (*person, "否", "", "", "", "", "", "")
    going = places.somewhere(rng)
    left = f"{rng.randint(2019, 2024)}.{rng.randint(1, 12):02d}"
    return (*person, "是", left, going.reason, going.destination, going.address, going.employer, "")
