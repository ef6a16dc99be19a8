# The base images stand here and nowhere else, so that "docker build ." needs no arguments.
ARG BUILD_IMAGE=node:26.10.0-trixie-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs26-debian13:nonroot
# Who makes the bundle: the stage "build", or the host (scripts/reload.sh), which is faster after an edit.
ARG BUNDLE=build

FROM ${BUILD_IMAGE} AS build
WORKDIR /source
COPY package.json package-lock.json .npmrc ./
# No install scripts: esbuild works without them, and the image brings its own Node.
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY scripts/require-node.mjs ./scripts/
COPY src ./src
RUN npm run build

FROM scratch AS host
COPY dist/extension.cjs /source/dist/

FROM ${BUNDLE} AS bundle

FROM ${RUNTIME_IMAGE}
COPY --from=bundle --chmod=0444 /source/dist/extension.cjs /
USER 65532:65532
EXPOSE 9443 9440
# Node itself forbids the program to write files, start processes or threads and load native code. Of the memory
# limit, half is for long-lived objects: with 256 MiB, bodies of 20 MiB may come in parallel.
ENTRYPOINT ["/nodejs/bin/node", "--permission", "--allow-fs-read=*", "--allow-net", \
  "--max-old-space-size-percentage=50", "--max-semi-space-size=16", \
  "--disable-warning=ExperimentalWarning", "--disable-proto=delete", "--disable-sigusr1", "/extension.cjs"]
# The entrypoint of the base image takes its arguments from CMD, which is empty here.
CMD []
ARG REVISION=unknown
LABEL org.opencontainers.image.title="capi-sample-extension" \
  org.opencontainers.image.description="Cluster API runtime extensions in TypeScript" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.revision="${REVISION}"
