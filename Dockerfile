# OKR coach in one image: the page, the API and the `coach` command.
#   docker build --tag okr-coach .
#   docker run --publish 127.0.0.1:8000:8000 --volume okr-coach:/data okr-coach

# One Python for building and running; any Debian with Python 3.11 or newer will do.
ARG BASE=python:3.13-slim

FROM ${BASE} AS build
WORKDIR /src
COPY locks/tools.txt locks/runtime.txt locks/
RUN python3 -m venv /tools \
 && /tools/bin/pip install --no-cache-dir --require-hashes --requirement locks/tools.txt \
 && /tools/bin/uv venv --python "$(command -v python3)" /opt/coach \
 && /tools/bin/uv pip sync --python /opt/coach --no-cache --compile-bytecode --require-hashes locks/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY coach coach
COPY prompts prompts
RUN /tools/bin/uv build --wheel --no-build-isolation --python /tools --out-dir /dist . \
 && /tools/bin/uv pip install --python /opt/coach --no-cache --no-deps --compile-bytecode /dist/*.whl

FROM ${BASE}
LABEL org.opencontainers.image.title="OKR coach" \
      org.opencontainers.image.description="Scores drafts of objectives and key results and says why" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --uid 10001 --no-log-init --no-create-home --home-dir /data coach \
 && install --directory --owner coach --group coach --mode 0700 /data
COPY --from=build /opt/coach /opt/coach
# A container is reached from outside it; what reaches the container is for its operator to say.
ENV PATH=/opt/coach/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    COACH_DATA_DIR=/data \
    COACH_HOST=0.0.0.0 \
    COACH_ALLOW_REMOTE=true
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ.get('COACH_PORT', '8000') + '/health/ready', timeout=2)"]
CMD ["coach", "serve"]
