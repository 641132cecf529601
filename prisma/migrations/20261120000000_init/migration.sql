-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('admin', 'operator', 'viewer');

-- CreateEnum
CREATE TYPE "MediaKind" AS ENUM ('video', 'audio', 'image');

-- CreateEnum
CREATE TYPE "MediaSource" AS ENUM ('upload', 'sample', 'pull', 'record', 'edit', 'output');

-- CreateEnum
CREATE TYPE "UploadState" AS ENUM ('receiving', 'checking', 'done', 'refused');

-- CreateEnum
CREATE TYPE "TaskState" AS ENUM ('waiting', 'processing', 'succeeded', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "SubtaskState" AS ENUM ('waiting', 'processing', 'succeeded', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "RunState" AS ENUM ('queued', 'admitted', 'running', 'succeeded', 'failed', 'lost', 'cancelled');

-- CreateEnum
CREATE TYPE "StartedBy" AS ENUM ('console', 'api', 'upload', 'pull', 'record');

-- CreateEnum
CREATE TYPE "NotifyMode" AS ENUM ('finish', 'change', 'none');

-- CreateTable
CREATE TABLE "Application" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "applicationId" INTEGER NOT NULL DEFAULT 1,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" "Role" NOT NULL DEFAULT 'viewer',
    "banned" BOOLEAN,
    "banReason" TEXT,
    "banExpires" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "impersonatedBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" TEXT NOT NULL,
    "applicationId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "secretCipher" BYTEA NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Media" (
    "id" TEXT NOT NULL,
    "applicationId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "kind" "MediaKind" NOT NULL,
    "source" "MediaSource" NOT NULL,
    "sourceContext" TEXT NOT NULL DEFAULT '',
    "storageKey" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "info" JSONB NOT NULL,
    "coverKey" TEXT,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Media_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Upload" (
    "id" TEXT NOT NULL,
    "applicationId" INTEGER NOT NULL,
    "fileName" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "state" "UploadState" NOT NULL DEFAULT 'receiving',
    "procedureName" TEXT,
    "sessionContext" TEXT NOT NULL DEFAULT '',
    "errorCode" TEXT,
    "errorDetail" TEXT,
    "mediaId" TEXT,
    "taskId" TEXT,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Template" (
    "id" SERIAL NOT NULL,
    "applicationId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "definition" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "currentVersion" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TemplateVersion" (
    "templateId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "params" JSONB NOT NULL,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TemplateVersion_pkey" PRIMARY KEY ("templateId","version")
);

-- CreateTable
CREATE TABLE "Procedure" (
    "id" SERIAL NOT NULL,
    "applicationId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "currentVersion" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Procedure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProcedureVersion" (
    "procedureId" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProcedureVersion_pkey" PRIMARY KEY ("procedureId","version")
);

-- CreateTable
CREATE TABLE "Pipeline" (
    "id" SERIAL NOT NULL,
    "applicationId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "capacity" INTEGER NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "isDefault" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Pipeline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Task" (
    "id" TEXT NOT NULL,
    "applicationId" INTEGER NOT NULL,
    "mediaId" TEXT NOT NULL,
    "pipelineId" INTEGER NOT NULL,
    "procedureName" TEXT,
    "procedureVersion" INTEGER,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "startedBy" "StartedBy" NOT NULL,
    "notifyMode" "NotifyMode" NOT NULL DEFAULT 'finish',
    "sessionId" TEXT,
    "sessionContext" TEXT NOT NULL DEFAULT '',
    "outputDir" TEXT,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kinds" TEXT[],
    "waitingCount" INTEGER NOT NULL DEFAULT 0,
    "processingCount" INTEGER NOT NULL DEFAULT 0,
    "succeededCount" INTEGER NOT NULL DEFAULT 0,
    "failedCount" INTEGER NOT NULL DEFAULT 0,
    "cancelledCount" INTEGER NOT NULL DEFAULT 0,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    -- Derived here so that nothing can set it: the same rule as taskStateOf in server/domain/task.ts, held equal by a test.
    "state" "TaskState" NOT NULL GENERATED ALWAYS AS (
        CASE
            WHEN "waitingCount" + "processingCount" = 0 THEN
                CASE
                    WHEN "failedCount" > 0 THEN 'failed'::"TaskState"
                    WHEN "cancelledCount" > 0 THEN 'cancelled'::"TaskState"
                    ELSE 'succeeded'::"TaskState"
                END
            WHEN "processingCount" + "succeededCount" + "failedCount" + "cancelledCount" > 0 THEN 'processing'::"TaskState"
            ELSE 'waiting'::"TaskState"
        END
    ) STORED,

    CONSTRAINT "Task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Subtask" (
    "id" TEXT NOT NULL,
    "taskId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "operation" JSONB NOT NULL,
    "templateDefinition" INTEGER,
    "templateVersion" INTEGER,
    "templateName" TEXT,
    "state" "SubtaskState" NOT NULL DEFAULT 'waiting',
    "runId" TEXT,
    "progressPercent" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "errorCode" TEXT,
    "errorDetail" TEXT,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Subtask_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Run" (
    "id" TEXT NOT NULL,
    "taskId" TEXT NOT NULL,
    "pipelineId" INTEGER NOT NULL,
    "priority" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "state" "RunState" NOT NULL DEFAULT 'queued',
    "fencing" BIGINT NOT NULL DEFAULT 0,
    "workerId" TEXT,
    "leaseExpiresAt" TIMESTAMPTZ(3),
    "cancelRequestedAt" TIMESTAMPTZ(3),
    "progressPercent" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "speed" DOUBLE PRECISION,
    "remainingSeconds" DOUBLE PRECISION,
    "commands" JSONB,
    "errorCode" TEXT,
    "errorDetail" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "admittedAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RunSubtask" (
    "runId" TEXT NOT NULL,
    "subtaskId" TEXT NOT NULL,

    CONSTRAINT "RunSubtask_pkey" PRIMARY KEY ("runId","subtaskId")
);

-- CreateTable
CREATE TABLE "RunLogChunk" (
    "runId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RunLogChunk_pkey" PRIMARY KEY ("runId","number")
);

-- CreateTable
CREATE TABLE "Output" (
    "id" TEXT NOT NULL,
    "subtaskId" TEXT NOT NULL,
    "runId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "storageKey" TEXT NOT NULL,
    "contentType" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "facts" JSONB NOT NULL,
    "parts" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Output_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Event" (
    "id" BIGSERIAL NOT NULL,
    "applicationId" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "mediaId" TEXT,
    "taskId" TEXT,
    "subtaskId" TEXT,
    "data" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Worker" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "processId" INTEGER NOT NULL,
    "concurrency" INTEGER NOT NULL,
    "ffmpegVersion" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Worker_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Session_token_key" ON "Session"("token");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE INDEX "Account_userId_idx" ON "Account"("userId");

-- CreateIndex
CREATE INDEX "Verification_identifier_idx" ON "Verification"("identifier");

-- CreateIndex
CREATE INDEX "ApiKey_applicationId_idx" ON "ApiKey"("applicationId");

-- CreateIndex
CREATE INDEX "Media_applicationId_createdAt_id_idx" ON "Media"("applicationId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Upload_applicationId_createdAt_idx" ON "Upload"("applicationId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Upload_mediaId_idx" ON "Upload"("mediaId");

-- CreateIndex
CREATE UNIQUE INDEX "Template_applicationId_family_definition_key" ON "Template"("applicationId", "family", "definition");

-- CreateIndex
CREATE INDEX "Procedure_applicationId_name_idx" ON "Procedure"("applicationId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Pipeline_applicationId_name_key" ON "Pipeline"("applicationId", "name");

-- CreateIndex
CREATE INDEX "Task_applicationId_createdAt_id_idx" ON "Task"("applicationId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Task_applicationId_sessionId_idx" ON "Task"("applicationId", "sessionId");

-- CreateIndex
CREATE INDEX "Task_mediaId_createdAt_idx" ON "Task"("mediaId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Subtask_runId_idx" ON "Subtask"("runId");

-- CreateIndex
CREATE UNIQUE INDEX "Subtask_taskId_number_key" ON "Subtask"("taskId", "number");

-- CreateIndex
CREATE INDEX "Run_taskId_idx" ON "Run"("taskId");

-- CreateIndex
CREATE INDEX "RunSubtask_subtaskId_idx" ON "RunSubtask"("subtaskId");

-- CreateIndex
CREATE INDEX "Output_runId_idx" ON "Output"("runId");

-- CreateIndex
CREATE UNIQUE INDEX "Output_subtaskId_number_key" ON "Output"("subtaskId", "number");

-- CreateIndex
CREATE INDEX "Event_applicationId_createdAt_idx" ON "Event"("applicationId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "Event_taskId_idx" ON "Event"("taskId");

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Media" ADD CONSTRAINT "Media_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Upload" ADD CONSTRAINT "Upload_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Upload" ADD CONSTRAINT "Upload_mediaId_fkey" FOREIGN KEY ("mediaId") REFERENCES "Media"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Template" ADD CONSTRAINT "Template_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TemplateVersion" ADD CONSTRAINT "TemplateVersion_templateId_fkey" FOREIGN KEY ("templateId") REFERENCES "Template"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Procedure" ADD CONSTRAINT "Procedure_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProcedureVersion" ADD CONSTRAINT "ProcedureVersion_procedureId_fkey" FOREIGN KEY ("procedureId") REFERENCES "Procedure"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pipeline" ADD CONSTRAINT "Pipeline_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_mediaId_fkey" FOREIGN KEY ("mediaId") REFERENCES "Media"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Task" ADD CONSTRAINT "Task_pipelineId_fkey" FOREIGN KEY ("pipelineId") REFERENCES "Pipeline"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Subtask" ADD CONSTRAINT "Subtask_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Subtask" ADD CONSTRAINT "Subtask_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Run" ADD CONSTRAINT "Run_pipelineId_fkey" FOREIGN KEY ("pipelineId") REFERENCES "Pipeline"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunSubtask" ADD CONSTRAINT "RunSubtask_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunSubtask" ADD CONSTRAINT "RunSubtask_subtaskId_fkey" FOREIGN KEY ("subtaskId") REFERENCES "Subtask"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RunLogChunk" ADD CONSTRAINT "RunLogChunk_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Output" ADD CONSTRAINT "Output_subtaskId_fkey" FOREIGN KEY ("subtaskId") REFERENCES "Subtask"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Output" ADD CONSTRAINT "Output_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma's schema language cannot say.

-- Every claim of a run takes the next number; a write that names an older one changes nothing.
CREATE SEQUENCE "RunFencing";

-- The task list walks these two instead of one index per filter: see server/tasks/list-tasks.ts. Every state a task goes
-- through costs an entry in each index.
CREATE INDEX "Task_list_idx" ON "Task" ("applicationId", "state", "startedBy", "kinds", "createdAt" DESC, "id" DESC);
CREATE INDEX "Task_list_procedure_idx" ON "Task" ("applicationId", "procedureName", "state", "startedBy", "kinds", "createdAt" DESC, "id" DESC);

-- Partial and pattern indexes for the hot queries: search, admission, sweeping.
CREATE INDEX "Task_id_prefix_idx" ON "Task" ("id" text_pattern_ops);
CREATE INDEX "Task_sessionId_prefix_idx" ON "Task" ("applicationId", "sessionId" text_pattern_ops) WHERE "sessionId" IS NOT NULL;
CREATE INDEX "Media_id_prefix_idx" ON "Media" ("id" text_pattern_ops);
CREATE INDEX "Media_name_prefix_idx" ON "Media" ("applicationId", lower("name") text_pattern_ops);
CREATE INDEX "Run_queued_idx" ON "Run" ("pipelineId", "priority" DESC, "createdAt", "id") WHERE "state" = 'queued';
CREATE INDEX "Run_inProgress_idx" ON "Run" ("pipelineId") WHERE "state" IN ('admitted', 'running');
CREATE INDEX "Run_lease_idx" ON "Run" ("leaseExpiresAt") WHERE "state" = 'running';
CREATE UNIQUE INDEX "Procedure_name_key" ON "Procedure" ("applicationId", "name") WHERE "deletedAt" IS NULL;
CREATE UNIQUE INDEX "Pipeline_default_key" ON "Pipeline" ("applicationId") WHERE "isDefault";

-- Keeps the counts of a task, and with them its state, equal to its subtasks whoever writes those.
CREATE FUNCTION "countSubtasks"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE "Task" t SET
            "waitingCount" = t."waitingCount" + d.waiting,
            "processingCount" = t."processingCount" + d.processing,
            "succeededCount" = t."succeededCount" + d.succeeded,
            "failedCount" = t."failedCount" + d.failed,
            "cancelledCount" = t."cancelledCount" + d.cancelled,
            "endedAt" = CASE WHEN t."waitingCount" + d.waiting + t."processingCount" + d.processing = 0 THEN clock_timestamp() END
        FROM (
            SELECT "taskId",
                count(*) FILTER (WHERE "state" = 'waiting') AS waiting,
                count(*) FILTER (WHERE "state" = 'processing') AS processing,
                count(*) FILTER (WHERE "state" = 'succeeded') AS succeeded,
                count(*) FILTER (WHERE "state" = 'failed') AS failed,
                count(*) FILTER (WHERE "state" = 'cancelled') AS cancelled
            FROM new_rows GROUP BY "taskId"
        ) d
        WHERE t."id" = d."taskId";
    ELSE
        UPDATE "Task" t SET
            "waitingCount" = t."waitingCount" + d.waiting,
            "processingCount" = t."processingCount" + d.processing,
            "succeededCount" = t."succeededCount" + d.succeeded,
            "failedCount" = t."failedCount" + d.failed,
            "cancelledCount" = t."cancelledCount" + d.cancelled,
            "startedAt" = COALESCE(t."startedAt", CASE WHEN t."processingCount" + d.processing > 0 THEN clock_timestamp() END),
            "endedAt" = CASE WHEN t."waitingCount" + d.waiting + t."processingCount" + d.processing = 0 THEN clock_timestamp() END
        FROM (
            SELECT n."taskId",
                sum((n."state" = 'waiting')::int - (o."state" = 'waiting')::int) AS waiting,
                sum((n."state" = 'processing')::int - (o."state" = 'processing')::int) AS processing,
                sum((n."state" = 'succeeded')::int - (o."state" = 'succeeded')::int) AS succeeded,
                sum((n."state" = 'failed')::int - (o."state" = 'failed')::int) AS failed,
                sum((n."state" = 'cancelled')::int - (o."state" = 'cancelled')::int) AS cancelled
            FROM new_rows n JOIN old_rows o USING ("id")
            WHERE n."state" <> o."state"
            GROUP BY n."taskId"
        ) d
        WHERE t."id" = d."taskId";
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER "Subtask_count_inserted" AFTER INSERT ON "Subtask"
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "countSubtasks"();
CREATE TRIGGER "Subtask_count_updated" AFTER UPDATE ON "Subtask"
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION "countSubtasks"();

-- One application and its default pipeline exist from the start.
INSERT INTO "Application" ("name") VALUES ('Default');
INSERT INTO "Pipeline" ("applicationId", "name", "capacity", "isDefault", "updatedAt") VALUES (1, 'default', 4, true, now());
