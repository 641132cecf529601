-- The work that an edit asked for on the media it made.
ALTER TYPE "StartedBy" ADD VALUE 'edit';

ALTER TABLE "Subtask" ADD COLUMN "madeMediaId" TEXT, ADD COLUMN "madeTaskId" TEXT;
ALTER TABLE "Subtask" ADD CONSTRAINT "Subtask_madeMediaId_fkey" FOREIGN KEY ("madeMediaId") REFERENCES "Media"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "Subtask_madeMediaId_idx" ON "Subtask"("madeMediaId");

CREATE TABLE "TaskInput" (
    "taskId" TEXT NOT NULL,
    "mediaId" TEXT NOT NULL,

    CONSTRAINT "TaskInput_pkey" PRIMARY KEY ("taskId","mediaId")
);
CREATE INDEX "TaskInput_mediaId_idx" ON "TaskInput"("mediaId");
ALTER TABLE "TaskInput" ADD CONSTRAINT "TaskInput_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "TaskInput" ADD CONSTRAINT "TaskInput_mediaId_fkey" FOREIGN KEY ("mediaId") REFERENCES "Media"("id") ON DELETE CASCADE ON UPDATE CASCADE;
