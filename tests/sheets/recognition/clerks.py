"""People whose facts all agree, and the words that towns put over their facts.

The words here were written without looking at the program's own tables, as a town's clerk would choose them.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from yanzhen.people.id_number import check_character
from yanzhen.sheets.recognition.outcome import Value

TODAY = date(2026, 11, 23)
Dice = random.Random
Person = dict[str, Value]

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕韦覃陆石龙"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰建国志文斌春梅成龙凤秀珍海燕"
_PLACES = [
    "广东省深圳市",
    "浙江省义乌市",
    "福建省晋江市",
    "上海市松江区",
    "贵州省贵阳市",
    "江苏省昆山市",
    "新疆喀什地区",
]
_UNITS = [
    "青石村党支部",
    "白云社区党支部",
    "中共青禾镇柳河村支部委员会",
    "青禾镇机关党支部",
    "青禾中学党支部",
]

HEADINGS: dict[str, list[str]] = {
    "name": ["姓名", "党员姓名", "姓 名", "姓名（必填）", "*姓名"],
    "gender": ["性别", "性别（男、女）", "性　别"],
    "ethnicity": ["民族", "民　族", "民族成份"],
    "birth_on": ["出生年月", "出生日期", "出生年月日", "出生\n年月"],
    "id_number": ["身份证号", "公民身份号码", "身份证号码（18位）", "居民身份证号码"],
    "education": ["学历", "文化程度", "文化\n程度", "最高学历"],
    "stage": ["党员类别", "人员类别", "正式或预备", "党员类别（正式、预备）"],
    "joined_on": ["入党时间", "入党日期", "加入党组织日期", "入党年月", "加入中国共产党时间"],
    "converted_on": ["转正时间", "转正日期", "转为正式党员时间", "转正年月"],
    "unit": ["所在党支部", "党支部", "所属支部", "支部名称", "组织关系所在支部"],
    "position": ["职务", "工作岗位", "现任职务"],
    "phone": ["手机号码", "联系电话", "本人手机号", "手机（必填）", "联系方式"],
    "home_address": ["家庭住址", "家庭地址", "户籍地址"],
    "membership_status": ["党籍状态", "组织关系状态"],
    "is_lost": ["是否失联", "是否为失联党员"],
    "is_mobile": ["是否流动党员", "是否为流动党员"],
    "departed_on": ["外出时间", "流出时间", "外出日期", "何时外出"],
    "destination": ["外出地点", "流入地", "外出去向", "务工地点"],
    "departure_reason": ["外出原因", "流动原因", "外出事由"],
    "host_unit": ["流入地党组织", "流入地党组织名称", "流入党支部"],
    "contact_person": ["联系人", "联系人姓名", "结对联系人", "联络员"],
    "contact_person_phone": ["联系人电话", "联系人联系电话", "联系人手机号码"],
    "has_certificate": ["是否持证", "是否持有流动党员活动证", "有无活动证"],
    "certificate_number": ["活动证编号", "流动党员活动证编号"],
    "dues_paid_to": ["党费交至", "党费缴纳至", "党费缴至年月"],
    "age": ["年龄", "年龄（周岁）"],
    "household_size": ["家庭人口", "家庭人口数"],
    "note": ["备注", "备　注", "备注说明"],
}
NOBODY = {
    "毕业院校": ["某学院", "某大学"], "入党介绍人": ["陆芳", "石磊"], "党龄": ["16", "30"], "职称": ["工程师",
        "教师"],
    "党组织类型": ["党支部", "党总支"], "月缴党费（元）": ["12.5", "20"], "健康状况": ["良好", "一般"],
}  # fmt: skip
DATES = {"birth_on", "joined_on", "converted_on", "departed_on"}


def _day(dice: Dice, first: date, last: date) -> date:
    return first + timedelta(days=dice.randrange((last - first).days))


def make_person(dice: Dice, order: int) -> Person:
    """Somebody whose facts all agree."""
    born = _day(dice, date(1948, 1, 1), date(2000, 1, 1))
    man = dice.random() < 0.5
    first = f"522699{born:%Y%m%d}{order * 2 % 1000 + man:03d}"
    joined = _day(dice, date(born.year + 19, 1, 1), date(min(born.year + 45, 2024), 12, 30))
    if date(1966, 1, 1) < joined < date(1979, 1, 1):
        joined = joined.replace(year=1985, day=min(joined.day, 28))
    converted = joined + timedelta(days=dice.randrange(370, 500))
    given = "".join(dice.choice(_GIVEN) for _letter in range(dice.choice([1, 2, 2])))
    return {
        "name": dice.choice(_SURNAMES) + given,
        "gender": "male" if man else "female",
        "ethnicity": dice.choice(["汉族", "苗族", "布依族", "土家族", "维吾尔族"]),
        "birth_on": born.isoformat(),
        "id_number": first + check_character(first),
        "education": dice.choice(["初中", "高中", "大专", "本科", "大学本科毕业", "在职研究生", "中专"]),
        "stage": "full" if dice.random() < 0.9 else "probationary",
        "joined_on": joined.isoformat(),
        "converted_on": converted.isoformat(),
        "unit": dice.choice(_UNITS),
        "position": dice.choice(["村委会主任", "组员", "教师", "务农"]),
        "phone": f"199{dice.randrange(10**8):08d}",
        "home_address": f"云岭县青禾镇{dice.choice(['青石村', '柳河村'])}{dice.randrange(1, 20)}组",
        "membership_status": "正常",
        "is_lost": dice.random() < 0.1,
        "is_mobile": dice.random() < 0.5,
        "departed_on": _day(dice, date(2015, 1, 1), date(2026, 10, 1)).isoformat(),
        "destination": dice.choice(_PLACES),
        "departure_reason": dice.choice(["务工", "经商", "随子女居住"]),
        "host_unit": dice.choice(["某社区党支部", "某公司党委"]),
        "contact_person": dice.choice(["陆芳", "石磊", "欧阳静"]),
        "contact_person_phone": f"199{dice.randrange(10**8):08d}",
        "has_certificate": dice.random() < 0.5,
        "certificate_number": f"QH{dice.randrange(10**5):05d}",
        "dues_paid_to": f"2026-{dice.randrange(1, 13):02d}",
        "age": 2026 - born.year,
        "household_size": dice.randrange(1, 9),
        "note": dice.choice(["党员示范户", "已上报", "身体不好，行动不便"]),
    }
