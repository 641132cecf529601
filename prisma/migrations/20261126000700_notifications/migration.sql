CREATE TYPE "EventMode" AS ENUM ('push', 'pull');
CREATE TYPE "DeliveryState" AS ENUM ('waiting', 'delivered', 'failed');

CREATE TABLE "EventConfig" (
    "applicationId" INTEGER NOT NULL,
    "mode" "EventMode" NOT NULL DEFAULT 'push',
    "tellsUploads" BOOLEAN NOT NULL DEFAULT false,
    "tellsDeletions" BOOLEAN NOT NULL DEFAULT false,
    "tellsPersistence" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "EventConfig_pkey" PRIMARY KEY ("applicationId"),
    CONSTRAINT "EventConfig_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "Endpoint" (
    "id" TEXT NOT NULL,
    "applicationId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "kinds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "ofApi" BOOLEAN NOT NULL DEFAULT false,
    "signKey" BYTEA,
    "secret" BYTEA NOT NULL,
    "previousSecret" BYTEA,
    "previousSecretUntil" TIMESTAMPTZ(3),
    "failureCount" INTEGER NOT NULL DEFAULT 0,
    "pausedUntil" TIMESTAMPTZ(3),
    "lastDeliveredAt" TIMESTAMPTZ(3),
    "lastFailedAt" TIMESTAMPTZ(3),
    "lastErrorCode" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Endpoint_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Endpoint_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "Endpoint_applicationId_idx" ON "Endpoint"("applicationId");
-- Whoever configures events through the API at the same time as somebody else still configures one endpoint.
CREATE UNIQUE INDEX "Endpoint_ofApi_key" ON "Endpoint"("applicationId") WHERE "ofApi" AND "deletedAt" IS NULL;

CREATE TABLE "Notification" (
    "eventId" BIGINT NOT NULL,
    "applicationId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "content" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Notification_pkey" PRIMARY KEY ("eventId"),
    CONSTRAINT "Notification_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "Delivery" (
    "id" TEXT NOT NULL,
    "eventId" BIGINT NOT NULL,
    "endpointId" TEXT,
    "applicationId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "mediaId" TEXT,
    "taskId" TEXT,
    "orderKey" TEXT NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'waiting',
    "nextAt" TIMESTAMPTZ(3),
    "attemptCount" INTEGER NOT NULL DEFAULT 0,
    "dueSince" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handle" TEXT,
    "errorCode" TEXT,
    "endedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Delivery_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Notification"("eventId") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Delivery_endpointId_fkey" FOREIGN KEY ("endpointId") REFERENCES "Endpoint"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "Delivery_state_idx" ON "Delivery"("applicationId", "state", "kind", "createdAt" DESC, "id" DESC);
CREATE INDEX "Delivery_endpoint_idx" ON "Delivery"("applicationId", "endpointId", "state", "kind", "createdAt" DESC, "id" DESC);
CREATE INDEX "Delivery_taskId_idx" ON "Delivery"("taskId");
CREATE INDEX "Delivery_eventId_idx" ON "Delivery"("eventId");
-- What the sender looks for: the next of an endpoint, and whether one of the same task comes before it.
CREATE INDEX "Delivery_due_idx" ON "Delivery"("endpointId", "nextAt", "id") WHERE "state" = 'waiting' AND "endpointId" IS NOT NULL;
CREATE INDEX "Delivery_order_idx" ON "Delivery"("endpointId", "orderKey", "id") WHERE "state" = 'waiting' AND "endpointId" IS NOT NULL;
-- The pull queue, oldest first.
CREATE INDEX "Delivery_pull_idx" ON "Delivery"("applicationId", "id") WHERE "state" = 'waiting' AND "endpointId" IS NULL;
CREATE INDEX "Delivery_pull_order_idx" ON "Delivery"("applicationId", "orderKey", "id") WHERE "state" = 'waiting' AND "endpointId" IS NULL AND "nextAt" IS NULL;
-- What is given up for its age.
CREATE INDEX "Delivery_dueSince_idx" ON "Delivery"("dueSince") WHERE "state" = 'waiting';

CREATE TABLE "DeliveryAttempt" (
    "deliveryId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "status" INTEGER,
    "errorCode" TEXT,
    "errorDetail" TEXT,
    "answer" TEXT NOT NULL DEFAULT '',
    "requestHeaders" JSONB NOT NULL,
    "sign" JSONB,

    CONSTRAINT "DeliveryAttempt_pkey" PRIMARY KEY ("deliveryId", "number"),
    CONSTRAINT "DeliveryAttempt_deliveryId_fkey" FOREIGN KEY ("deliveryId") REFERENCES "Delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
