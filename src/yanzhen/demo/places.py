"""Where people of 青禾镇 work away from home. The cities are real, employers and addresses invented."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Place:
    """A destination, how many of a hundred go there, and what they do there."""

    name: str
    weight: int
    works: tuple[str, ...]


PLACES = (
    Place("广东省深圳市", 12, ("电子厂", "快递", "物业")),
    Place("广东省东莞市", 10, ("鞋厂", "电子厂", "家具厂")),
    Place("广东省佛山市", 6, ("陶瓷厂", "家电厂")),
    Place("广东省广州市", 5, ("服装厂", "餐饮")),
    Place("浙江省杭州市", 8, ("软件公司", "电商", "家政")),
    Place("浙江省宁波市", 5, ("模具厂", "港口物流")),
    Place("浙江省义乌市", 4, ("小商品经营",)),
    Place("福建省泉州市", 5, ("鞋厂", "石材厂")),
    Place("福建省厦门市", 2, ("旅游服务",)),
    Place("江苏省苏州市", 7, ("电子厂", "机械厂")),
    Place("江苏省南京市", 3, ("建筑施工",)),
    Place("上海市浦东新区", 6, ("餐饮", "物流")),
    Place("湖南省长沙市", 5, ("建筑施工", "餐饮")),
    Place("湖南省怀化市", 2, ("运输",)),
    Place("广西壮族自治区南宁市", 4, ("建筑施工", "水果批发")),
    Place("湖北省武汉市", 4, ("汽车配件厂",)),
    Place("北京市朝阳区", 3, ("家政", "物业")),
    Place("重庆市渝北区", 2, ("摩托配件厂",)),
    Place("四川省成都市", 2, ("餐饮",)),
    Place("贵州省贵阳市", 3, ("建筑施工", "求学")),
    Place("山东省青岛市", 2, ("船厂",)),
    Place("江西省南昌市", 1, ("服装厂",)),
    Place("海南省海口市", 2, ("酒店",)),
    Place("新疆维吾尔自治区库尔勒市", 2, ("采棉农场",)),
    Place("天津市滨海新区", 1, ("港口物流",)),
    Place("河北省保定市", 1, ("箱包厂",)),
    Place("陕西省西安市", 1, ("求学",)),
    Place("云南省昆明市", 1, ("花卉种植",)),
    Place("辽宁省大连市", 1, ("渔业加工",)),
    Place("黑龙江省哈尔滨市", 1, ("粮食加工",)),
)
_BRANDS = ("禾顺", "云岭", "众诚", "安达", "永泰", "新程", "百业", "同兴")


@dataclass(frozen=True)
class Going:
    """One person's destination: the place, what for, at whose, and where he lives."""

    destination: str
    work: str
    employer: str
    address: str

    @property
    def occupation(self) -> str:
        """职业, as rosters write it."""
        return "学生" if self.work == "求学" else self.work

    @property
    def reason(self) -> str:
        """外出原因."""
        return self.work if self.work == "求学" else "务工"


def somewhere(rng: Random) -> Going:
    """A destination by weight."""
    place = rng.choices(PLACES, [place.weight for place in PLACES])[0]
    return at(place, rng)


def deck(rng: Random) -> list[Going]:
    """One hundred-odd destinations in a random order: every place by its weight, so that none is left out."""
    goings = [at(place, rng) for place in PLACES for _card in range(place.weight)]
    rng.shuffle(goings)
    return goings


def at(place: Place, rng: Random, *, work: str = "") -> Going:
    """Somebody's going to this place."""
    work = work or rng.choice(place.works)
    street, house, stair, door = rng.randint(1, 200), rng.randint(1, 18), rng.randint(1, 9), rng.randint(1, 8)
    return Going(
        destination=place.name,
        work=work,
        employer="" if work == "求学" else f"{rng.choice(_BRANDS)}{work}",
        address=f"{place.name}新雁路{street}号{house}栋{stair}0{door}室",
    )


def named(destination: str) -> Place:
    """The place that bears this name."""
    return next(place for place in PLACES if place.name == destination)
