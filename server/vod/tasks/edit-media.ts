/** New media out of those there are. */
import { z } from "zod";
import { PROCEDURE_BYTES_MAX } from "../../domain/procedure-text.ts";
import { ok, type Result } from "../../domain/result.ts";
import { editInput, splitInput } from "../../media/edit-input.ts";
import { editMedia, splitMedia } from "../../media/edit-media.ts";
import { action } from "../action.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { isNever, isoMoment } from "../time.ts";
import { wireTaskId } from "./task-id.ts";
import { sessionFields, termsOf } from "./terms.ts";

const offset = z.number().min(-604_800).max(604_800).default(0);
const offsets = { StartTimeOffset: offset, EndTimeOffset: offset };

const resultFields = {
  MediaName: z.string().max(64).optional(),
  Type: z.enum(["mp4", "hls", ""]).optional(),
  ClassId: z.int().optional(),
  ExpireTime: isoMoment.optional(),
};

const outputConfig = z.object({
  ...resultFields,
  VideoStream: z
    .object({
      Codec: z.string().optional(),
      Bitrate: z.int().min(0).optional(),
      ResolutionAdaptive: z.enum(["open", "close", ""]).optional(),
      Width: z.int().min(0).max(4096).optional(),
      Height: z.int().min(0).max(4096).optional(),
      Fps: z.int().min(0).max(100).optional(),
    })
    .optional(),
  TEHDConfig: z.object({ Type: z.string().optional() }).optional(),
});
type OutputConfig = z.output<typeof outputConfig>;

function refuseResult({ Type, ClassId = 0, ExpireTime }: z.output<z.ZodObject<typeof resultFields>>) {
  const no = (field: string, why: string) => refuse("UnsupportedOperation", `\`OutputConfig.${field}\`: ${why}`);
  if (Type === "hls") return no("Type", "what is edited becomes an MP4 on this server.");
  if (ClassId > 0) return no("ClassId", "the category is given to the new file by `ModifyMediaInfo`.");
  if (ExpireTime && !isNever(ExpireTime)) return no("ExpireTime", "it is given to the new file by `ModifyMediaInfo`.");
  return null;
}

function refuseStream({ VideoStream = {}, TEHDConfig }: OutputConfig): Result<never, Refusal> | null {
  const { Codec = "", Bitrate = 0 } = VideoStream;
  if (!["", "libx264", "H.264"].includes(Codec)) {
    return refuse("UnsupportedOperation", "`OutputConfig.VideoStream.Codec`: edits are encoded as H.264.");
  }
  if (Bitrate > 0) {
    return refuse("UnsupportedOperation", "`OutputConfig.VideoStream.Bitrate`: edits are encoded by quality.");
  }
  return TEHDConfig?.Type ? refuse("UnsupportedOperation", "`OutputConfig.TEHDConfig` is not supported.") : null;
}

const REFERENCES = { 10: "highest-resolution", 20: "highest-bitrate" } as const;

export const editMediaAction = action({
  name: "EditMedia",
  request: z.object({
    InputType: z.enum(["File", "Stream"]),
    FileInfos: z
      .array(z.object({ FileId: z.string().min(1).max(64), ...offsets }))
      .max(100)
      .optional(),
    Definition: z.union([z.literal(10), z.literal(20)]).default(10),
    ProcedureName: z.string().max(PROCEDURE_BYTES_MAX).optional(),
    OutputConfig: outputConfig.prefault({}),
    ...sessionFields,
  }),
  handle: async (ctx, { InputType, FileInfos = [], Definition, ProcedureName, OutputConfig: config, ...input }) => {
    if (InputType === "Stream")
      return refuse("UnsupportedOperation", "`InputType` `Stream`: there are no live streams.");
    if (FileInfos.length === 0) {
      return refuse("MissingParameter", "The request is missing the required parameter `FileInfos`.");
    }
    const refused = refuseResult(config) ?? refuseStream(config);
    if (refused !== null) return refused;
    const { Width = 0, Height = 0, Fps = 0 } = config.VideoStream ?? {};
    const edit = editInput.parse({
      clips: FileInfos.map(({ FileId, StartTimeOffset, EndTimeOffset }) => ({
        mediaId: FileId,
        startOffsetSeconds: StartTimeOffset,
        endOffsetSeconds: EndTimeOffset,
      })),
      reference: REFERENCES[Definition],
      ...{ widthPx: Width, heightPx: Height, framesPerSecond: Fps },
      result: { name: config.MediaName ?? "", procedureName: ProcedureName || null },
    });
    const created = await editMedia(ctx.db, termsOf(ctx, input), edit);
    return created.ok ? ok({ TaskId: wireTaskId(ctx.applicationId, "EditMedia", created.value.taskId) }) : created;
  },
});

export const splitMediaAction = action({
  name: "SplitMedia",
  request: z.object({
    FileId: z.string().min(1).max(64),
    Segments: z
      .array(
        z.object({
          ...offsets,
          ProcedureName: z.string().max(PROCEDURE_BYTES_MAX).optional(),
          OutputConfig: z.object(resultFields).prefault({}),
        }),
      )
      .min(1)
      .max(100),
    ...sessionFields,
  }),
  handle: async (ctx, { FileId, Segments, ...input }) => {
    for (const { OutputConfig } of Segments) {
      const refused = refuseResult(OutputConfig);
      if (refused !== null) return refused;
    }
    const split = splitInput.parse({
      mediaId: FileId,
      segments: Segments.map(({ StartTimeOffset, EndTimeOffset, ProcedureName, OutputConfig }) => ({
        startOffsetSeconds: StartTimeOffset,
        endOffsetSeconds: EndTimeOffset,
        result: { name: OutputConfig.MediaName ?? "", procedureName: ProcedureName || null },
      })),
    });
    const created = await splitMedia(ctx.db, termsOf(ctx, input), split);
    return created.ok ? ok({ TaskId: wireTaskId(ctx.applicationId, "SplitMedia", created.value.taskId) }) : created;
  },
});
