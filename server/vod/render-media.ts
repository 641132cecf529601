/** A media as clients are shown it: `MediaInfo`, and its `BasicInfo`, which tasks and events show as well. */
import type { Asset, Media } from "../../prisma/generated/client.ts";
import type { MediaSource } from "../../prisma/generated/enums.ts";
import { listCategories } from "../categories/list-categories.ts";
import type { Db } from "../db/client.ts";
import { type Category, pathOf } from "../domain/category.ts";
import { type MediaInfo, mediaInfo } from "../domain/media.ts";
import { keyMoments, mediaSubtitles } from "../domain/media-facts.ts";
import type { OperationKind } from "../domain/operations/operation.ts";
import { metaDataOf } from "./meta-data.ts";
import { type MediaResult, readResults } from "./read-results.ts";
import { itemOf } from "./render-outputs.ts";
import { fileUrl, type Site } from "./site.ts";
import { isoTime, NEVER } from "./time.ts";

/** What may be asked of a media, one by one. Of those without a member here there is never anything. */
export const MEDIA_FILTERS = [
  ...(["basicInfo", "metaData", "transcodeInfo", "animatedGraphicsInfo", "imageSpriteInfo"] as const),
  ...(["snapshotByTimeOffsetInfo", "sampleSnapshotInfo", "keyFrameDescInfo"] as const),
  ...(["adaptiveDynamicStreamingInfo", "miniProgramReviewInfo", "subtitleInfo", "reviewInfo"] as const),
  ...(["mpsAiMediaInfo", "imageUnderstandingInfo", "knowledgeBasesInfo"] as const),
] as const;
export type MediaFilter = (typeof MEDIA_FILTERS)[number];

/** Members made of results: which kinds of work make them, and their own name and that of their list. */
const RESULTS = {
  transcodeInfo: { kinds: ["transcode", "remux", "audio"], member: "TranscodeInfo", set: "TranscodeSet" },
  animatedGraphicsInfo: {
    ...{ kinds: ["animated-graphic"], member: "AnimatedGraphicsInfo", set: "AnimatedGraphicsSet" },
  },
  imageSpriteInfo: { kinds: ["sprite"], member: "ImageSpriteInfo", set: "ImageSpriteSet" },
  snapshotByTimeOffsetInfo: {
    ...{ kinds: ["snapshot"], member: "SnapshotByTimeOffsetInfo", set: "SnapshotByTimeOffsetSet" },
  },
  sampleSnapshotInfo: { kinds: ["sampled-snapshot"], member: "SampleSnapshotInfo", set: "SampleSnapshotSet" },
  adaptiveDynamicStreamingInfo: {
    ...{ kinds: ["adaptive-streaming"], member: "AdaptiveDynamicStreamingInfo", set: "AdaptiveDynamicStreamingSet" },
  },
} as const satisfies Partial<Record<MediaFilter, { kinds: readonly OperationKind[]; member: string; set: string }>>;
const RESULT_FILTERS = Object.keys(RESULTS) as (keyof typeof RESULTS)[];

export interface Rendering extends Site {
  db: Db;
}

/** In the order of `ids`; what does not exist is not there. `filters`: empty for everything. */
export async function renderMedia(
  { db, ...site }: Rendering,
  applicationId: number,
  ids: readonly string[],
  filters: readonly MediaFilter[],
): Promise<{ FileId: string }[]> {
  const wants = (filter: MediaFilter) => filters.length === 0 || filters.includes(filter);
  const found = await db.media.findMany({ where: { id: { in: [...ids] }, applicationId, deletedAt: null } });
  const media = new Map(found.map((one) => [one.id, one]));
  const kinds = RESULT_FILTERS.filter(wants).flatMap((filter) => [...RESULTS[filter].kinds]);
  const [categories, results, assets] = await Promise.all([
    wants("basicInfo") ? readCategories(db, applicationId) : new Map<number, Category>(),
    readResults(db, applicationId, [...media.keys()], kinds),
    wants("subtitleInfo") ? readAssets(db, applicationId, found) : new Map<string, Asset>(),
  ]);
  return ids.flatMap((id) => {
    const one = media.get(id);
    if (one === undefined) return [];
    const info = mediaInfo.parse(one.info);
    const own = results.filter(({ mediaId }) => mediaId === id);
    return [
      {
        FileId: id,
        BasicInfo: wants("basicInfo") ? basicInfoOf(one, categories, site) : null,
        MetaData: wants("metaData") && one.errorCode === null ? metaDataOf(info) : null,
        ...Object.fromEntries(
          RESULT_FILTERS.map((filter) => {
            const { member, set } = RESULTS[filter];
            const source = filter === "transcodeInfo" && hasSource(one) ? [sourceItemOf(one, info, site)] : [];
            const items = wants(filter) ? [...source, ...itemsOf(own, filter, info, site)] : [];
            return [member, items.length === 0 ? null : { [set]: items }];
          }),
        ),
        KeyFrameDescInfo: wants("keyFrameDescInfo") ? keyFrameDescInfoOf(one) : null,
        SubtitleInfo: wants("subtitleInfo") ? subtitleInfoOf(one, assets, site) : null,
        ...{ MiniProgramReviewInfo: null, ReviewInfo: null, MPSAiMediaInfo: null },
        ...{ ImageUnderstandingInfo: null, KnowledgeBasesInfo: null },
      },
    ];
  });
}

