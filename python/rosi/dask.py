"""Many cases over a cluster.

``results`` takes lines as ``rosi batch`` does, and writes lines as it does, in the same order:

>>> with distributed.Client(cluster) as client:
...     for line in rosi.dask.results(client, open("cases.jsonl")):
...         out.write(line + "\\n")

``mapped`` asks anything of cases that were loaded: ``mapped(client, lambda case: case.assess().today, cases)``.
A case is worked out anew where a worker dies: it has no state, and its figures hang on its text alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from . import _rosi

#: Cases of one task: enough that the work outweighs its way.
PART = 20

Asked = TypeVar("Asked")
Found = TypeVar("Found")


def mapped(
    client: Any,
    function: Callable[[Asked], Found],
    items: Iterable[Asked],
    *,
    part: int = PART,
    ahead: int = 200,
    retries: int = 5,
) -> Iterator[Found]:
    """A function of each item, in their order; no more than ``ahead`` parts are under way at a time."""
    waiting: list[Any] = []
    some: list[Asked] = []

    def send() -> None:
        waiting.append(client.submit(_each, function, list(some), retries=retries, pure=False))
        some.clear()

    for item in items:
        some.append(item)
        if len(some) == part:
            send()
        if len(waiting) == ahead:
            yield from waiting.pop(0).result()
    if some:
        send()
    while waiting:
        yield from waiting.pop(0).result()


def _each(function: Callable[[Asked], Found], items: list[Asked]) -> list[Found]:
    return [function(item) for item in items]


def assessed(numbered: tuple[int, str], arguments: Sequence[str] = (), folder: str = ".") -> str:
    """What ``rosi batch`` writes for a line of its input: its number from one, and its text."""
    number, line = numbered
    return _rosi.batch_line(number, line, folder, list(arguments))


def results(
    client: Any,
    lines: Iterable[str],
    *,
    arguments: Sequence[str] = (),
    folder: str = ".",
    ahead: int = 200,
    retries: int = 5,
) -> Iterator[str]:
    """The results of cases that stand on lines, in their order.

    ``arguments`` are those of ``rosi batch`` that say how figures are found, such as ``["--method", "exact"]``. Files
    that a line names are read from ``folder`` by the workers.
    """
    asked = partial(assessed, arguments=tuple(arguments), folder=folder)
    return mapped(client, asked, ((number, line) for number, line in enumerate(lines, 1) if line.strip()), ahead=ahead, retries=retries)
