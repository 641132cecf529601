import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { childrenOf, codeOf, ended, fetched, mpsClient, send, vod } from "../support/api-calls.ts";
import { makeClip, makeFile, makeSound, probeFile, runFolder } from "../support/clips.ts";

let film = "";
let short = "";
test.beforeAll(async () => {
  short = await send(await makeClip("short.mp4", { seconds: 6, size: "1280x720" }));
  film = await send(await makeClip("film.mp4", { seconds: 40, size: "1280x720" }), { MediaName: "film" });
});

async function probed(url: string | undefined, name: string) {
  const path = join(runFolder(), name);
  await writeFile(path, await fetched(url));
  return probeFile(path);
}

test("three renditions: told at once, seen growing, described with the media", async () => {
  const client = vod();
  const TranscodeTaskSet = [100_010, 100_210, 1010].map((Definition) => ({ Definition }));
  const { TaskId = "" } = await client.ProcessMedia({
    FileId: film,
    MediaProcessTask: { TranscodeTaskSet },
    TasksPriority: 5,
  });
  const seen = new Set<number>();
  await expect
    .poll(
      async () => {
        const detail = await client.DescribeTaskDetail({ TaskId });
        for (const { task } of childrenOf(detail)) seen.add((task as unknown as { Progress: number }).Progress);
        return detail.Status;
      },
      { timeout: 180_000, intervals: [250] },
    )
    .toBe("FINISH");
  expect([...seen].some((progress) => progress > 0 && progress < 100)).toBe(true);
  const detail = await client.DescribeTaskDetail({ TaskId });
  expect(childrenOf(detail).map(({ task }) => task.Status)).toEqual(["SUCCESS", "SUCCESS", "SUCCESS"]);
  const [mp4, hls, sound] = childrenOf(detail).map(
    ({ task }) => task.Output as { Url: string; Width: number; Height: number },
  );
  expect(mp4).toMatchObject({ Width: 640, Height: 360 });
  expect((await probed(mp4?.Url, "360.mp4")).streams).toContainEqual(
    expect.objectContaining({ width: 640, height: 360 }),
  );
  const playlist = new TextDecoder().decode(await fetched(hls?.Url));
  expect(playlist).toContain("#EXTM3U");
  const segment = playlist.split("\n").find((line) => line !== "" && !line.startsWith("#")) ?? "";
  await fetched(new URL(segment, hls?.Url).href);
  expect((await probed(sound?.Url, "sound.mp3")).streams).toMatchObject([{ codec_type: "audio" }]);
  const { MediaInfoSet } = await client.DescribeMediaInfos({ FileIds: [film] });
  const set = MediaInfoSet?.[0]?.TranscodeInfo?.TranscodeSet?.map(({ Definition }) => Definition);
  expect(set).toEqual(expect.arrayContaining([100_010, 100_210, 1010]));
});

test("a stretch from both ends, pictures, a sheet, a moving picture: what was asked for and no more", async () => {
  const { TaskId } = await vod().ProcessMedia({
    FileId: film,
    MediaProcessTask: {
      TranscodeTaskSet: [{ Definition: 100_010, StartTimeOffset: 10, EndTimeOffset: -20 }],
      SampleSnapshotTaskSet: [{ Definition: 10 }],
      ImageSpriteTaskSet: [{ Definition: 10 }],
      AnimatedGraphicTaskSet: [{ Definition: 20_000, StartTimeOffset: 1, EndTimeOffset: 4 }],
      CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: "Percent", PositionValue: 50 }],
      SnapshotByTimeOffsetTaskSet: [{ Definition: 10, ExtTimeOffsetSet: ["1s", "50%"] }],
    },
  });
  const detail = await ended(TaskId);
  const children = childrenOf(detail);
  expect(children.map(({ task }) => task.Status)).toEqual(Array(6).fill("SUCCESS"));
  const of = <T>(type: string) => children.find((one) => one.type === type)?.task.Output as T;
  const { Duration } = of<{ Duration: number }>("Transcode");
  expect(Math.abs(Duration - 10)).toBeLessThan(0.5);
  expect(of<{ ImageUrlSet: string[] }>("SampleSnapshot").ImageUrlSet).toHaveLength(10);
  const sheet = of<{ TotalCount: number; Width: number; ImageUrlSet: string[]; WebVttUrl: string }>("ImageSprites");
  expect(sheet).toMatchObject({ Width: 142, Height: 80, ImageUrlSet: [expect.any(String)] });
  expect([4, 5]).toContain(sheet.TotalCount);
  expect(new TextDecoder().decode(await fetched(sheet.WebVttUrl))).toMatch(/^WEBVTT/);
  const gif = await probed(of<{ Url: string }>("AnimatedGraphics").Url, "moving.gif");
  expect(gif.format.format_name).toBe("gif");
  expect(Math.abs(Number(gif.format.duration) - 3)).toBeLessThanOrEqual(0.6);
});

