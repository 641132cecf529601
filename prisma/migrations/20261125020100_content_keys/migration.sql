CREATE TABLE "ContentKey" (
    "id" TEXT NOT NULL,
    "outputId" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ContentKey_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ContentKey_outputId_fkey" FOREIGN KEY ("outputId") REFERENCES "Output"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "ContentKey_outputId_key" ON "ContentKey"("outputId");
