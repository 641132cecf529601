ALTER TABLE "Application" ADD COLUMN "description" TEXT NOT NULL DEFAULT '';

ALTER TABLE "ApiKey" ADD COLUMN "createdById" TEXT,
    ADD COLUMN "replacesId" TEXT;

-- While a key and its successor both are valid, users see which is which; when the old one goes, there is nothing left to say.
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_replacesId_fkey" FOREIGN KEY ("replacesId") REFERENCES "ApiKey"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE UNIQUE INDEX "ApiKey_replacesId_key" ON "ApiKey"("replacesId");

-- Tasks by when they ended; those that have not are not in it, so creating a task costs nothing more.
CREATE INDEX "Task_ended_idx" ON "Task" ("applicationId", "endedAt" DESC, "id" DESC) WHERE "endedAt" IS NOT NULL;
