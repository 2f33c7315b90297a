"""Documentation cannot drift: settings, commands and addresses are documented, both ways."""

import re
from pathlib import Path

from api.app import create_app
from api.settings import ApiSettings

ROOT = Path(__file__).parents[1]


def test_every_setting_has_its_sentence_and_nothing_else_is_listed() -> None:
    documented = dict(
        re.findall(r"^\| `([A-Z_]+)` \| .* \| (.*) \|$", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    described = {name.upper(): field.description for name, field in ApiSettings.model_fields.items()}
    assert documented == described


def test_the_example_environment_names_every_setting() -> None:
    named = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert named == {name.upper() for name in ApiSettings.model_fields}


def test_every_address_is_in_the_api_document(settings: ApiSettings) -> None:
    documented = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for path in create_app(settings).openapi()["paths"]:
        assert f"`{path}`" in documented or f" {path}`" in documented, path
