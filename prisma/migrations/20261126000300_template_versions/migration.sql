-- A version is all that was saved, so that a change of the name is history, too, and can be taken back.
ALTER TABLE "TemplateVersion" ADD COLUMN "name" TEXT, ADD COLUMN "comment" TEXT NOT NULL DEFAULT '', ADD COLUMN "restoredVersion" INTEGER;
UPDATE "TemplateVersion" SET "name" = t."name", "comment" = t."comment" FROM "Template" t WHERE t."id" = "templateId";
ALTER TABLE "TemplateVersion" ALTER COLUMN "name" SET NOT NULL;
ALTER TABLE "TemplateVersion" ADD CONSTRAINT "TemplateVersion_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Which tasks a custom template was used by. Presets are in nearly every task, and nobody asks that of them.
CREATE INDEX "Subtask_customTemplate_idx" ON "Subtask" ("templateDefinition", "taskId") WHERE "templateDefinition" > 1000000;
