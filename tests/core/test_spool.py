"""The folder that stands for a broker where there is none."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Any]:
    folders = {
        "data_folder_in": str(tmp_path),
        "data_folder_out": str(tmp_path),
        "control_folder": str(tmp_path),
    }
    with Connection("localhost", transport="core.spool:Transport", transport_options=folders) as connection:
        yield connection.channel()


def test_messages_come_out_in_the_order_they_went_in(channel: Any) -> None:
    for number in range(3):
        channel._put("celery", {"number": number})
    assert [channel._get("celery")["number"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("celery")


def test_a_reader_never_meets_half_a_message(channel: Any) -> None:
    long = "x" * 200_000

    def write(number: int) -> None:
        channel._put("celery", {"number": number, "long": long})

    read = []
    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(write, number) for number in range(100)]
        while not all(task.done() for task in writing) or len(read) < 100:
            try:
                read.append(channel._get("celery")["number"])
            except Empty:
                continue
    assert sorted(read) == list(range(100))


def test_a_broken_message_is_passed_over(channel: Any, tmp_path: Path) -> None:
    (tmp_path / "1_broken.celery.msg").write_text("")
    channel._put("celery", {"number": 1})
    assert channel._get("celery")["number"] == 1


def test_a_message_of_another_queue_is_left_alone(channel: Any) -> None:
    channel._put("other", {})
    with pytest.raises(Empty):
        channel._get("celery")
