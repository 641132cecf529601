/** Media described: by their ids, or by what is known of them. */
import { z } from "zod";
import { listCategories } from "../../categories/list-categories.ts";
import { withDescendants } from "../../domain/category.ts";
import { TAG_MAX } from "../../domain/media-facts.ts";
import { ok } from "../../domain/result.ts";
import { type MediaSearch, SEARCH_WINDOW, searchMedia } from "../../media/search-media.ts";
import { action } from "../action.ts";
import type { VodContext } from "../context.ts";
import { refuse } from "../refusal.ts";
import { MEDIA_FILTERS, renderMedia, STORAGE_REGION, sourcesOf } from "../render-media.ts";
import { isoMoment, timeRange } from "../time.ts";

const filters = z.array(z.enum(MEDIA_FILTERS)).default([]);
const FILE_IDS_MAX = 20;

export const describeMediaInfos = action({
  name: "DescribeMediaInfos",
  request: z.object({ FileIds: z.array(z.string()), Filters: filters }),
  handle: async (ctx, { FileIds, Filters }) => {
    if (FileIds.length === 0) return refuse("InvalidParameterValue.FileIdsEmpty", "`FileIds` names nothing.");
    if (FileIds.length > FILE_IDS_MAX)
      return refuse("InvalidParameterValue.FileIdsTooMany", `\`FileIds\` has more than ${FILE_IDS_MAX} ids.`);
    const ids = [...new Set(FileIds)];
    const found = await renderMedia(ctx, ctx.applicationId, ids, Filters);
    const known = new Set(found.map(({ FileId }) => FileId));
    return ok({ MediaInfoSet: found, NotExistFileIdSet: ids.filter((id) => !known.has(id)) });
  },
});

const texts = (max: number, length: number) => z.array(z.string().min(1).max(length)).max(max).optional();
const CATEGORIES = { Video: "video", Audio: "audio", Image: "image" } as const;

const search = z.object({
  FileIds: texts(10, 40),
  Names: texts(10, 100),
  NamePrefixes: texts(10, 100),
  Descriptions: texts(10, 100),
  ClassIds: z.array(z.int()).max(10).optional(),
  Tags: texts(16, TAG_MAX),
  Categories: z.array(z.enum(["Video", "Audio", "Image"])).optional(),
  SourceTypes: texts(10, 40),
  CreateTime: timeRange.optional(),
  ExpireTime: timeRange.optional(),
  StorageRegions: texts(20, 40),
  StorageClasses: texts(10, 40),
  MediaTypes: texts(100, 20),
  Status: texts(10, 40),
  /** Of what there is nothing here: recordings of streams and calls, and reviews. */
  StreamIds: texts(10, 1000),
  StreamDomains: texts(10, 1000),
  StreamPaths: texts(10, 1000),
  ReviewResults: texts(10, 40),
  TrtcSdkAppIds: z.array(z.int()).max(10).optional(),
  TrtcRoomIds: texts(10, 1000),
  KnowledgeBases: texts(10, 1000),
  Vids: texts(10, 1000),
  // Older forms of the above.
  Text: z.string().max(64).optional(),
  SourceType: z.string().max(40).optional(),
  StreamId: z.string().max(1000).optional(),
  Vid: z.string().max(1000).optional(),
  StartTime: isoMoment.optional(),
  EndTime: isoMoment.optional(),
  Sort: z.object({ Field: z.literal("CreateTime"), Order: z.enum(["Asc", "Desc"]) }).optional(),
  Filters: filters,
  Offset: z.int().min(0).default(0),
  Limit: z.int().min(1).default(10),
});
type Search = z.output<typeof search>;

export const searchMediaAction = action({
  name: "SearchMedia",
  request: search,
  handle: async (ctx, input) => {
    const { Offset, Limit, Filters, Sort } = input;
    if (Offset + Limit > SEARCH_WINDOW)
      return refuse(
        Limit > SEARCH_WINDOW ? "InvalidParameterValue.LimitTooLarge" : "InvalidParameterValue.OffsetTooLarge",
        `\`Offset\` and \`Limit\` together are at most ${SEARCH_WINDOW}.`,
      );
    if (asksForNone(input)) return ok({ TotalCount: 0, MediaInfoSet: [] });
    const found = await searchMedia(ctx.db, ctx.applicationId, await searchOf(ctx, input), {
      ...{ order: Sort?.Order === "Asc" ? "oldest" : "newest", offset: Offset, limit: Limit },
    });
    const MediaInfoSet = await renderMedia(ctx, ctx.applicationId, found.ids, Filters);
    return ok({ TotalCount: found.total, MediaInfoSet });
  },
});

/** What every media has the same of, or none has. */
function asksForNone(input: Search): boolean {
  const allAre = (wanted: readonly string[] | undefined, value: string) =>
    wanted === undefined || wanted.length === 0 || wanted.includes(value);
  const noneHas = [
    ...[input.StreamIds, input.StreamDomains, input.StreamPaths, input.ReviewResults, input.TrtcSdkAppIds],
    ...[input.TrtcRoomIds, input.KnowledgeBases, input.Vids],
  ];
  return (
    noneHas.some((wanted) => wanted !== undefined && wanted.length > 0) ||
    Boolean(input.StreamId) ||
    Boolean(input.Vid) ||
    !allAre(input.StorageRegions, STORAGE_REGION) ||
    !allAre(input.StorageClasses, "STANDARD") ||
    !allAre(input.Status, "Normal")
  );
}

async function searchOf({ db, applicationId }: VodContext, input: Search): Promise<MediaSearch> {
  const said = <T>(list: readonly T[] | undefined) => (list === undefined || list.length === 0 ? undefined : list);
  const classIds = said(input.ClassIds);
  const types = said(input.SourceTypes) ?? (input.SourceType ? [input.SourceType] : undefined);
  const { After: createdFrom = input.StartTime, Before: createdTo = input.EndTime } = input.CreateTime ?? {};
  return {
    ids: said(input.FileIds),
    names: said(input.Names),
    namePrefixes: said(input.NamePrefixes),
    descriptions: said(input.Descriptions),
    text: input.Text,
    categoryIds: classIds && withDescendants(await listCategories(db, applicationId), classIds),
    tags: said(input.Tags),
    kinds: said(input.Categories)?.map((category) => CATEGORIES[category]),
    sources: types?.flatMap(sourcesOf),
    extensions: said(input.MediaTypes)?.map((type) => type.toLowerCase()),
    ...{ createdFrom, createdTo: throughout(createdTo) },
    ...{ expiresFrom: input.ExpireTime?.After, expiresTo: throughout(input.ExpireTime?.Before) },
  };
}

/** Both ends are meant, and times are shown in whole seconds: the last one to its end. */
function throughout(second: Date | undefined): Date | undefined {
  return second && new Date(second.getTime() + 999);
}
