"""The fixed cast on a small tree, in the manner of Alice, Bob and Charlie: who owns, who helps, who must not see.

    云岭县青禾镇党委                 officer 周慧, inspector 顾明
      青石村党支部                   secretary 石磊, contact person 陆芳
        韦志强   away, 陆芳 keeps in touch with him; has an account of his own
        黄秀兰   at home
      柳河村党支部                   secretary 柳青: must not see 青石村
        覃小燕   away, nobody keeps in touch with her
"""

from __future__ import annotations

from dataclasses import dataclass

from yanzhen.access.models import Appointment
from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.models import Account
from yanzhen.kernel.actor import Actor, system
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import found_root, found_unit

PASSWORD = "qing-he-2026"  # noqa: S105 - of invented people


@dataclass
class Cast:
    """The units, the accounts by role name, and the members."""

    town: Unit
    qingshi: Unit
    liuhe: Unit

    def actor(self, username: str) -> Actor:
        """The person's Actor, built as a request builds it."""
        return actor_for(Account.objects.get(username=username))
