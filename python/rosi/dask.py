"""Many cases over a cluster: the same lines as ``rosi batch`` writes, in the same order.

>>> with distributed.Client(cluster) as client:
...     for line in rosi.dask.batch(client, lines):
...         out.write(line)

A case is worked out anew where a worker dies: it has no state, and its figures hang on its text alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import rosi

#: Cases of one task: enough that the work outweighs its way.
PART = 20


def assessed(line: str, options: dict[str, Any]) -> str:
    """The result of one case: a JSON line as ``rosi batch`` reads it, with the case in it."""
    question = json.loads(line)
    wrapped = "case" in question
    name = question.get("id") if wrapped else None
    try:
        case = rosi.load(json.dumps(question["case"] if wrapped else question))
        return json.dumps({"id": name, "assessment": case.assess(**options).to_dict()})
    except rosi.Fault as fault:
        told = [vars(diagnostic) for diagnostic in fault.diagnostics]
        return json.dumps({"id": name, "error": {"message": fault.message, "diagnostics": told}})


def _part(lines: list[str], options: dict[str, Any]) -> list[str]:
    return [assessed(line, options) for line in lines]


def batch(client: Any, lines: Iterable[str], *, ahead: int = 200, retries: int = 5, **options: Any) -> Iterator[str]:
    """The results of cases, in their order; no more than so many parts are under way at a time."""
    waiting: list[Any] = []
    part: list[str] = []

    def send() -> None:
        waiting.append(client.submit(_part, list(part), options, retries=retries, pure=False))
        part.clear()

    for line in lines:
        part.append(line)
        if len(part) == PART:
            send()
        if len(waiting) == ahead:
            yield from waiting.pop(0).result()
    if part:
        send()
    for future in waiting:
        yield from future.result()
