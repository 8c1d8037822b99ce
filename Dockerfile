# Builds the program with everything, runs it with what it needs and nothing more.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json prisma.config.ts ./
COPY prisma prisma
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY src src
COPY flows flows
# npm keeps the Prisma and TypeScript commands as optional peers of the client: no use at run time.
RUN npx prisma generate \
  && npm prune --omit=dev --omit=peer --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/prisma node_modules/typescript node_modules/@typescript \
    node_modules/@electric-sql node_modules/effect node_modules/elkjs \
    node_modules/@prisma/dev node_modules/@prisma/engines node_modules/@prisma/fetch-engine \
    node_modules/@prisma/studio-core node_modules/@prisma/streams-local

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data PORT=3000
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/prisma prisma
COPY --from=build /app/src src
COPY --from=build /app/flows flows
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node itself, so that SIGTERM reaches the program.
CMD ["node", "--import", "tsx", "src/main.ts"]
