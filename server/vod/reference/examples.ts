/** A request for each action that says enough to be carried out; ids and addresses are the reader's own. */
const FileId = "3270835008899800";
const TaskId = "1-Procedure-7c1ab0d1e2f34567t0";
const Definition = 1_000_001;
const COVER = [{ Definition: 10, PositionType: "Time", PositionValue: 1 }];
const MediaProcessTask = { TranscodeTaskSet: [{ Definition: 100_030 }], CoverBySnapshotTaskSet: COVER };
const Video = { Codec: "libx264", Fps: 25, Bitrate: 1000, Height: 720 };
const Audio = { Codec: "libfdk_aac", Bitrate: 128, SampleRate: 44_100 };

const NEW_TEMPLATES: Readonly<Record<string, object>> = {
  Transcode: {
    ...{ Container: "mp4", Name: "720p" },
    ...{ VideoTemplate: { ...Video, Width: 0 }, AudioTemplate: Audio },
  },
  Watermark: {
    ...{ Type: "text", Name: "Title", XPos: "10px", YPos: "10px" },
    TextTemplate: { FontType: "simkai.ttf", FontSize: "32px", FontColor: "0xFFFFFF", FontAlpha: 1 },
  },
  SnapshotByTimeOffset: { Width: 1280, Height: 0, Format: "jpg" },
  SampleSnapshot: { SampleType: "Percent", SampleInterval: 10, Width: 640 },
  ImageSprite: { SampleType: "Time", SampleInterval: 10, RowCount: 10, ColumnCount: 10, Width: 256, Height: 144 },
  AnimatedGraphics: { Fps: 5, Width: 480, Format: "gif" },
  AdaptiveDynamicStreaming: { Format: "HLS", StreamInfos: [{ Video, Audio, RemoveAudio: 0 }] },
  HeadTail: { Name: "Intro", HeadCandidateSet: [FileId], FillType: "black" },
};

const REQUESTS: Readonly<Record<string, object>> = {
  ApplyUpload: { MediaType: "mp4", MediaName: "Holiday", Procedure: "LongVideoPreset" },
  CommitUpload: { VodSessionKey: "as ApplyUpload answered" },
  PullUpload: { MediaUrl: "https://example.com/film.mp4", Procedure: "LongVideoPreset" },
  ParseStreamingManifest: { MediaManifestContent: "#EXTM3U\n#EXTINF:4,\na.ts\n", ManifestType: "m3u8" },
  CreateSubAppId: { Name: "Second application" },
  DescribeMediaInfos: { FileIds: [FileId] },
  SearchMedia: { Names: ["holiday"], Limit: 10 },
  ModifyMediaInfo: { FileId, Name: "Holiday", AddTags: ["sea"] },
  DeleteMedia: { FileId },
  CreateClass: { ParentId: -1, ClassName: "Trailers" },
  ModifyClass: { ClassId: 1, ClassName: "Teasers" },
  DeleteClass: { ClassId: 1 },
  DescribeDrmDataKey: { EdkList: ["the key's id in the playlist"] },
  ConfirmEvents: { EventHandles: ["as PullEvents answered"] },
  ModifyEventConfig: { Mode: "PUSH", NotificationUrl: "https://example.com/callback" },
  CreateProcedureTemplate: { Name: "Web", MediaProcessTask },
  ResetProcedureTemplate: { Name: "Web", MediaProcessTask },
  DeleteProcedureTemplate: { Name: "Web" },
  ProcessMedia: { FileId, MediaProcessTask, TasksNotifyMode: "Finish", SessionContext: "order 42" },
  ProcessMediaByProcedure: { FileId, ProcedureName: "LongVideoPreset" },
  ProcessMediaByUrl: { InputInfo: { Url: "https://example.com/film.mp4" }, MediaProcessTask },
  EditMedia: {
    InputType: "File",
    FileInfos: [{ FileId, StartTimeOffset: 10, EndTimeOffset: 20 }, { FileId }],
    OutputConfig: { MediaName: "Highlights" },
  },
  SplitMedia: { FileId, Segments: [{ StartTimeOffset: 0, EndTimeOffset: 60 }] },
  ComposeMedia: {
    Tracks: [{ Type: "Video", TrackItems: [{ Type: "Video", VideoItem: { SourceMedia: FileId, Duration: 5 } }] }],
    Output: { FileName: "Composed", Container: "mp4" },
  },
  DescribeTasks: { Status: "FINISH", Limit: 10 },
  DescribeTaskDetail: { TaskId },
  ManageTask: { TaskId, OperationType: "Abort" },
};

const OF_TEMPLATES = /^(?<verb>Create|Modify|Delete|Describe)(?<kind>\w+?)Templates?$/u;

export function exampleOf(action: string): object {
  const said = REQUESTS[action];
  if (said !== undefined) return said;
  const { verb, kind = "" } = OF_TEMPLATES.exec(action)?.groups ?? {};
  switch (verb) {
    case "Create":
      return NEW_TEMPLATES[kind] ?? { Name: "Any" };
    case "Modify":
      return { Definition, Name: "New name" };
    case "Delete":
      return { Definition };
    default:
      return {};
  }
}
