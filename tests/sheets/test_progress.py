"""Long imports: how far, how long still, stopped before they commit, found dead and started again."""

from __future__ import annotations

import time
from dataclasses import replace
from uuid import uuid4

import pytest
from django_tasks import default_task_backend
from django_tasks_db.management.commands.db_worker import Worker
from pytest_django import Settings

from tests.sheets.conftest import Desk
from yanzhen.kernel.errors import Conflict, NotFound
from yanzhen.ledger.models import Fact
from yanzhen.people.models import Member
from yanzhen.sheets import progress, tasks
from yanzhen.sheets.models import BatchState
from yanzhen.sheets.progress import Cancelled, Progress, Reporter, State


def test_it_tells_how_long_it_will_still_take() -> None:
    begun = Progress(State.RUNNING, done=500, total=2000, started_at=100.0, beat_at=110.0)
    assert (begun.seconds_left, begun.minutes_left) == (30, None)
    assert replace(begun, beat_at=begun.beat_at + 50).minutes_left == 3
    assert replace(begun, total=None).seconds_left is None
    assert replace(begun, done=0).seconds_left is None


def test_a_silent_worker_is_a_dead_one() -> None:
    now = time.time()
    assert Progress(State.RUNNING, beat_at=now - 10).is_under_way
    silent = Progress(State.RUNNING, beat_at=now - 61)
    assert silent.is_silent
    assert not silent.is_under_way
    assert not Progress(State.DONE, beat_at=now - 61).is_silent


@pytest.mark.usefixtures("desk")
def test_the_reporter_writes_and_stops_when_asked() -> None:
    batch_id = uuid4()
    assert progress.read(batch_id) is None
    progress.wait(batch_id)
    report = Reporter(batch_id)
    report.total = 5000
    report(2000)
    assert (kept := progress.read(batch_id)) is not None
    assert kept.state is State.RUNNING
    progress.ask_to_stop(batch_id)
    with pytest.raises(Cancelled):
        report(4000)
    report.end(State.CANCELLED, "已取消")
    assert (ended := progress.read(batch_id)) is not None
    assert (ended.state, ended.done, ended.total, ended.sentence) == (State.CANCELLED, 2000, 5000, "已取消")


def work() -> None:
    """What the worker beside `yanzhen serve` does, once."""
    Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=default_task_backend.alias,
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
    ).run()


@pytest.mark.django_db(transaction=True)
class TestInTheBackground:
    def test_it_imports_as_the_officer_who_asked(self, desk: Desk) -> None:
        batch = desk.stage({"name": "罗大山", "phone": "19900000011"})
        tasks.start(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
        assert (waiting := progress.read(batch.id)) is not None
        assert waiting.state is State.WAITING
        with pytest.raises(Conflict):
            tasks.start(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
        work()
        assert (ended := progress.read(batch.id)) is not None
        assert (ended.state, ended.done, ended.total) == (State.DONE, 1, 1)
        fact = Fact.objects.get(kind="sheets.batch.applied")
        assert (fact.actor_id, fact.door) == (desk.officer.id, "sheet")

    def test_a_refusal_is_kept_in_its_sentence(self, desk: Desk) -> None:
        batch = desk.stage({"name": "罗大山", "unit": "大坪村党支部"})
        tasks.start(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)
        work()
        assert (ended := progress.read(batch.id)) is not None
        assert ended.state is State.REFUSED
        assert "大坪村党支部" in ended.sentence
        tasks.start(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
        work()
        assert Member.objects.filter(name="罗大山").exists()

    def test_it_is_stopped_before_it_commits(self, desk: Desk) -> None:
        batch = desk.stage({"name": "罗大山", "phone": "19900000011"})
        tasks.start(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
        progress.ask_to_stop(batch.id)
        work()
        assert (ended := progress.read(batch.id)) is not None
        assert ended.state is State.CANCELLED
        assert not Member.objects.filter(name="罗大山").exists()
        batch.refresh_from_db()
        assert batch.state == BatchState.STAGED

    def test_one_whose_worker_died_is_started_again(self, desk: Desk) -> None:
        batch = desk.stage({"name": "罗大山", "phone": "19900000011"})
        progress.write(batch.id, Progress(State.RUNNING, done=10, beat_at=time.time() - 100))
        tasks.start(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)
        work()
        assert Member.objects.filter(name="罗大山").exists()

    def test_others_may_not(self, desk: Desk, settings: Settings) -> None:
        batch = desk.stage({"name": "罗大山", "phone": "19900000011"})
        with pytest.raises(NotFound):
            tasks.start(actor=desk.cast.actor("liuqing"), batch_id=batch.id, confirm_new_units=True)
        assert progress.read(batch.id) is None
