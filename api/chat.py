"""POST /api/v1/chat: one message, one reply."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.dependencies import TheService
from api.metrics import REPLIES
from api.problems import Problem
from bot.message import MOST_CHARACTERS, Incoming
from bot.rendering import ChatReply, to_json
from content.locales import accepted

router = APIRouter(prefix="/api/v1", tags=["chat"], responses={status: {"model": Problem} for status in (400, 408, 413, 422, 429)})

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_CHARACTERS)]


class ChatRequest(BaseModel):
    """A message, and what the client knows of the person."""

    model_config = ConfigDict(
        extra="ignore", json_schema_extra={"examples": [{"text": "what is a reflection period", "language": "en", "context": None}]}
    )

    text: Words
    language: Annotated[str | None, Field(max_length=35, description="BCP 47: the person's choice; wins over detection")] = None
    context: Annotated[str | None, Field(max_length=4000, description="The context of the reply before")] = None


@router.post("/chat")
def chat(message: ChatRequest, request: Request, service: TheService) -> ChatReply:
    """Answer one message. Nothing of it is kept."""
    hinted = accepted(request.headers.get("accept-language"))
    incoming = Incoming(message.text, "api", chosen=message.language, hinted=hinted, context=message.context)
    reply = service.conversation.answer(incoming)
    REPLIES.labels(kind=reply.kind, channel="api").inc()
    service.counts.asked(reply, "api")
    return to_json(reply)
