"""What the officer decided about a batch before it is imported: one rule for all, and single rows otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from yanzhen.sheets.models import Batch, Choice, Rule


@dataclass(frozen=True)
class Decision:
    """What was decided about one row; `member_id` is whom it speaks of, where it is SAME."""

    choice: Choice
    member_id: UUID | None = None


@dataclass(frozen=True)
class Decisions:
    """The rule, and the rows that were decided one by one."""

    rule: Rule = Rule.TAKE
    rows: Mapping[int, Decision] = field(default_factory=dict)

    def change(self, row: int) -> Rule:
        """What happens with what the row says otherwise than the base."""
        decided = self.rows.get(row)
        return Rule(decided.choice) if decided and decided.choice in (Choice.TAKE, Choice.KEEP) else self.rule


def decisions(batch: Batch) -> Decisions:
    """All that was decided about the batch, in one query."""
    rows = batch.decisions.values_list("row", "choice", "member_id")
    decided = {row: Decision(Choice(choice), member_id) for row, choice, member_id in rows}
    return Decisions(Rule(batch.rule), decided)
