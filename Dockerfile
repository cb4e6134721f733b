# The binary with what it loads, and nothing else: no shell, no package manager. See docs/container.md.

# Whoever builds may name it by digest instead: docs/container.md.
ARG BASE=swift:6.3.1-bookworm
# hadolint ignore=DL3006
FROM $BASE AS build
WORKDIR /src
# What changes rarely comes first: Debian's packages, then those of Swift.
COPY .ci/install .ci/
RUN .ci/install build
COPY Package.swift ./
RUN swift package resolve
COPY Makefile ./
COPY Benchmarks Benchmarks
COPY Tests Tests
COPY Sources Sources
RUN make build

FROM build AS root
COPY LICENSE ./
COPY .ci/image-root .ci/
RUN .ci/image-root .build/release/trading-playbook /image

FROM scratch
COPY --from=root /image/ /
# Nothing is kept between runs: no cache of bars. The csv journal needs a volume on /output. What reaches the container is
# chosen where its port is published.
ENV DATA_CACHE_DIR=off \
    OUTPUT_DIR=/output \
    SERVE_HOST=0.0.0.0
WORKDIR /
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s --retries=3 \
    CMD ["/usr/local/bin/trading-playbook", "health"]
ENTRYPOINT ["/usr/local/bin/trading-playbook"]
CMD ["backtest", "--today", "--cloud"]

ARG VERSION=0.1.0
ARG REVISION=
ARG SOURCE=
LABEL org.opencontainers.image.title="trading-playbook" \
      org.opencontainers.image.description="A trading playbook after every close, and a journal of every session" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE"
