# One image for every part of the site; docker-compose.yml says which part a container is.
FROM python:3.11-slim-bookworm

# What the PDF letters are drawn with, names in every script included.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        fonts-dejavu-core fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/site

# requirements-s3.txt where files lie in a store (docs/operations.md).
ARG REQUIREMENTS=requirements.txt
COPY requirements.txt requirements-s3.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r "$REQUIREMENTS"

COPY . .
RUN useradd --system --uid 10001 throughline \
    && mkdir -p /srv/static /srv/files /srv/var && chown throughline /srv/static /srv/files /srv/var
USER throughline

CMD ["deploy/start", "pages"]
