"""党员: one row a member with what the roster knows, his photo and categories, and the terms he is searched by.

Fields hold what was written, dates at their written precision (`2010`, `2010-07`, `2010-07-01`). ID numbers, phones
and addresses are sealed; `*_index` columns look them up blindly. `path`, `keeper_id` and `account_id` say who may
see the row (see `access.checks`): the unit's path, the contact person's account and the member's own.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanzhen.access.fields import KeyField, OrderedText, PathField


class Stage(models.TextChoices):
    FULL = "full", _("正式党员")
    PROBATIONARY = "probationary", _("预备党员")


class Gender(models.TextChoices):
    MALE = "male", _("男")
    FEMALE = "female", _("女")


class Basis(models.TextChoices):
    """Why a member is looked after by the unit he stands under: 谁有利谁负责, by employer (条) or residence (块)."""

    RELATION = "relation", _("组织关系所在")
    EMPLOYER = "employer", _("条：按工作单位")
    RESIDENCE = "residence", _("块：按居住地")
    AGREED = "agreed", _("上级商定")


class Month(models.Func):
    """The month of a written date, or its year where it says no more. Its numbers stand in the SQL itself: as values,
    SQLite would not see that an index is of the same expression."""

    template = "SUBSTR(%(expressions)s, 1, 7)"
    output_field = models.CharField()


class Member(models.Model):
    """A member, full or probationary."""

    id = KeyField()
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="members")
    path = PathField()
    keeper_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True, unique=True)

    # Why `unit` is the responsible one, and since when that is so; the reason in words is sealed in the fact.
    responsible_basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.RELATION)
    responsible_on = models.DateField(null=True)

    name = models.CharField(max_length=60)
    name_key = OrderedText(max_length=200)  # pinyin, for sorting
    gender = models.CharField(max_length=6, blank=True, choices=Gender.choices)
    ethnicity = models.CharField(max_length=20, blank=True)
    birth_on = models.CharField(max_length=10, blank=True)
    id_number_sealed = models.CharField(max_length=120, blank=True)
    id_number_index = models.CharField(max_length=32, blank=True)
    native_place = models.CharField(max_length=100, blank=True)
    education = models.CharField(max_length=60, blank=True)
    degree = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=12, blank=True, choices=Stage.choices)
    joined_on = models.CharField(max_length=10, blank=True)
    converted_on = models.CharField(max_length=10, blank=True)
    group = models.CharField(max_length=100, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    position = models.CharField(max_length=100, blank=True)
    occupation = models.CharField(max_length=100, blank=True)
    started_work_on = models.CharField(max_length=10, blank=True)
    phone_sealed = models.CharField(max_length=120, blank=True)
    phone_index = models.CharField(max_length=32, blank=True)
    landline_sealed = models.CharField(max_length=120, blank=True)
    wechat = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=120, blank=True)
    home_address_sealed = models.TextField(blank=True)
    membership_status = models.CharField(max_length=60, blank=True)
    is_lost = models.BooleanField(null=True)
    lost_on = models.CharField(max_length=10, blank=True)
    dues_paid_to = models.CharField(max_length=7, blank=True)
    annual_income = models.CharField(max_length=60, blank=True)
    household_size = models.PositiveSmallIntegerField(null=True)
    age = models.PositiveSmallIntegerField(null=True)
    thought_note_sealed = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["path", "name_key"], name="people_member_path"),
            # A name alone, and a name with a month: who may be registered twice (`reorganization.twins`).
            models.Index("name", Month("birth_on"), name="people_member_born"),
            models.Index("name", Month("joined_on"), name="people_member_joined"),
            # Few members are looked after by another reason than the affiliation: those have the day since when.
            models.Index(
                fields=["responsible_basis", "path"],
                condition=models.Q(responsible_on__isnull=False),
                name="people_member_basis",
            ),
            models.Index(fields=["keeper_id"], name="people_member_keeper"),
            models.Index(fields=["phone_index"], name="people_member_phone"),
            # Beside the partial one of the constraint, which no database uses for a list of numbers to be looked up.
            models.Index(fields=["id_number_index"], name="people_member_number"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["id_number_index"],
                condition=~models.Q(id_number_index=""),
                name="people_member_id_number",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Photo(models.Model):
    """A member's photo, sealed under his own key: no path of a file, so that one backup holds everything."""

    id = KeyField()
    member = models.OneToOneField(Member, models.CASCADE, related_name="photo")
    path = PathField()
    sealed = models.TextField()


class Category(models.Model):
    """分类: one that a unit keeps for the members on its ground. `key` says which shipped one it began as."""

    id = KeyField()
    path = PathField()
    key = models.CharField(max_length=16, blank=True)
    name = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    ended_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["path", "place"], name="people_category_path")]


class MemberCategory(models.Model):
    """That a member is in a category, and since when: duties read it for what begins from that day on."""

    id = KeyField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="categories_in", db_index=False)
    category = models.ForeignKey(Category, models.PROTECT, related_name="members_in")
    path = PathField()
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "category"], name="people_membercategory_once")
        ]


class SearchTerm(models.Model):
    """One way a member is searched: a tail of the name, pinyin, initials, or the blind index of a number's last digits.

    A search is one range of the index (place, term, path). Tails of the name (王国强, 国强, 强) make every part of it
    a prefix.
    """

    class Place(models.IntegerChoices):
        """Where in the name a term begins: what begins the name is found before what is inside."""

        BEGINNING = 0
        INSIDE = 1

    pk = models.CompositePrimaryKey("member_id", "term")
    place = models.PositiveSmallIntegerField(choices=Place.choices, default=Place.BEGINNING)
    term = OrderedText(max_length=120)
    path = PathField()
    # The key leads with the member: an index of his own terms is there already.
    member = models.ForeignKey(Member, models.CASCADE, related_name="terms", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["place", "term", "path"], name="people_searchterm_term")]
