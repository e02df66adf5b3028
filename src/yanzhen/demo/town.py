"""云岭县青禾镇 as it is declared: its units, who leads them, and how well each branch keeps in touch. All invented."""

from __future__ import annotations

from dataclasses import dataclass

COMMITTEE = "云岭县青禾镇党委"
MEMBERS = 600  # the town's usual size; each branch's `members` and `away` are for this size
PASSWORD = "yanzhen-demo"


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    name: str
    username: str


@dataclass(frozen=True)
class Branch:
    """A branch: its place, its people, and the share of those away that it reached in each of nine quarters."""

    name: str
    parent: str
    secretary: Person
    keepers: tuple[Person, ...]
    members: int
    away: int
    kept: tuple[float, ...]
    groups: int = 3
    kind: str = "branch"


OFFICER = Person("周慧", "zhouhui")
INSPECTOR = Person("顾明", "guming")
SECRETARY = Person("石磊", "shilei")
KEEPER = Person("陆芳", "lufang")
MEMBER = Person("韦志强", "weizhiqiang")


def _p(name_and_username: str) -> Person:
    return Person(*name_and_username.split())


WEST, PARK = "清水片区党总支", "兴隆产业园党总支"
GENERAL_BRANCHES = (WEST, PARK)

_STRONG = (0.9, 0.92, 0.95, 0.96, 0.97, 0.98, 0.97, 1.0, 1.0)
_STEADY = (0.78, 0.80, 0.82, 0.85, 0.86, 0.88, 0.92, 0.93, 0.95)
_IMPROVING = (0.3, 0.35, 0.42, 0.55, 0.62, 0.70, 0.78, 0.86, 0.92)
_WEAK = (0.75, 0.74, 0.72, 0.64, 0.50, 0.40, 0.48, 0.58, 0.62)

# fmt: off
BRANCHES = (
    Branch("青石村党支部", "", SECRETARY, (KEEPER, _p("石水根 shishuigen")), 56, 14, _IMPROVING),
    Branch("柳河村党支部", "", _p("柳青 liuqing"), (_p("罗桂珍 luoguizhen"),), 50, 11, _STEADY),
    Branch("大湾村党支部", "", _p("农有发 nongyoufa"), (_p("农秀菊 nongxiuju"), _p("莫世良 moshiliang")), 62, 19,
           _WEAK, groups=4),
    Branch("白果村党支部", "", _p("潘承山 panchengshan"), (_p("潘云莲 panyunlian"),), 48, 9, _STEADY),
    Branch("桐木社区党支部", "", _p("蒋巧梅 jiangqiaomei"), (_p("龙银香 longyinxiang"),), 58, 9, _STRONG),
    Branch("双溪村党支部", WEST, _p("岑长河 cenchanghe"), (_p("岑彩芝 cencaizhi"),), 46, 8, _STEADY),
    Branch("石板村党支部", WEST, _p("杨启松 yangqisong"), (_p("杨丽竹 yanglizhu"),), 50, 9, _IMPROVING),
    Branch("枫树坳村党支部", WEST, _p("蒙家田 mengjiatian"), (_p("蒙素娥 mengsue"),), 44, 8, _STEADY),
    Branch("青禾中学党支部", "", _p("何清兰 heqinglan"), (), 42, 3, _STRONG, groups=2),
    Branch("镇机关党支部", "", _p("田恒柏 tianhengbai"), (), 46, 4, _STRONG, groups=2),
    Branch("兴隆企业联合党支部", PARK, _p("彭厚生 penghousheng"), (_p("谢月燕 xieyueyan"), _p("余昌顺 yuchangshun")),
           60, 17, _IMPROVING, groups=4, kind="joint_branch"),
    Branch("青禾茶业公司党支部", PARK, _p("曾玉兰 zengyulan"), (_p("邓土泉 dengtuquan"),), 38, 9, _STEADY),
)
# fmt: on
GROUPED = ("柳河村党支部", "石板村党支部")
"""The branches that founded the first two of the groups which their roster names."""


def shares(members: int) -> dict[str, tuple[int, int]]:
    """Members and members away of each branch, for a town of `members`: in the town's own proportions."""
    counts = _apportion(members, [branch.members for branch in BRANCHES])
    away = _apportion(members // 5, [branch.away for branch in BRANCHES])
    return dict(zip([branch.name for branch in BRANCHES], zip(counts, away, strict=True), strict=True))


def _apportion(total: int, weights: list[int]) -> list[int]:
    """`total` in whole parts by weight, the largest remainders first."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda at: exact[at] - parts[at], reverse=True)
    for at in order[: total - sum(parts)]:
        parts[at] += 1
    return parts
