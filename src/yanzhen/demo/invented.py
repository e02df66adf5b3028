"""Invented people: names nobody of renown bears, telephones that ring nowhere, ID numbers of a county that is none.

Everything comes from one `random.Random`, so a seed gives the same people again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from yanzhen.kernel.partial import add_months
from yanzhen.people.columns import Value
from yanzhen.people.id_number import check_character

COUNTY = "522699"  # GB/T 2260 gave no county of this prefecture the number 99

SURNAMES = "韦覃陆黄蒙莫石岑农罗潘龙吴杨王李张刘陈周赵何邓谢蒋余田彭曾欧阳"
_MALE = ("庆应世昌启承有长家水石木土恒厚", "禾生田根旺发山河泉松柏良顺福苗")
_FEMALE = ("秀玉桂素彩银月云禾巧丽清", "兰燕梅菊珍莲娥芝竹香苗禾")
_DOTTED = ("阿细·木果", "吉衣·阿呷", "古丽·艾山", "欧其·木甲", "沙马·依布", "娜扎·吐尔")
_ETHNICITIES = (("汉族", 46), ("壮族", 16), ("布依族", 14), ("苗族", 12), ("侗族", 8), ("水族", 4))
_DOTTED_ETHNICITIES = {"古": "维吾尔族", "娜": "维吾尔族"}
_EDUCATION = (
    ("小学", 6),
    ("初中", 30),
    ("高中", 22),
    ("中专", 10),
    ("大专", 18),
    ("大学本科", 13),
    ("硕士研究生", 1),
)
_WORK = (
    ("务农", 40),
    ("个体经营", 14),
    ("建筑施工", 12),
    ("村干部", 6),
    ("教师", 8),
    ("公司职员", 12),
    ("退休", 8),
)


@dataclass
class Invention:
    """A source of invented people. Birth days, telephones and ID numbers never repeat within one source."""

    rng: Random
    today: date
    telephones: int = 0
    born: Counter[tuple[date, str]] = field(default_factory=Counter)

    def person(
        self, *, name: str = "", gender: str = "", ages: tuple[int, int] = (20, 82)
    ) -> dict[str, Value]:
        """One member's values in roster form."""
        rng = self.rng
        gender = gender or ("male" if rng.random() < 0.68 else "female")
        born = self.today - timedelta(days=rng.randint(ages[0] * 366, ages[1] * 365))
        joined = add_months(born, rng.randint(19 * 12, 34 * 12))
        if joined > self.today - timedelta(days=60):
            joined = self.today - timedelta(days=rng.randint(60, 300))
        is_full = joined < self.today - timedelta(days=400)
        values: dict[str, Value] = {
            "name": name or self._name(gender),
            "gender": gender,
            "birth_on": born.isoformat(),
            "id_number": self._id_number(born, gender),
            "native_place": "云岭县",
            "education": self._one_of(_EDUCATION),
            "stage": "full" if is_full else "probationary",
            "joined_on": joined.isoformat()[: rng.choice((7, 10, 10))],
            "occupation": self._one_of(_WORK),
            "phone": self.telephone(),
            "membership_status": "正常",
        }
        values["ethnicity"] = self._ethnicity(str(values["name"]))
        if is_full:
            values["converted_on"] = add_months(joined, 12).isoformat()
        return values

    def telephone(self) -> str:
        """A number nobody has: 199 0000 0001 and on."""
        self.telephones += 1
        return f"199{self.telephones:08d}"

    def _name(self, gender: str) -> str:
        if self.rng.random() < 0.008:
            return self.rng.choice(_DOTTED)
        surname = self.rng.choice(SURNAMES[:-2]) if self.rng.random() < 0.99 else SURNAMES[-2:]
        first, second = _MALE if gender == "male" else _FEMALE
        middle = self.rng.choice(first) if self.rng.random() < 0.88 else ""
        return surname + middle + self.rng.choice(second)

    def _ethnicity(self, name: str) -> str:
        return _DOTTED_ETHNICITIES.get(name[0], "彝族") if "·" in name else self._one_of(_ETHNICITIES)

    def _id_number(self, born: date, gender: str) -> str:
        self.born[born, gender] += 1
        # The 17th digit is odd for men and even for women (GB 11643).
        number = f"{COUNTY}{born:%Y%m%d}{self.born[born, gender] * 2 - (gender == 'male'):03d}"
        return number + check_character(number)

    def _one_of(self, weighted: tuple[tuple[str, int], ...]) -> str:
        return self.rng.choices([it for it, _weight in weighted], [weight for _it, weight in weighted])[0]
