# Two stages: the first has pip and its leavings, the second only what runs, as a user without rights.
FROM python:3.11.14-slim-trixie AS build
COPY requirements.lock /tmp/
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.lock

FROM python:3.11.14-slim-trixie
# Fonts for every script that charts are drawn in.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-core fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /app nas
COPY --from=build /venv /venv
WORKDIR /app
COPY content content
COPY bot bot
COPY api api
RUN install -d -o nas /app/var
USER nas
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0
EXPOSE 8000
CMD ["python", "-m", "api"]
