-- The task list walks these two instead of one index per filter: see server/tasks/list-tasks.ts.
CREATE INDEX "Task_list_idx" ON "Task"("applicationId", "state", "startedBy", "kinds", "createdAt" DESC, "id" DESC);
CREATE INDEX "Task_list_procedure_idx" ON "Task"("applicationId", "procedureName", "state", "startedBy", "kinds", "createdAt" DESC, "id" DESC);

-- What they make needless. Every state a task goes through costs an entry in each index.
DROP INDEX "Task_applicationId_state_createdAt_id_idx";
DROP INDEX "Task_applicationId_procedureName_createdAt_id_idx";
DROP INDEX "Task_applicationId_startedBy_createdAt_id_idx";
DROP INDEX "Task_kinds_idx";
DROP INDEX "Task_failed_idx";
