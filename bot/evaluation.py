"""Measuring the conversation against labelled messages (the schema is ../shared/questions/README.md)."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.table import Table

from bot.conversation import Conversation
from bot.message import Incoming, Reply
from content.errors import TextError


class Question(BaseModel):
    """One labelled message."""

    model_config = ConfigDict(extra="ignore")

    id: str
    lang: str
    text: str
    kind: Literal["topic", "figure", "danger", "human", "small-talk", "out-of-scope"]
    accept: list[str]
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one message was answered. `got` names the kind, the topic or the number."""

    id: str
    language: str
    kind: str
    expected: str
    got: str
    right: bool
    among_choices: bool
    wrong_number: bool
    language_right: bool
    confidence: float


@dataclass(slots=True)
class EvaluationReport:
    """All outcomes, and the shares that matter."""

    outcomes: list[Outcome] = field(default_factory=list)

    def of(self, *, kind: str | None = None, language: str | None = None) -> list[Outcome]:
        """The outcomes of one kind, one language, or both."""
        return [o for o in self.outcomes if kind in {None, o.kind} and language in {None, o.language}]

    def summary(self) -> dict[str, object]:
        """Shares between 0 and 1, and counts."""
        others = [o for o in self.outcomes if o.kind != "danger"]
        return {
            "rows": len(self.outcomes),
            "right": share(self.outcomes),
            "by_kind": {kind: share(self.of(kind=kind)) for kind in sorted({o.kind for o in self.outcomes})},
            "by_language": {language: share(self.of(language=language)) for language in sorted({o.language for o in self.outcomes})},
            "topic_among_answer_and_choices": _mean([o.among_choices for o in self.of(kind="topic")]),
            "danger_recall": share(self.of(kind="danger")),
            "danger_false_alarms": _mean([o.got == "danger" for o in others]),
            "out_of_scope_answered_as_topic": _mean([not o.right for o in self.of(kind="out-of-scope")]),
            "wrong_numbers": sum(o.wrong_number for o in self.outcomes),
            "language_right": _mean([o.language_right for o in self.outcomes]),
            "misses": [asdict(o) for o in self.outcomes if not o.right],
        }


def evaluate(conversation: Conversation, path: Path) -> EvaluationReport:
    """Ask every message of a JSON Lines file. Raises TextError naming the line that cannot be read."""
    report = EvaluationReport()
    for question in _read(path):
        reply = conversation.answer(Incoming(question.text, "api"))
        understood = conversation.understanding.read(question.text).language
        report.outcomes.append(_judge(question, reply, understood))
    return report


def interval(right: int, total: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share (Wilson): how far chance alone may have moved it."""
    from scipy.stats import binomtest

    found = binomtest(right, total).proportion_ci(method="wilson")
    return float(found.low), float(found.high)


def share(outcomes: list[Outcome]) -> float:
    """How many of the outcomes are right, between 0 and 1."""
    return _mean([outcome.right for outcome in outcomes])


def print_report(report: EvaluationReport, *, as_json: bool) -> None:
    """Print tables by language and kind and every miss, or everything as JSON."""
    summary = report.summary()
    if as_json:
        print(json.dumps(summary, ensure_ascii=False, indent=2))
        return
    console = Console(width=None if Console().is_terminal else 140)
    kinds = sorted({o.kind for o in report.outcomes})
    table = Table("language", "rows", "right", *kinds, title=f"{summary['rows']} messages, {summary['right']:.1%} right")
    for language in [*sorted({o.language for o in report.outcomes}), None]:
        cells = [_cell(report.of(kind=kind, language=language)) for kind in kinds]
        rows = report.of(language=language)
        table.add_row(language or "all", str(len(rows)), f"{share(rows):.1%}", *cells)
    console.print(table)
    for name in (
        "topic_among_answer_and_choices",
        "danger_recall",
        "danger_false_alarms",
        "out_of_scope_answered_as_topic",
        "language_right",
    ):
        console.print(f"{name.replace('_', ' ')}: {summary[name]:.1%}", highlight=False)
    console.print(f"wrong numbers: {summary['wrong_numbers']}", highlight=False)
    misses = Table("miss", "expected", "got", "confidence")
    for outcome in report.outcomes:
        if not outcome.right:
            misses.add_row(outcome.id, outcome.expected, outcome.got, f"{outcome.confidence:.2f}")
    console.print(misses)


def _judge(question: Question, reply: Reply, understood: str | None) -> Outcome:
    numbers = [shown.figure.value for shown in reply.figures]
    if question.kind == "figure":
        right = reply.kind == "figure" and (question.value in numbers[:1] if question.value is not None else not numbers)
        got = f"{reply.kind} {numbers[:1]}" if reply.kind == "figure" else f"{reply.kind} {reply.topic or ''}"
    elif question.kind == "topic":
        right = reply.topic in question.accept and reply.kind in {"topic", "figure"}
        got = reply.topic or reply.kind
    else:
        right = reply.kind == {"out-of-scope": "fallback"}.get(question.kind, question.kind)
        got = reply.kind if reply.topic is None else f"{reply.kind} {reply.topic}"
    choices = {choice.topic for choice in reply.alternatives}
    return Outcome(
        id=question.id,
        language=question.lang,
        kind=question.kind,
        expected=str(question.value) if question.kind == "figure" else "/".join(question.accept),
        got=got,
        right=right,
        among_choices=right or bool(choices & set(question.accept)),
        wrong_number=bool(numbers) and (question.kind != "figure" or question.value != numbers[0]),
        language_right=understood == question.lang,
        confidence=reply.confidence,
    )


def _read(path: Path) -> Iterator[Question]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                yield Question.model_validate_json(line)
            except ValidationError as error:
                raise TextError(path, number, f"mend the row: {error.errors()[0]['msg']}") from error


def _mean(values: list[bool]) -> float:
    grouped: dict[bool, int] = defaultdict(int)
    for value in values:
        grouped[value] += 1
    return grouped[True] / len(values) if values else 1.0


def _cell(outcomes: list[Outcome]) -> str:
    return f"{sum(o.right for o in outcomes)}/{len(outcomes)}" if outcomes else "–"
