import { z } from "zod";
import { createApplication } from "../../applications/create-application.ts";
import { listApplications } from "../../applications/list-applications.ts";
import { ok } from "../../domain/result.ts";
import { action } from "../action.ts";
import { isoTime } from "../time.ts";

export const describeSubAppIds = action({
  name: "DescribeSubAppIds",
  request: z.object({
    Name: z.string().max(40).optional(),
    Offset: z.int().min(0).default(0),
    Limit: z.int().min(1).max(200).default(200),
  }),
  handle: async ({ db, applicationId }, { Name, Offset, Limit }) => {
    const known = await listApplications(db, applicationId);
    const found = known.filter(({ name }) => Name === undefined || name === Name);
    return ok({
      SubAppIdInfoSet: found.slice(Offset, Offset + Limit).map(({ id, name, description, createdAt }) => ({
        SubAppId: id,
        SubAppIdName: name,
        Name: name,
        Description: description,
        CreateTime: isoTime(createdAt),
        Status: "On",
        Mode: "fileid",
        StorageRegions: [],
        Tags: [],
      })),
      TotalCount: found.length,
    });
  },
});

export const createSubAppId = action({
  name: "CreateSubAppId",
  request: z.object({ Name: z.string().trim().min(1).max(40), Description: z.string().max(300).default("") }),
  handle: async ({ db, applicationId }, { Name: name, Description: description }) => {
    const created = await createApplication(db, { applicationId }, { name, description });
    return created.ok ? ok({ SubAppId: created.value.id }) : created;
  },
});