test("streams that adapt: no level above the source, a key where it is asked for, DASH", async () => {
  const { TaskId } = await vod().ProcessMedia({
    FileId: short,
    MediaProcessTask: { AdaptiveDynamicStreamingTaskSet: [10, 12, 20].map((Definition) => ({ Definition })) },
  });
  const outputs = childrenOf(await ended(TaskId)).map(({ task }) => task.Output as { Url: string; Package: string });
  expect(outputs.map(({ Package }) => Package)).toEqual(["HLS", "HLS", "DASH"]);
  const [plain = "", locked = "", mpd = ""] = outputs.map(({ Url }) => Url);
  const master = new TextDecoder().decode(await fetched(plain));
  const heights = [...master.matchAll(/RESOLUTION=\d+x(\d+)/g)].map(([, height]) => Number(height));
  expect(heights.length).toBeGreaterThan(1);
  expect(Math.max(...heights)).toBeLessThanOrEqual(720);
  const encrypted = new TextDecoder().decode(await fetched(locked));
  const level = encrypted.split("\n").find((line) => line.includes(".m3u8") && !line.startsWith("#")) ?? "";
  expect(new TextDecoder().decode(await fetched(new URL(level, locked).href))).toContain("#EXT-X-KEY:METHOD=AES-128");
  expect(new TextDecoder().decode(await fetched(mpd))).toContain("<MPD");
});

test("what cannot be done ends with the reason, and the rest is done", async () => {
  const client = vod();
  const broken = await send(await makeFile("broken.mp4", Buffer.alloc(5_000, 7)));
  const sound = await send(await makeSound("sound-only.m4a"));
  const run = async (FileId: string, MediaProcessTask: object) => {
    const { TaskId } = await client.ProcessMedia({ FileId, MediaProcessTask });
    const detail = await ended(TaskId);
    expect(detail.Status).toBe("FINISH");
    return childrenOf(detail).map(({ task }) => `${task.Status} ${task.ErrCodeExt}`.trim());
  };
  const TranscodeTaskSet = [{ Definition: 100_010 }];
  expect(await run(broken, { TranscodeTaskSet })).toEqual([expect.stringMatching(/^FAIL SourceFileError/)]);
  const CoverBySnapshotTaskSet = [{ Definition: 10, PositionType: "Time", PositionValue: 0 }];
  expect(await run(sound, { CoverBySnapshotTaskSet, TranscodeTaskSet: [{ Definition: 1010 }] })).toEqual([
    "SUCCESS",
    "FAIL SourceFileError.NoVideoMedia",
  ]);
  expect(await run(sound, { TranscodeTaskSet: [{ Definition: 99_999_999 }] })).toEqual([
    "FAIL InvalidInput.DefinitionNotExist",
  ]);
});

test("a task that waits is aborted; one that has ended is not; nothing else can be asked of one", async () => {
  const client = vod();
  // More than there is room for, so that the last of them waits.
  const MediaProcessTask = { TranscodeTaskSet: [{ Definition: 100_040 }] };
  const begun: string[] = [];
  for (let n = 0; n < 8; n++) begun.push((await client.ProcessMedia({ FileId: short, MediaProcessTask })).TaskId ?? "");
  const last = begun.at(-1) ?? "";
  await client.ManageTask({ TaskId: last, OperationType: "Abort" });
  const detail = await ended(last);
  expect(detail.Status).toBe("ABORTED");
  expect(childrenOf(detail).every(({ task }) => task.Output === null)).toBe(true);
  expect(await codeOf(client.ManageTask({ TaskId: last, OperationType: "Abort" }))).not.toBe("answered");
  expect(await codeOf(client.ManageTask({ TaskId: last, OperationType: "Pause" }))).toBe(
    "InvalidParameterValue.InvalidOperationType",
  );
  for (const TaskId of begun.slice(0, -1)) await client.ManageTask({ TaskId, OperationType: "Abort" }).catch(() => {});
  for (const TaskId of begun) await ended(TaskId);
  const { TaskSet } = await client.DescribeTasks({ Status: "FINISH", Limit: 100 });
  expect(TaskSet?.length).toBeGreaterThan(0);

  // The media processing API tells more of the same tasks.
  const mps = mpsClient();
  expect((await mps.DescribeTasks({ Status: "FINISH", Limit: 10 })).TaskSet?.length).toBeGreaterThan(0);
  expect((await mps.DescribeTaskDetail({ TaskId: last })).TaskType).toBe("WorkflowTask");
  expect(await codeOf(mps.ManageTask({ OperationType: "Abort", TaskId: last }))).not.toBe("answered");
});

test("asked twice under one session id, a task is begun once", async () => {
  const client = vod();
  const SessionId = `once-${Date.now()}`;
  const request = {
    FileId: film,
    SessionId,
    MediaProcessTask: { CoverBySnapshotTaskSet: [{ Definition: 10, PositionType: "Time", PositionValue: 1 }] },
  };
  const { TaskId } = await client.ProcessMedia(request);
  expect(await codeOf(client.ProcessMedia(request))).toBe("InvalidParameterValue.SessionId");
  expect(childrenOf(await ended(TaskId))).toHaveLength(1);
});
