"""The pages: without a script, safe, and with the number whatever is sent."""

import httpx
import pytest

from tests.api.test_api import assert_problem


class TestPages:
    async def test_the_chat_works_without_javascript(self, client: httpx.AsyncClient) -> None:
        """A plain form post renders the page again with question and answer, and nothing is stored at the client."""
        page = await client.get("/", params={"lang": "fi"})
        answered = await client.post("/", data={"text": "onko apu ilmaista", "lang": "fi"})

        assert 'lang="fi" dir="ltr"' in page.text
        assert "tel:+358295463177" in page.text
        assert "onko apu ilmaista" in answered.text
        assert "set-cookie" not in answered.headers
        assert answered.headers["cache-control"] == "no-store"

    @pytest.mark.parametrize("text", ["", "x" * 10_000, "<script>alert(1)</script>", "\u202e"])
    async def test_bad_input_gets_the_page_with_the_number(self, client: httpx.AsyncClient, text: str) -> None:
        page = await client.post("/", data={"text": text})
        assert page.status_code == 200
        assert "+358 295 463 177" in page.text
        assert "<script>alert" not in page.text

    async def test_a_button_asks_for_its_topic(self, client: httpx.AsyncClient) -> None:
        assert "harkinta-aika" in (await client.post("/", data={"topic": "reflection-period"})).text

    async def test_a_topic_has_a_page_to_share_and_print(self, client: httpx.AsyncClient) -> None:
        page = (await client.get("/topics/cost", params={"lang": "ne"})).text
        assert 'hreflang="fi"' in page
        assert 'hreflang="x-default"' in page
        assert "<svg" in page
        assert "http://nas.test/topics/cost?lang=ne" in page
        assert "२०२६" in page
        assert_problem(await client.get("/topics/nothing"), 404)

    async def test_every_measure_has_its_page_and_charts(self, client: httpx.AsyncClient) -> None:
        listed = (await client.get("/figures", params={"lang": "fi"})).text
        assert "/figures/exploited_in_finland?lang=fi" in listed
        page = (await client.get("/figures/exploited_in_finland", params={"year": 2025})).text
        assert "Not published" in page
        assert ">59<" in page
        assert 'role="img"' in page
        assert_problem(await client.get("/figures/nothing"), 404)

    async def test_a_chart_has_an_address_that_stays_and_an_etag(self, client: httpx.AsyncClient) -> None:
        for kind, begins in (("svg", b"<svg"), ("png", b"\x89PNG")):
            path = f"/figures/referrals/years-persons.{kind}"
            first = await client.get(path)
            assert first.content.startswith(begins)
            assert (await client.get(path, headers={"if-none-match": first.headers["etag"]})).status_code == 304
        assert_problem(await client.get("/figures/referrals/years-nothing.svg"), 404)

    async def test_the_state_of_translations_is_shown(self, client: httpx.AsyncClient) -> None:
        page = (await client.get("/about/translations")).text
        assert "नेपाली" in page
        assert "draft, not checked" in page

    async def test_a_browser_gets_an_error_as_a_page_in_its_language(self, client: httpx.AsyncClient) -> None:
        page = await client.get("/nowhere", headers={"accept": "text/html", "accept-language": "fi"})
        assert page.status_code == 404
        assert page.headers["content-type"].startswith("text/html")
        assert "+358 295 463 177" in page.text
        assert 'lang="fi"' in page.text
        assert_problem(await client.get("/api/v1/nowhere", headers={"accept": "text/html"}), 404)

    async def test_titles_and_icons_are_neutral(self, client: httpx.AsyncClient) -> None:
        for path in ("/", "/figures", "/topics/signs"):
            assert "<title>Information</title>" in (await client.get(path)).text
        assert (await client.get("/icon")).headers["content-type"] == "image/svg+xml"

    async def test_pages_ask_no_other_host(self, client: httpx.AsyncClient) -> None:
        for path in ("/", "/figures", "/topics/cost", "/docs"):
            page = await client.get(path)
            policy = page.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe-inline" not in policy
            assert "frame-ancestors 'none'" in policy
            assert 'src="http' not in page.text
            assert '<link rel="stylesheet" href="http' not in page.text
            assert "style=" not in page.text

    async def test_the_documentation_is_served_from_here(self, client: httpx.AsyncClient) -> None:
        for path in ("/static/docs/swagger-ui-bundle.js", "/static/docs/swagger-ui.css", "/static/docs.js", "/openapi.json"):
            assert (await client.get(path)).status_code == 200
