"""The API against its own OpenAPI document: no request makes a fault, no answer breaks the document."""

import asyncio
import sys

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance"


async def test_no_request_makes_a_fault_or_breaks_the_schema(site: str) -> None:
    """Schemathesis makes up requests from the document, good ones and bad ones, and reads the answers against it."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{site}/openapi.json", "--checks", CHECKS, "--seed", "1", "--max-examples", "25", "--phases", "examples,coverage,fuzzing", "--no-color"]  # fmt: skip
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()[-6000:]
