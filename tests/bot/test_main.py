"""The commands, as a person types them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SHARED

ROOT = Path(__file__).parents[2]


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM", "DATABASE", "REDIS"))}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=clean | environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/nas.sqlite3"


def test_ask_prints_one_reply(database: str, helpline: str) -> None:
    done = run("bot", "ask", "is it free", DATABASE_URL=database)
    assert (done.returncode, done.stderr) == (0, "")
    assert helpline in done.stdout


def test_ask_json_is_the_chat_response(database: str) -> None:
    done = run("bot", "ask", "montako esitystä 2025", "--lang", "fi", "--json", DATABASE_URL=database)
    body = json.loads(done.stdout)
    assert (body["kind"], body["language"], body["figures"][0]["value"]) == ("figure", "fi", 467)


def test_the_terminal_works_in_a_pipe(database: str, helpline: str) -> None:
    """A question, then the button with number 1, then the end of the input."""
    done = run("bot", "--terminal", stdin="what help is there\n1\n", DATABASE_URL=database)
    assert done.returncode == 0
    assert done.stdout.count(helpline) >= 3


def test_without_a_token_one_line_says_what_to_do(database: str) -> None:
    done = run("bot", DATABASE_URL=database)
    assert done.returncode == 1
    assert "TELEGRAM_BOT_TOKEN" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_token_is_one_clear_line(database: str) -> None:
    done = run("bot", DATABASE_URL=database, TELEGRAM_BOT_TOKEN="nonsense")
    assert done.returncode == 1
    assert "copy it whole from BotFather" in done.stderr
    assert "Traceback" not in done.stderr


def test_evaluate_reports_by_language_and_kind(tmp_path: Path, database: str) -> None:
    questions = tmp_path / "questions.jsonl"
    row = {"id": "en-1", "lang": "en", "text": "referrals in 2025", "kind": "figure", "accept": ["statistics"], "value": 467, "note": ""}
    questions.write_text(json.dumps(row) + "\n" + json.dumps(row | {"id": "en-2", "value": 1}), encoding="utf-8")

    report = json.loads(run("bot", "evaluate", str(questions), "--json", DATABASE_URL=database).stdout)

    assert (report["right"], report["wrong_numbers"], report["misses"][0]["id"]) == (0.5, 1, "en-2")


def test_evaluate_names_the_line_it_cannot_read(tmp_path: Path, database: str) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": 1}\n', encoding="utf-8")
    done = run("bot", "evaluate", str(questions), DATABASE_URL=database)
    assert done.returncode == 1
    assert "questions.jsonl:1:" in done.stderr


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
def test_messages_that_nobody_learnt_from_are_understood(database: str) -> None:
    """In 25 languages: danger never missed, no wrong number, and a topic that is hardly ever another."""
    report = json.loads(run("bot", "evaluate", str(SHARED / "questions" / "check.jsonl"), "--json", DATABASE_URL=database).stdout)

    least = {"topic": 0.85, "human": 0.95, "figure": 0.96, "small-talk": 0.9}
    assert {kind for kind, share in least.items() if report["by_kind"][kind] < share} == set()
    assert report["topic_among_answer_and_choices"] >= 0.96
    assert report["danger_recall"] == 1
    assert report["danger_false_alarms"] <= 0.03
    assert report["out_of_scope_answered_as_topic"] <= 0.1
    assert report["wrong_numbers"] == 0
    assert report["language_right"] >= 0.96


def test_content_check_and_load(database: str) -> None:
    assert run("content", "check").stdout == "0 findings\n"
    assert "264 figures" in run("content", "load", DATABASE_URL=database).stdout


def test_without_the_model_the_service_answers_by_letters(database: str) -> None:
    """A platform without the embedding model starts all the same, and says so."""
    done = run("bot", "--terminal", stdin="what is a reflection period\n", DATABASE_URL=database, EMBEDDING_MODEL="none")
    assert "lexical match only" in done.stderr
    assert "harkinta-aika" in done.stdout


def test_a_model_folder_that_is_not_there_is_told(database: str) -> None:
    done = run("bot", "--terminal", stdin="", DATABASE_URL=database, EMBEDDING_MODEL="/nowhere")
    assert "/nowhere is not a folder" in done.stderr
    assert done.returncode == 0
