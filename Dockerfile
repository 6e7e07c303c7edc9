# Two stages: the wheel is built with Node and the sources, the image has neither.
#   docker build -t gridwarden .

FROM node:22-bookworm-slim AS frontend
WORKDIR /source/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
COPY gridwarden/web /source/gridwarden/web
RUN npm run build

FROM python:3.13-slim-bookworm AS wheel
WORKDIR /source
RUN pip install --no-cache-dir build
COPY . .
COPY --from=frontend /source/gridwarden/web/static gridwarden/web/static
RUN python -m build --wheel --outdir /wheels \
 && pip wheel --no-cache-dir --wheel-dir /wheels --constraint requirements.lock /wheels/gridwarden-*.whl

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /data gridwarden
COPY --from=wheel /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links /wheels gridwarden && rm -rf /wheels
USER gridwarden
WORKDIR /data
VOLUME /data
ENV GRIDWARDEN_DATA=/data GRIDWARDEN_HTTP=0.0.0.0:8080 GRIDWARDEN_WS=0.0.0.0:8081 \
    GRIDWARDEN_NMEA_TCP=0.0.0.0:10110 GRIDWARDEN_NMEA_UDP=0.0.0.0:10110 GRIDWARDEN_OSMAND=0.0.0.0:5055 \
    GRIDWARDEN_LOG=json PYTHONUNBUFFERED=1
EXPOSE 8080 8081 10110 10110/udp 5055
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/healthz', timeout=2)"]
ENTRYPOINT ["gridwarden"]
CMD ["serve"]
