# docker build -t queryshelf . && docker run -p 8000:8000 -e SECRET_KEY=… -e ALLOWED_HOSTS=localhost queryshelf

FROM python:3.13-slim AS packages
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends gcc pkg-config libmariadb-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY . .
RUN SECRET_KEY=only-to-draw DATA_DIR=/tmp/data /venv/bin/python manage.py graph_models library --dot --theme queryshelf --rankdir LR --disable-sort-fields -o /tmp/models.dot \
    && SECRET_KEY=only-to-describe DATA_DIR=/tmp/data /venv/bin/python manage.py editor_models /tmp/editor_models.json \
    && SECRET_KEY=only-to-pack DATA_DIR=/tmp/data /venv/bin/python manage.py pack_shelves /tmp/shelves.pack
# For the reader's browser.
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps --no-compile --target /tmp/browser --only-binary=:all: --ignore-requires-python --python-version 3.14 -r requirements-browser.txt

FROM node:24-slim AS frontend
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY frontend frontend
COPY static static
COPY --from=packages /tmp/models.dot /tmp/editor_models.json /tmp/shelves.pack ./
RUN npm run build && node frontend/models.js <models.dot >static/build/models.svg && cp editor_models.json static/build/
COPY library library
COPY lab lab
COPY lessons lessons
COPY --from=packages /tmp/browser browser
RUN mkdir static/build/python && node frontend/runtime/cage.js static/build/python \
    && node frontend/runtime/pack.js browser static/build/python stdlib packages site && cp shelves.pack static/build/python/

FROM packages AS build
COPY --from=frontend /app/static/build static/build
RUN SECRET_KEY=only-to-collect DATA_DIR=/tmp/data /venv/bin/python manage.py collectstatic --no-input

FROM python:3.13-slim
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends libmariadb3 && rm -rf /var/lib/apt/lists/*
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
WORKDIR /app
# The user nobody, by number: PostgreSQL, which this user starts, asks for one that has a name.
RUN mkdir /data && chown 65534:65534 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
USER 65534:65534
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=600s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz/', timeout=4)"]
CMD ["sh", "-c", "python manage.py seed_library && exec gunicorn config.wsgi --config config/gunicorn.py --bind 0.0.0.0:8000"]
