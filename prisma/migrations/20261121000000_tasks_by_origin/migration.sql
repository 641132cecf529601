-- Rare origins are found among a million tasks without reading them all.
CREATE INDEX "Task_applicationId_startedBy_createdAt_id_idx" ON "Task"("applicationId", "startedBy", "createdAt" DESC, "id" DESC);
