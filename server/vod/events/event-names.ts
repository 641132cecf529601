/** What the VOD API calls its events. */
import type { NotificationKind } from "../../domain/notification.ts";

interface EventName {
  type: string;
  /** The member of the envelope that holds what happened; not always named after the type. */
  member: string;
}

export const EVENT_NAMES = {
  "task.changed": { type: "ProcedureStateChanged", member: "ProcedureStateChangeEvent" },
  "edit.completed": { type: "EditMediaComplete", member: "EditMediaCompleteEvent" },
  "split.completed": { type: "SplitMediaComplete", member: "SplitMediaCompleteEvent" },
  "compose.completed": { type: "ComposeMediaComplete", member: "ComposeMediaCompleteEvent" },
  "media.uploaded": { type: "NewFileUpload", member: "FileUploadEvent" },
  "media.deleted": { type: "FileDeleted", member: "FileDeleteEvent" },
  "pull.completed": { type: "PullComplete", member: "PullCompleteEvent" },
  // Ours: whoever switches on the type passes it over.
  "endpoint.tested": { type: "EndpointTest", member: "EndpointTestEvent" },
} as const satisfies Record<NotificationKind, EventName>;

/** Members of the envelope that are never filled here; pulled events show them as null like the others. */
const UNUSED_MEMBERS = [
  "ClipCompleteEvent",
  "TranscodeCompleteEvent",
  "CreateImageSpriteCompleteEvent",
  "ConcatCompleteEvent",
  "SnapshotByTimeOffsetCompleteEvent",
  "WechatPublishCompleteEvent",
  "WechatMiniProgramPublishCompleteEvent",
  "RemoveWatermarkCompleteEvent",
  "RestoreMediaCompleteEvent",
  "RebuildMediaCompleteEvent",
  "ExtractTraceWatermarkCompleteEvent",
  "ExtractCopyRightWatermarkCompleteEvent",
  "ReviewAudioVideoCompleteEvent",
  "ReduceMediaBitrateCompleteEvent",
  "DescribeFileAttributesCompleteEvent",
  "QualityInspectCompleteEvent",
  "QualityEnhanceCompleteEvent",
  "MediaCastStatusChangedEvent",
  "PersistenceCompleteEvent",
] as const;

export const ENVELOPE_MEMBERS: readonly string[] = [
  ...Object.entries(EVENT_NAMES).flatMap(([kind, { member }]) => (kind === "endpoint.tested" ? [] : [member])),
  ...UNUSED_MEMBERS,
];
