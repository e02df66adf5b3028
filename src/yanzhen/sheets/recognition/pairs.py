"""Which field a pair is: what a heading is (电话) and whose it is (流入地, 联系人), as meaning.py takes it apart."""

from dataclasses import dataclass

from .fields import FIELD_BY_KEY

# How sure a reading is: a whole known wording, a pair taken apart, a pair whose subject was only implied.
KNOWN, COMBINED, IMPLIED, FAINT = 1.0, 0.85, 0.6, 0.4


@dataclass(frozen=True)
class Reading:
    """One meaning of a heading. `field` None: known to be none of the fields. `plain`: it does not say whose it is."""

    field: str | None
    score: float
    plain: bool = False


_Rule = tuple[str, set[str], str | None]
# Attribute, subjects that must all be named, field. The first rule that fits is taken, so narrow ones come first.
_COMBINED: list[_Rule] = [
    ("phone", {"kin"}, None),
    ("phone", {"in", "contact"}, "host_contact_phone"), ("phone", {"in", "unit"}, "host_contact_phone"),
    ("phone", {"away", "contact"}, "host_contact_phone"), ("phone", {"away", "unit"}, "host_contact_phone"),
        ("phone", {"away"}, "phone"),
    ("phone", {"in", "secretary"}, "host_contact_phone"), ("phone", {"household"}, "landline"),
    ("phone", {"contact"}, "contact_person_phone"), ("phone", {"secretary"}, "home_unit_phone"),
    ("phone", {"unit"}, "home_unit_phone"), ("phone", {"self"}, "phone"), ("phone", {"in"}, "host_contact_phone"),
    ("phone", {"home"}, "home_unit_phone"), ("phone", {"out"}, "phone"), ("phone", {"employer"}, "landline"),
    ("phone", {"group"}, None), ("phone", {"people"}, "phone"), ("person", {"people"}, "name"),
    ("date", {"before"}, None), ("number", {"contact"}, "contact_person_phone"), ("flow", set(), "direction"),
    ("landline", {"kin"}, None), ("landline", {"unit"}, "home_unit_phone"), ("landline", set(), "landline"),
    ("date", {"kin"}, None), ("date", {"transfer"}, None), ("date", {"lost"}, "lost_on"),
    ("date", {"plan", "return"}, "expected_return_on"), ("date", {"return"}, "returned_on"),
    ("date", {"plan", "out"}, None), ("date", {"certificate"}, "certificate_issued_on"), ("date", {"issue"},
        "certificate_issued_on"),
    ("date", {"dues"}, "dues_paid_to"), ("date", {"plan", "convert"}, None), ("date", {"convert"}, "converted_on"),
    ("date", {"join"}, "joined_on"), ("date", {"birth"}, "birth_on"), ("date", {"work"}, "started_work_on"),
    ("date", {"latest", "contact"}, "last_contact_on"), ("date", {"latest", "unit"}, "last_contact_on"), ("date",
        {"latest", "life"}, "last_contact_on"),
    ("date", {"out"}, "departed_on"), ("date", {"in"}, "departed_on"),
    ("date", {"away"}, "departed_on"), ("address", {"away"}, "destination_address"), ("place", {"away"},
        "destination"),
    ("unit", {"away"}, "host_unit"), ("unit", {"life"}, "host_unit"), ("employer", {"away"}, "host_employer"),
    ("person", {"away", "contact"}, "host_contact"), ("person", {"away", "unit"}, "host_contact"), ("reason",
        {"away"}, "departure_reason"),
    ("address", {"kin"}, None), ("address", {"in"}, "destination_address"), ("address", {"out"},
        "destination_address"),
    ("address", {"employer"}, None), ("address", {"unit"}, None), ("address", set(), "home_address"),
    ("place", {"lost"}, None), ("place", {"transfer"}, None), ("place", {"join"}, None), ("place", {"convert"}, None),
    ("place", {"birth"}, "native_place"), ("place", {"in", "unit"}, "host_unit"), ("place", {"out", "self"},
        "destination"),
    ("place", {"out"}, "destination"), ("place", {"in"}, "destination"), ("place", {"household"}, "home_address"),
    ("unit", {"transfer"}, None), ("unit", {"join"}, None), ("unit", {"convert"}, None), ("unit", {"in"},
        "host_unit"),
    ("unit", {"home"}, "home_unit"), ("unit", {"out"}, "home_unit"), ("unit", set(), "unit"),
    ("employer", {"kin"}, None),
    ("employer", {"employer", "study"}, "employer"), ("employer", {"study"}, None),
    ("employer", {"transfer"}, None), ("employer", {"contact"}, None),
    ("employer", {"in", "unit"}, "host_unit"), ("employer", {"in"}, "host_employer"),
    ("employer", {"out"}, "host_employer"), ("employer", {"home", "unit"}, "unit"), ("employer", set(), "employer"),
    ("person", {"kin"}, None), ("person", {"in", "contact"}, "host_contact"), ("person", {"in", "unit"},
        "host_contact"),
    ("person", {"in", "secretary"}, "host_contact"), ("person", {"contact"}, "contact_person"),
    ("person", {"in"}, "host_contact"), ("person", {"secretary"}, None), ("person", {"self"}, "name"),
    ("person", {"out"}, "name"), ("person", {"unit"}, "contact_person"), ("person", {"home"}, "contact_person"),
    ("reason", {"lost"}, None), ("reason", {"transfer"}, None), ("reason", {"return"}, None),
    ("reason", {"out"}, "departure_reason"), ("reason", {"in"}, "departure_reason"),
    ("number", {"certificate"}, "certificate_number"), ("number", {"issue"}, "certificate_number"),
    ("flow", {"out"}, "direction"), ("flow", {"in"}, "direction"), ("flow", {"self"}, "direction"),
    ("status", {"lost"}, "is_lost"), ("status", {"home"}, "membership_status"), ("status", {"self"},
        "membership_status"),
    ("status", {"certificate"}, "has_certificate"),
    ("occupation", {"kin"}, None), ("occupation", set(), "occupation"),
    ("position", {"kin"}, None), ("position", {"contact"}, None), ("position", {"secretary"}, None), ("position",
        set(), "position"),
    ("yes_no", {"lost"}, "is_lost"), ("yes_no", {"life"}, None), ("yes_no", {"issue", "certificate"},
        "has_certificate"),
    ("yes_no", {"certificate"}, "has_certificate"), ("yes_no", {"hold"}, "has_certificate"),
    ("yes_no", {"transfer"}, None), ("yes_no", {"return"}, None), ("yes_no", {"contact"}, None), ("yes_no",
        {"unit"}, None),
    ("yes_no", {"join"}, None), ("yes_no", {"convert"}, None), ("yes_no", {"in"}, None), ("yes_no", {"out"},
        "is_mobile"),
    ("yes_no", set(), None), ("kind", {"employer"}, None), ("kind", {"unit"}, None), ("kind", {"join"}, "stage"),
        ("kind", {"self"}, "stage"), ("kind", {"out"}, "direction"), ("kind", set(), None), ("count", set(), None),
    ("note", set(), "note"), ("nothing", set(), None),
]  # fmt: skip


def combine(attribute: str, subjects: frozenset[str]) -> Reading | None:
    """The field that an attribute (电话) of these subjects (流入地, 党组织) is; None when no rule tells."""
    # 原支部 is where somebody came from, 原联系电话 his own number of before.
    if "former" in subjects:
        subjects = subjects - {"former"} | (frozenset() if attribute == "phone" else {"home"})
    for wanted, needed, field in _COMBINED:
        if wanted == attribute and needed <= subjects:
            return Reading(field, COMBINED if needed or field is None else IMPLIED, plain=not subjects)
    # Attributes that are a field by themselves (性别, 学历, 身份证号): the member's, unless somebody else is named.
    if attribute in FIELD_BY_KEY:
        return Reading(None if subjects & {"kin", "contact", "secretary"} else attribute, COMBINED)
    return None
