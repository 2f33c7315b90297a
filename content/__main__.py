"""`python -m content …`: the commands of editors, translators and operators."""

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from content.checks import findings
from content.database import open_engine, prepare
from content.desk import coverage, new_language, new_topic, review, stamp
from content.errors import ContentError
from content.exchange import export_language, import_language, update_catalogues
from content.locales import LANGUAGES, SOURCE
from content.search.embedding import open_embedder
from content.search.examples import read_examples
from content.search.training import MODEL, train
from content.settings import ContentSettings
from content.topics import load_library

_SIGNS = {
    "source": "[bold]s[/]",
    "reviewed": "[green]r[/]",
    "draft": "d",
    "outdated": "[yellow]o[/]",
    "missing": "[red]–[/]",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 fine, 1 something to mend, 2 a command that does not exist."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level="WARNING", format="%(levelname)s %(name)s: %(message)s")
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except (ContentError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _check(options: argparse.Namespace) -> int:
    found = findings()
    if options.json:
        print(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
    else:
        print("\n".join([*map(str, found), f"{len(found)} findings"]))
    return 1 if found else 0


def _coverage(options: argparse.Namespace) -> int:
    covered = coverage(load_library())
    if options.json:
        print(json.dumps(covered.states, indent=2))
        return 0
    table = Table("topic", *LANGUAGES, title="Translations: s source · r reviewed · d draft · o outdated · – missing", padding=(0, 0))
    for topic in covered.topics:
        table.add_row(topic, *(_SIGNS[covered.states[language][topic]] for language in LANGUAGES))
    Console(width=None if sys.stdout.isatty() else 140).print(table)
    return 0


def _new_topic(options: argparse.Namespace) -> int:
    return _written(new_topic(options.topic, options.audience), "write the text, then examples; then: python -m content build")


def _new_language(options: argparse.Namespace) -> int:
    written = new_language(options.language)
    tag = options.language
    return _written(
        written,
        f"next: python -m content catalogues; python -m content export {tag} {tag}.xlsx; "
        f"examples in content/examples/{tag}; then: python -m content build, python -m content check",
    )


def _review(options: argparse.Namespace) -> int:
    return _written([review(options.topic, options.language, options.by, date.today())], "")


def _stamp(options: argparse.Namespace) -> int:
    return _written(list(stamp(tuple(options.languages or LANGUAGES))), "")


def _export(options: argparse.Namespace) -> int:
    print(f"{export_language(options.language, options.file)} things to translate in {options.file}")
    return 0


def _import(options: argparse.Namespace) -> int:
    return _written(import_language(options.language, options.file), "look at them: git diff; then: python -m content check")


def _catalogues(_: argparse.Namespace) -> int:
    return _written(update_catalogues(), "translate what is new: python -m content check")


def _preview(options: argparse.Namespace) -> int:
    # The pages are the web's: the content may not import them, so another process shows them.
    os.execv(sys.executable, [sys.executable, "-m", "api.preview", "--lang", options.lang, "--port", str(options.port)])  # noqa: S606


def _load(_: argparse.Namespace) -> int:
    async def load() -> None:
        engine = open_engine(ContentSettings().database_url)
        try:
            print(f"{await prepare(engine)} figures in {engine.url.render_as_string(hide_password=True)}")
        finally:
            await engine.dispose()

    asyncio.run(load())
    return 0


def _build(_: argparse.Namespace) -> int:
    examples = read_examples(load_library())
    classifier = train(examples, open_embedder(ContentSettings().embedding_model), print)
    classifier.save(MODEL)
    print(f"{MODEL}: {MODEL.stat().st_size // 1024} KiB from {len(examples)} messages")
    return 0


def _written(files: Sequence[Path], then: str) -> int:
    print("\n".join([*(f"written: {file}" for file in files), f"{len(files)} files", *([then] if then else [])]))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m content", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    def add(name: str, run: Callable[[argparse.Namespace], int], summary: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=summary, description=summary)
        command.set_defaults(run=run)
        return command

    add("check", _check, "check every text, figure, word list and catalogue").add_argument("--json", action="store_true")
    add("coverage", _coverage, "how far each topic is translated").add_argument("--json", action="store_true")
    preview = add("preview", _preview, "show every reply as the web and Telegram would, again at each save")
    preview.add_argument("--lang", choices=LANGUAGES, default=SOURCE)
    preview.add_argument("--port", type=int, default=8001)
    topic = add("new-topic", _new_topic, "begin a topic")
    topic.add_argument("topic", help="its id, such as services-school")
    topic.add_argument("--audience", choices=("victim", "professional", "public"), default="victim")
    add("new-language", _new_language, "begin a language").add_argument("language", help="its BCP 47 tag, such as sw")
    reviewing = add("review", _review, "mark a translation as reviewed, against the source as it is today")
    reviewing.add_argument("topic")
    reviewing.add_argument("language", choices=LANGUAGES[1:])
    reviewing.add_argument("--by", required=True, help='the role of who reviewed it, such as "native speaker, interpreter"')
    add("stamp", _stamp, "note that drafts translate the source as it is today").add_argument(
        "languages", nargs="*", choices=[[], *LANGUAGES[1:]]
    )
    for name, run, summary in (
        ("export", _export, "write a language to a spreadsheet (.xlsx)"),
        ("import", _import, "take over a translated spreadsheet"),
    ):
        command = add(name, run, summary)
        command.add_argument("language", choices=LANGUAGES[1:])
        command.add_argument("file", type=Path)
    add("catalogues", _catalogues, "bring every language's interface sentences to the template bot.pot")
    add("load", _load, "bring the database to the newest schema and load the figures")
    add("build", _build, "train the classifier from the example messages and keep it in content/search/model.npz")
    return parser


if __name__ == "__main__":
    sys.exit(main())
