"""`python -m content check | load | build`: the editors' and operators' commands."""

import argparse
import asyncio
import json
import logging
import sys
from collections.abc import Sequence

from content.check import findings
from content.database import open_engine, prepare
from content.errors import ContentError
from content.search.embedding import open_embedder
from content.search.examples import read_examples
from content.search.training import MODEL, train
from content.settings import ContentSettings
from content.topics import load_library


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 fine, 1 something to mend."""
    parser = argparse.ArgumentParser(prog="python -m content", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check every text, figure and catalogue")
    check.add_argument("--json", action="store_true")
    commands.add_parser("load", help="bring the database to the newest schema and load the figures")
    commands.add_parser("build", help="train the classifier from the example messages and keep it in content/search/model.npz")
    options = parser.parse_args(arguments)
    logging.basicConfig(level="WARNING", format="%(levelname)s %(name)s: %(message)s")
    try:
        if options.command == "check":
            return _check(as_json=options.json)
        if options.command == "load":
            return asyncio.run(_load())
        return _build()
    except (ContentError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _check(*, as_json: bool) -> int:
    found = findings()
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print("\n".join([*found, f"{len(found)} findings"]))
    return 1 if found else 0


async def _load() -> int:
    engine = open_engine(ContentSettings().database_url)
    try:
        print(f"{await prepare(engine)} figures in {engine.url.render_as_string(hide_password=True)}")
    finally:
        await engine.dispose()
    return 0


def _build() -> int:
    examples = read_examples(load_library())
    classifier = train(examples, open_embedder(ContentSettings().embedding_model), print)
    classifier.save(MODEL)
    print(f"{MODEL}: {MODEL.stat().st_size // 1024} KiB from {len(examples)} messages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
