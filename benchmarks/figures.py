"""How many requests for figures one process answers a second, on SQLite, with and without a known ETag.

.venv/bin/python -m benchmarks.figures    (needs wrk: apt-get install wrk)
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

PORT = 8767
HERE = f"http://127.0.0.1:{PORT}"
PATHS = ("/api/v1/figures", "/api/v1/figures?measure=referrals&year=2025")


@contextmanager
def served() -> Iterator[None]:
    """The service in a process of its own, in an empty folder, on one port of this machine."""
    with tempfile.TemporaryDirectory() as folder:
        own = os.environ | {"PORT": str(PORT), "DATABASE_URL": f"sqlite:///{folder}/nas.sqlite3", "EMBEDDING_MODEL": "none"}
        process = subprocess.Popen([sys.executable, "-m", "api"], env=own, stdout=subprocess.DEVNULL)
        try:
            for _ in range(600):
                try:
                    httpx.get(f"{HERE}/readyz").raise_for_status()
                    break
                except httpx.HTTPError:
                    time.sleep(0.2)
            yield
        finally:
            process.terminate()
            process.wait()


def main() -> None:
    """Print what wrk says of each."""
    wrk = shutil.which("wrk")
    if wrk is None:
        sys.exit("wrk is not here: apt-get install wrk")
    with served():
        for path in PATHS:
            answer = httpx.get(f"{HERE}{path}")
            for name, headers in (("whole", {}), ("ETag known", {"If-None-Match": answer.headers["etag"]})):
                status = httpx.get(f"{HERE}{path}", headers=headers).status_code
                options = [part for key, value in headers.items() for part in ("-H", f"{key}: {value}")]
                told = subprocess.run([wrk, "-t1", "-c16", "-d8s", *options, f"{HERE}{path}"], capture_output=True, text=True, check=True)
                rate = next(line.split()[1] for line in told.stdout.splitlines() if line.startswith("Requests/sec"))
                print(
                    f"{path} {name}: {status}, {len(answer.content) if status == httpx.codes.OK else 0} bytes, {float(rate):.0f} a second"
                )


if __name__ == "__main__":
    main()
