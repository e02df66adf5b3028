"""How Chinese names are read: pinyin for sorting and searching, with the readings that names have and words do not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice

# Characters are read one by one: its dictionary of phrases would only cost 45 MB and the start of every command.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import Style, pinyin

# Surnames read otherwise than the character alone (现代汉语词典; 中国姓氏读音). The first reading is the surname's,
# later ones are in use beside it. The character's everyday reading is kept as a search term as well.
_SURNAMES = {
    "仇": "qiu", "单": "shan", "曾": "zeng", "解": "xie", "查": "zha", "区": "ou", "盖": "ge gai", "朴": "piao",
    "翟": "zhai", "洗": "xian", "缪": "miao", "乐": "yue le", "员": "yun", "种": "chong", "秘": "bi",
    "召": "shao", "覃": "qin tan", "牟": "mu mou", "卜": "bu", "柏": "bai bo", "谌": "chen shen", "乜": "nie",
    "佴": "nai", "都": "du", "郗": "xi chi", "隗": "wei kui", "繁": "po", "折": "she", "藏": "zang",
    "黑": "he hei", "祭": "zhai ji", "长": "chang zhang", "郇": "xun huan", "句": "gou", "阚": "kan",
    "重": "chong", "薄": "bo", "适": "kuo", "洼": "gui", "不": "fou", "便": "pian", "蕃": "bo", "参": "shen",
    "炅": "gui", "贠": "yun",
}  # fmt: skip

# Surnames of two characters: 百家姓 and those met in rosters. They are taken before the single ones.
_DOUBLE_SURNAMES = {
    "单于": "chan yu", "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai", "宰父": "zai fu",
    "令狐": "ling hu", "鲜于": "xian yu", "慕容": "mu rong", "欧阳": "ou yang", "司马": "si ma", "上官": "shang guan",
    "诸葛": "zhu ge", "东方": "dong fang", "皇甫": "huang fu", "公孙": "gong sun", "宇文": "yu wen", "夏侯": "xia hou",
    "司徒": "si tu", "司空": "si kong", "轩辕": "xuan yuan", "端木": "duan mu", "闻人": "wen ren", "赫连": "he lian",
    "呼延": "hu yan", "独孤": "du gu", "南宫": "nan gong", "西门": "xi men", "百里": "bai li", "东郭": "dong guo",
    "公冶": "gong ye", "濮阳": "pu yang", "淳于": "chun yu", "太叔": "tai shu", "申屠": "shen tu", "钟离": "zhong li",
    "拓跋": "tuo ba", "夹谷": "jia gu", "谷梁": "gu liang", "段干": "duan gan", "亓官": "qi guan", "仲孙": "zhong sun",
    "左丘": "zuo qiu", "乐正": "yue zheng", "漆雕": "qi diao", "壤驷": "rang si", "纳兰": "na lan", "贺兰": "he lan",
    "完颜": "wan yan", "耶律": "ye lü", "巫马": "wu ma", "颛孙": "zhuan sun", "梁丘": "liang qiu",
}  # fmt: skip

# Characters of given names with two readings in common use, the likelier first.
_GIVEN = {
    "朝": "chao zhao", "长": "chang zhang", "乐": "le yue", "行": "xing hang", "重": "chong zhong",
    "茜": "qian xi", "晟": "sheng cheng", "莎": "sha suo", "娜": "na nuo", "柏": "bai bo", "乾": "qian gan",
    "浚": "jun xun", "纶": "lun guan", "朴": "pu piao", "峤": "qiao jiao", "曾": "zeng ceng", "仔": "zai zi",
    "还": "huan", "圩": "xu wei", "炅": "jiong gui", "藏": "cang zang", "弹": "tan dan", "都": "du",
    "单": "shan dan",
}  # fmt: skip

_MOST = 4  # readings of one name that are kept as search terms
_JOINTS = str.maketrans("", "", "·•・.．‧ \u3000")


def plain(name: str) -> str:
    """A name as it is searched: without the dots and blanks inside, small Latin letters."""
    return name.translate(_JOINTS).lower()


@lru_cache(maxsize=8192)
def _everyday(character: str) -> str:
    """The usual reading of one character; the character itself where it has none (Latin letters)."""
    return _spelled(pinyin(character, style=Style.NORMAL)[0][0])


def _spelled(syllable: str) -> str:
    return syllable.lower().replace("ü", "v")


@lru_cache(maxsize=8192)
def _as_given(character: str) -> tuple[str, ...]:
    told = _GIVEN.get(character)
    return tuple(told.split()) if told else (_everyday(character),)


@lru_cache(maxsize=8192)
def _as_surname(character: str) -> tuple[str, ...]:
    told = _SURNAMES.get(character, "").split()
    return tuple(dict.fromkeys([*told, _everyday(character)]))


def surname_length(name: str) -> int:
    """2 for 欧阳 and its like, 1 otherwise: where the given name begins."""
    return 2 if len(name) > 2 and name[:2] in _DOUBLE_SURNAMES else 1


def syllables(name: str) -> list[tuple[str, ...]]:
    """The readings of each character of `name` (plain), the likeliest first."""
    length = surname_length(name)
    if length == 1:
        return [_as_surname(name[:1]), *map(_as_given, name[1:])] if name else []
    surname = _DOUBLE_SURNAMES[name[:2]].split()
    return [*((_spelled(one),) for one in surname), *map(_as_given, name[2:])]


def readings(name: str) -> Iterator[tuple[str, ...]]:
    """Whole readings of `name` (plain): the likeliest, then those with one syllable read otherwise; a few at most."""
    told = syllables(name)
    likeliest = tuple(syllable[0] for syllable in told)
    others = (
        (*likeliest[:place], other, *likeliest[place + 1 :])
        for place, syllable in enumerate(told)
        for other in syllable[1:]
    )
    return islice(chain([likeliest], others), _MOST)


def name_key(name: str) -> str:
    """What a list is sorted by: pinyin by syllable, then the characters: `wang guo qiang 王国强`."""
    name = plain(name)
    return f"{' '.join(next(readings(name)))} {name}"[:200]
