ALTER TABLE "Media" ADD COLUMN "complexity" JSONB;
ALTER TABLE "Subtask" ADD COLUMN "estimate" JSONB;

-- What later estimates learn from: the newest of those that were estimated and came to a good end.
CREATE INDEX "Subtask_learnt_idx" ON "Subtask"("endedAt" DESC) WHERE "estimate" IS NOT NULL AND "state" = 'succeeded';

CREATE TYPE "TrialState" AS ENUM ('waiting', 'running', 'succeeded', 'failed', 'cancelled');
CREATE TABLE "Trial" (
    "id" TEXT NOT NULL,
    "applicationId" INTEGER NOT NULL,
    "mediaId" TEXT NOT NULL,
    "operation" JSONB NOT NULL,
    "stretch" JSONB NOT NULL,
    "state" "TrialState" NOT NULL DEFAULT 'waiting',
    "result" JSONB,
    "errorCode" TEXT,
    "errorDetail" TEXT,
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Trial_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Trial_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Trial_mediaId_fkey" FOREIGN KEY ("mediaId") REFERENCES "Media"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "Trial_mediaId_idx" ON "Trial"("mediaId");
CREATE INDEX "Trial_createdById_idx" ON "Trial"("createdById");
CREATE INDEX "Trial_expiresAt_idx" ON "Trial"("expiresAt");
