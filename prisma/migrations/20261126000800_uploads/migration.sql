-- A media that came by the API and cannot be read is kept, and says why.
ALTER TABLE "Media" ADD COLUMN "errorCode" TEXT, ADD COLUMN "errorDetail" TEXT;

-- Other ways for a file to come in than a browser of the console.
CREATE TYPE "UploadOrigin" AS ENUM ('browser', 'sample', 'server', 'client', 'pull');

ALTER TABLE "Upload"
    ADD COLUMN "origin" "UploadOrigin" NOT NULL DEFAULT 'browser',
    ADD COLUMN "fileId" TEXT,
    ADD COLUMN "terms" JSONB NOT NULL DEFAULT '{}',
    ADD COLUMN "sessionId" TEXT,
    ADD COLUMN "coverKey" TEXT,
    ADD COLUMN "expiresAt" TIMESTAMPTZ(3),
    ADD COLUMN "sealedUrl" BYTEA,
    ADD COLUMN "receivedBytes" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "validator" TEXT,
    ADD COLUMN "failedTries" INTEGER NOT NULL DEFAULT 0;

CREATE INDEX "Upload_fileId_idx" ON "Upload"("fileId");
CREATE INDEX "Upload_applicationId_sessionId_idx" ON "Upload"("applicationId", "sessionId");

CREATE TABLE "PlannedTask" (
    "id" TEXT NOT NULL,
    "uploadId" TEXT NOT NULL,
    "applicationId" INTEGER NOT NULL,
    "request" JSONB NOT NULL,
    "errorCode" TEXT,
    "errorDetail" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PlannedTask_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "PlannedTask_uploadId_idx" ON "PlannedTask"("uploadId");
ALTER TABLE "PlannedTask" ADD CONSTRAINT "PlannedTask_uploadId_fkey" FOREIGN KEY ("uploadId") REFERENCES "Upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A signature for a client upload that may be used once, and was.
CREATE TABLE "UsedSignature" (
    "id" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "UsedSignature_pkey" PRIMARY KEY ("id")
);
