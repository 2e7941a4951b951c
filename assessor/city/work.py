"""One unit's work, done in a process of its own: read, score, draw, write."""

from __future__ import annotations

import hashlib
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from assessor.city.shipped import shipped_digest
from assessor.city.storing import Scored, scored_of
from assessor.intake.guard import shown_name
from schemas.base import Level
from schemas.errors import AssessorError, SubmissionUnreadable
from schemas.issue import Issue, Severity
from scoring.version import ENGINE

TIME_LIMIT = 180
"""Seconds one unit may take; a paper that hangs is reported, not waited for."""

SHORTEST_NAME = 2
"""A folder named 1 does not name its unit; the papers must."""


class Options(NamedTuple):
    """How every unit of a run is scored."""

    framework: str = "house-59"
    weights: str = "house"
    targets: tuple[str, ...] = ()
    policy: str | None = None
    blend: str = "report-only"
    rules: tuple[str, ...] = ()
    as_of: str | None = None
    with_pages: bool = True
    """Whether PDF, HTML and lists are drawn."""


class Task(NamedTuple):
    """One unit and its papers; paths are text so that it travels between processes."""

    key: str
    entity: str
    level: str
    """Level from the roster, or empty."""
    regions: tuple[str, ...]
    form: str
    report: str
    reviews: tuple[str, ...]
    out: str
    """Folder for this unit's outputs."""
    options: Options


class WorkResult(NamedTuple):
    """What a worker gives back; the assessment travels as it is archived."""

    status: str
    reason: str
    scored: Scored | None
    outputs: dict[str, str]
    facts: dict[str, Any]


def task_key(ruler: str, task: Task) -> str:
    """Return the SHA-256 of everything the outputs depend on: papers, rules, options, program."""
    papers = [path for path in (task.form, task.report, *task.reviews) if path]
    facts = {
        "engine": ENGINE,
        "shipped": shipped_digest(),
        "ruler": ruler,
        "as_of": task.options.as_of,
        "pages": task.options.with_pages,
        "unit": [task.entity, task.level, list(task.regions)],
        "papers": [[shown_name(Path(path)), sha256_of(Path(path))] for path in papers],
    }
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file; of one that cannot be read, of nothing."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    except OSError:
        return hashlib.sha256(b"").hexdigest()
    return digest.hexdigest()


def process(task: Task) -> WorkResult:
    """Do one unit's work. Troubles of its papers are results, not errors."""
    try:
        with _time_limit():
            return _appraised(task)
    except SubmissionUnreadable as error:
        return _failed("unreadable", f"{error.path}：{error.reason}")
    except TimeoutError:
        return _failed("unreadable", f"处理超过 {TIME_LIMIT} 秒，已放弃；请核对文件是否异常")
    except MemoryError:
        return _failed("unreadable", "文件展开后占用内存过多，已放弃；请核对文件是否异常")
    except AssessorError as error:
        return _failed("blocked", str(error))


def warm_up() -> None:
    """Load what is slow before the first unit comes."""
    import openpyxl  # noqa: F401, PLC0415 - loaded for its own sake

    try:
        import weasyprint  # noqa: F401, PLC0415
    except OSError:
        return


@cache
def ruler_for(options: Options) -> Any:
    """Return the ruler of a run, resolved once in each process."""
    from assessor.cli.choosing import RuleOptions, ruler_of  # noqa: PLC0415 - shared with the CLI

    rules = [Path(path) for path in options.rules] or None
    return ruler_of(
        RuleOptions(
            options.framework,
            options.weights,
            options.targets,
            options.policy,
            options.blend,
            rules,
        )
    )


def _appraised(task: Task) -> WorkResult:
    from assessor.appraisal import appraise  # noqa: PLC0415 - loaded once in each worker
    from assessor.intake.reviews import read_review  # noqa: PLC0415
    from assessor.reading.drafting import Known  # noqa: PLC0415

    ruler = ruler_for(task.options)
    reviews = [
        read_review(Path(path), ruler.rulebook, ruler.framework, ruler.scheme)
        for path in task.reviews
    ]
    as_of = task.options.as_of
    found = appraise(
        ruler,
        report=Path(task.report) if task.report else None,
        form=Path(task.form) if task.form else None,
        known=Known(
            task.entity if len(task.entity) >= SHORTEST_NAME else "",
            Level(task.level) if task.level else None,
            task.regions,
        ),
        as_of=None if as_of is None else date.fromisoformat(as_of),
        reviews=reviews,
        in_process=True,
    )
    issues = (*found.issues, *(issue for one in reviews for issue in one.issues))
    if found.assessment is None or found.submission is None:
        return _failed("blocked", _reasons(issues), n_issues=len(issues))
    result = found.assessment
    outputs = _written(task, found) if task.options.with_pages else _json_only(task, result)
    facts = {
        "n_issues": len(result.issues),
        "n_waiting": len(result.waiting),
        "published": _iso(found.reading.document.publish_date if found.reading else None),
        "text": _fingerprint(found.reading.document.text) if found.reading else [],
        "name_in_papers": result.entity.name,
    }
    return WorkResult(
        "scored",
        "",
        scored_of(result, found.submission, found.review),
        outputs,
        facts,
    )


def _written(task: Task, found: Any) -> dict[str, str]:
    from assessor.appraisal import write_outputs  # noqa: PLC0415 - loaded once in each worker
    from assessor.city.gaplist import write_gap_lists  # noqa: PLC0415

    out = Path(task.out)
    paths = [*write_outputs(found, out), *write_gap_lists(found.assessment, out)]
    return {path.name: sha256_of(path) for path in paths}


def _json_only(task: Task, result: Any) -> dict[str, str]:
    from assessor.naming import result_stem  # noqa: PLC0415
    from assessor.render import result_json  # noqa: PLC0415 - loaded once in each worker
    from assessor.store import write_text  # noqa: PLC0415

    name = f"{result_stem(result)}.json"
    write_text(Path(task.out) / name, result_json(result))
    return {name: sha256_of(Path(task.out) / name)}


def _fingerprint(text: str) -> list[int]:
    from assessor.city.likeness import fingerprint  # noqa: PLC0415 - loaded once in each worker

    return fingerprint(text)


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _reasons(issues: tuple[Issue, ...]) -> str:
    from assessor.messages import issue_sentence  # noqa: PLC0415 - loaded once in each worker

    grave = [issue for issue in issues if issue.severity is Severity.ERROR] or list(issues)
    return "\n".join(issue_sentence(issue) for issue in grave)


def _failed(status: str, reason: str, n_issues: int = 0) -> WorkResult:
    return WorkResult(status, reason, None, {}, {"n_issues": n_issues})


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise TimeoutError after the limit, where the system can."""

    def ring(number: int, frame: object) -> None:
        del number, frame
        raise TimeoutError

    try:
        before = signal.signal(signal.SIGALRM, ring)
    except (AttributeError, ValueError):  # not on this system, or not in the main thread
        yield
        return
    signal.alarm(TIME_LIMIT)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
