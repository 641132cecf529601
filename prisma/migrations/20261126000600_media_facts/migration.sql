-- Categories of media, as a tree. A name is unique among its siblings; the top level has no parent, which counts as one.
CREATE TABLE "Category" (
    "id" SERIAL NOT NULL,
    "applicationId" INTEGER NOT NULL,
    "parentId" INTEGER,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Category_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Category_applicationId_parentId_name_key" ON "Category"("applicationId", "parentId", "name") NULLS NOT DISTINCT;
ALTER TABLE "Category" ADD CONSTRAINT "Category_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Category" ADD CONSTRAINT "Category_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Category"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What people say of a media.
ALTER TABLE "Media"
    ADD COLUMN "categoryId" INTEGER,
    ADD COLUMN "tags" TEXT[] NOT NULL DEFAULT '{}',
    ADD COLUMN "keyMoments" JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN "subtitles" JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN "expiresAt" TIMESTAMPTZ(3);
ALTER TABLE "Media" ADD CONSTRAINT "Media_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE INDEX "Media_applicationId_categoryId_createdAt_id_idx" ON "Media"("applicationId", "categoryId", "createdAt" DESC, "id" DESC);
CREATE INDEX "Media_tags_idx" ON "Media" USING GIN ("tags");
-- Few media expire: who deletes them looks every few seconds.
CREATE INDEX "Media_expiresAt_idx" ON "Media"("expiresAt") WHERE "expiresAt" IS NOT NULL AND "deletedAt" IS NULL;
