# docker build -t queryshelf . && docker run -p 8000:8000 -e SECRET_KEY=… -e ALLOWED_HOSTS=localhost queryshelf

FROM node:24-slim AS frontend
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY frontend frontend
RUN npm run build

FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --disable-pip-version-check -r requirements.txt
COPY . .
COPY --from=frontend /app/static/build static/build
RUN SECRET_KEY=only-to-collect DATA_DIR=/tmp/data /venv/bin/python manage.py collectstatic --no-input

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown 10001:10001 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz/', timeout=4)"]
CMD ["sh", "-c", "python manage.py seed_library && exec gunicorn config.wsgi --bind 0.0.0.0:8000 --workers 2 --threads 4 --no-control-socket --access-logfile -"]
