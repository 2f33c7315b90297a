"""The OpenAPI document: errors are problem+json, and the examples are what the running service answers itself."""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from api.figures import FigurePage
from api.problems import MEDIA_TYPE, Problem
from api.topics import TopicList, topic, topics
from bot.app import Service
from bot.message import Incoming
from bot.rendering import figure_json, to_json
from content.locales import SOURCE


def complete_document(app: FastAPI) -> None:
    """Make `/openapi.json` say what a client meets."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        is_new = app.openapi_schema is None
        document = plain()
        if is_new:
            _name_problems(document)
            service: Service | None = getattr(app.state, "service", None)
            for example in _examples(service) if service else ():
                document["components"]["schemas"][type(example).__name__]["examples"] = [example.model_dump(mode="json")]
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _name_problems(document: dict[str, Any]) -> None:
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if status >= "400" and "application/json" in response.get("content", {}):
                    response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}


def _examples(service: Service) -> list[BaseModel]:
    reply = service.conversation.answer(Incoming("How many referrals in 2025?", "api", chosen=SOURCE))
    shown = [figure_json(figure) for figure in reply.figures]
    listed = topics(SOURCE, service)
    return [
        to_json(reply),
        FigurePage(items=shown, total=len(shown), limit=100, offset=0),
        TopicList(items=listed.items[:1], total=listed.total),
        topic("reflection-period", SOURCE, service),
        Problem(title="Not Found", status=404, detail="There is no such topic; GET /api/v1/topics lists them."),
    ]