export async function readCategories(db: Db, applicationId: number): Promise<Map<number, Category>> {
  return new Map((await listCategories(db, applicationId)).map((one) => [one.id, one]));
}

const SOURCE_TYPES: Record<MediaSource, string> = {
  upload: "Upload",
  sample: "Upload",
  pull: "Upload",
  record: "Record",
  edit: "VideoProcessing",
  output: "VideoProcessing",
};
const CATEGORY_NAMES = { video: "Video", audio: "Audio", image: "Image" } as const;

/** Which sources a `SourceType` means. */
export function sourcesOf(sourceType: string): MediaSource[] {
  const known = Object.entries(SOURCE_TYPES) as [MediaSource, string][];
  return known.flatMap(([source, type]) => (type === sourceType ? source : []));
}

/** Files have one place here, and it is always at hand. */
export const STORAGE_REGION = "local";

export function basicInfoOf(media: Media, categories: ReadonlyMap<number, Category>, site: Site) {
  const path = pathOf(categories, media.categoryId);
  return {
    Name: media.name,
    Description: media.description,
    CreateTime: isoTime(media.createdAt),
    UpdateTime: isoTime(media.updatedAt),
    ExpireTime: media.expiresAt === null ? NEVER : isoTime(media.expiresAt),
    ClassId: media.categoryId ?? 0,
    ClassName: path.at(-1)?.name ?? "",
    ClassPath: path.map(({ name }) => name).join("-"),
    CoverUrl: media.coverKey === null ? "" : fileUrl(site, media.coverKey),
    Type: extensionOf(media.storageKey),
    MediaUrl: hasSource(media) ? fileUrl(site, media.storageKey) : "",
    SourceInfo: {
      ...{ SourceType: SOURCE_TYPES[media.source], SourceContext: media.sourceContext },
      ...{ LiveRecordInfo: null, TrtcRecordInfo: null, WebPageRecordInfo: null },
    },
    StorageRegion: STORAGE_REGION,
    StoragePath: "",
    TagSet: media.tags,
    Vid: "",
    Category: CATEGORY_NAMES[media.kind],
    Status: "Normal",
    StorageClass: "STANDARD",
  };
}

function extensionOf(storageKey: string): string {
  return /\.([^./]+)$/.exec(storageKey)?.[1] ?? "";
}

/** Of a media whose source was deleted, what was made of it may still be there. */
function hasSource({ errorCode }: Media): boolean {
  return errorCode !== "SOURCE_GONE";
}

/** The source stands among the renditions, under the number of no template. */
function sourceItemOf(media: Media, info: MediaInfo, site: Site) {
  const { Size, Container, Bitrate, Height, Width, Duration, Md5, VideoStreamSet, AudioStreamSet } = metaDataOf(info);
  return {
    ...{ Url: fileUrl(site, media.storageKey), Definition: 0, Bitrate, Height, Width, Size, Duration, Md5, Container },
    ...{ VideoStreamSet, AudioStreamSet },
    ...{ DigitalWatermarkType: "None", CopyRightWatermarkText: "", BlindWatermarkDefinition: 0, FileId: "" },
  };
}

function itemsOf(results: readonly MediaResult[], filter: keyof typeof RESULTS, source: MediaInfo, site: Site) {
  const kinds: readonly OperationKind[] = RESULTS[filter].kinds;
  const made = results.filter(({ operation }) => kinds.includes(operation.kind));
  const urlOf = (key: string) => fileUrl(site, key);
  return made.flatMap(
    ({ operation, definition, outputs }) => itemOf({ operation, definition, outputs, source, urlOf }) ?? [],
  );
}

function keyFrameDescInfoOf(media: Media) {
  const moments = keyMoments.parse(media.keyMoments);
  if (moments.length === 0) return null;
  return { KeyFrameDescSet: moments.map(({ atSeconds, text }) => ({ TimeOffset: atSeconds, Content: text })) };
}

export async function readAssets(
  db: Db,
  applicationId: number,
  media: readonly Pick<Media, "subtitles">[],
): Promise<Map<string, Asset>> {
  const ids = media.flatMap(({ subtitles }) => mediaSubtitles.parse(subtitles).map(({ id }) => id));
  if (ids.length === 0) return new Map();
  const found = await db.asset.findMany({ where: { applicationId, id: { in: ids } } });
  return new Map(found.map((asset) => [asset.id, asset]));
}

/** Null when there are none. */
export function subtitleInfoOf(media: Pick<Media, "subtitles">, assets: ReadonlyMap<string, Asset>, site: Site) {
  const subtitles = mediaSubtitles.parse(media.subtitles);
  if (subtitles.length === 0) return null;
  return {
    SubtitleSet: subtitles.map(({ id, name, language }) => {
      const storageKey = assets.get(id)?.storageKey ?? "";
      return {
        ...{ Id: id, Name: name, Language: language, Format: extensionOf(storageKey) },
        ...{ Url: storageKey === "" ? "" : fileUrl(site, storageKey), Source: "UserUploaded" },
      };
    }),
  };
}
