# The service, its migrations and its command line in one image; compose and docs/operations.md say how to run it.
# There is nothing to build: Node 24 runs the TypeScript sources as they are.

FROM node:24-bookworm-slim AS assembled
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without optional packages the embedded PostgreSQL stays out. What is left is JavaScript alone, so no install
# script has anything to do, and none may run.
RUN npm ci --omit=dev --omit=optional --ignore-scripts
COPY LICENSE README.md ./
COPY openapi ./openapi
COPY examples ./examples
COPY migrations ./migrations
COPY src ./src
# Whatever the modes of the checkout: everybody may read, nobody but root may write.
RUN chmod -R u=rwX,go=rX /app

FROM node:24-bookworm-slim AS image

ARG SOURCE=""
ARG VERSION="0.1.0"
ARG REVISION=""
ARG CREATED=""
LABEL org.opencontainers.image.title="OpenRAS" \
      org.opencontainers.image.description="An open, honest Resource Allocation System for adult social care in England" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"

ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000
WORKDIR /app
COPY --from=assembled /app ./

# By number, so that an orchestrator can see for itself that it is not root. The service writes no file.
USER 1000:1000
EXPOSE 3000

# Alive, not ready: a container must not be restarted because its database is away. The slim image has no curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# As a list, so that node itself is process 1 and gets SIGTERM; under a shell it never would. The kernel ignores a
# signal to process 1 that has no handler, so the one in src/server.ts is what makes `docker stop` a clean end.
STOPSIGNAL SIGTERM
CMD ["node", "src/server.ts"]
