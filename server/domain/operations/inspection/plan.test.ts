import { describe, expect, test } from "vitest";
import { A_VIDEO, AN_AUDIO, aContext, onlyCommandOf, planOf } from "../test-plans.ts";
import { inspectionParams, inspectionTemplateParams } from "./schema.ts";

const OFF = {
  ...{ black: null, frozen: null, interlacing: null, blur: null, blockiness: null },
  ...{ silent: null, clipping: null, duration: null },
};
const MIDDLE = "crop=min(floor(iw/8)*8\\,640):min(ih\\,360):floor((iw-ow)/2/8)*8:(ih-oh)/2";
const NOWHERE = ["-f", "framecrc"];
const PICTURE = ["-c:v", "wrapped_avframe", "-fps_mode", "passthrough", "-enc_time_base", "-1", ...NOWHERE];
const SOUND = ["-c:a", "pcm_s16le", "-enc_time_base", "-1", ...NOWHERE];

describe("the plan", () => {
  test("decodes everything once, and has what is noticed written into files", () => {
    const every =
      "blackdetect=d=2:pix_th=0.1:pic_th=0.98," +
      "metadata=mode=print:key=lavfi.black_start:file=/run/scratch/black-start.txt," +
      "metadata=mode=print:key=lavfi.black_end:file=/run/scratch/black-end.txt," +
      "freezedetect=d=5:n=-60dB," +
      "metadata=mode=print:key=lavfi.freezedetect.freeze_start:file=/run/scratch/frozen-start.txt," +
      "metadata=mode=print:key=lavfi.freezedetect.freeze_end:file=/run/scratch/frozen-end.txt";
    const some =
      `${MIDDLE},idet=intl_thres=1.2,select=isnan(prev_selected_t)+gte(t-prev_selected_t\\,0.1),` +
      "blurdetect,metadata=mode=print:file=/run/scratch/looks.txt," +
      "format=gray,convolution=0m=0 0 0 0 -1 1 0 0 0:0rdiv=1,split[steps][borders];" +
      "[steps]signalstats,metadata=mode=print:key=lavfi.signalstats.YAVG:file=/run/scratch/steps.txt,nullsink;" +
      "[borders]crop=iw-8:ih:3:0,scale=w=iw/8:h=ih:flags=neighbor," +
      "signalstats,metadata=mode=print:key=lavfi.signalstats.YAVG:file=/run/scratch/borders.txt,nullsink";
    const sound =
      "silencedetect=n=-60dB:d=3," +
      "ametadata=mode=print:key=lavfi.silence_start:file=/run/scratch/silent-start-1.txt," +
      "ametadata=mode=print:key=lavfi.silence_end:file=/run/scratch/silent-end-1.txt," +
      "asetnsamples=n=4800:p=0," +
      "astats=metadata=1:reset=1:measure_perchannel=none:measure_overall=Peak_level+RMS_level+Flat_factor," +
      "ametadata=mode=print:file=/run/scratch/peaks-1.txt," +
      "ebur128=metadata=1:peak=true,ametadata=mode=print:file=/run/scratch/loudness-1.txt";
    expect(planOf("inspection", {}, aContext())).toEqual({
      ok: true,
      value: {
        commands: [
          {
            inputs: [{ path: "/run/source", options: ["-noautorotate"] }],
            globals: ["-max_error_rate", "1"],
            outputs: [
              {
                path: "/run/scratch/frames-0.txt",
                options: ["-map", "0:0", "-filter:v", `split[every][some];[some]${some};[every]${every}`, ...PICTURE],
              },
              { path: "/run/scratch/frames-1.txt", options: ["-map", "0:1", "-filter:a", sound, ...SOUND] },
            ],
            expectedSeconds: 25,
          },
        ],
        files: [],
        outputs: [],
        continues: true,
        setsCover: false,
      },
    });
  });

  test("of one check has its filters only", () => {
    const params = { ...OFF, blur: { minSeconds: 1 } };
    expect(onlyCommandOf(planOf("inspection", params, aContext())).outputs.map(({ options }) => options)).toEqual([
      [
        ...["-map", "0:0", "-filter:v"],
        `split[every][some];[some]${MIDDLE},select=isnan(prev_selected_t)+gte(t-prev_selected_t\\,0.1),` +
          "blurdetect,metadata=mode=print:file=/run/scratch/looks.txt,nullsink;" +
          "[every]null",
        ...PICTURE,
      ],
      ["-map", "0:1", "-filter:a", "anull", ...SOUND],
    ]);
  });

  test("of durations alone decodes without a filter", () => {
    const command = onlyCommandOf(planOf("inspection", { ...OFF, duration: {} }, aContext()));
    expect(command.outputs.map(({ options }) => options)).toEqual([
      ["-map", "0:0", "-filter:v", "null", ...PICTURE],
      ["-map", "0:1", "-filter:a", "anull", ...SOUND],
    ]);
  });

  test("listens to every sound, and needs no picture", () => {
    const media = { video: null, audio: [AN_AUDIO, { ...AN_AUDIO, index: 2, sampleRateHz: 44_100 }] };
    const params = { ...OFF, silent: { minSeconds: 0.5, silenceDb: -50 } };
    const { outputs } = onlyCommandOf(planOf("inspection", params, aContext(media)));
    expect(outputs).toEqual(
      [1, 2].map((index) => ({
        path: `/run/scratch/frames-${index}.txt`,
        options: [
          ...["-map", `0:${index}`, "-filter:a"],
          "silencedetect=n=-50dB:d=0.5," +
            `ametadata=mode=print:key=lavfi.silence_start:file=/run/scratch/silent-start-${index}.txt,` +
            `ametadata=mode=print:key=lavfi.silence_end:file=/run/scratch/silent-end-${index}.txt`,
          ...SOUND,
        ],
      })),
    );
  });

  describe("of a stretch", () => {
    const silent = { ...OFF, silent: { minSeconds: 0.5 } };
    const black = { ...OFF, black: { minSeconds: 0.5 } };
    const blackSteps =
      "blackdetect=d=0.5:pix_th=0.1:pic_th=0.98," +
      "metadata=mode=print:key=lavfi.black_start:file=/run/scratch/black-start.txt," +
      "metadata=mode=print:key=lavfi.black_end:file=/run/scratch/black-end.txt";
    const silentSteps =
      "silencedetect=n=-60dB:d=0.5," +
      "ametadata=mode=print:key=lavfi.silence_start:file=/run/scratch/silent-start-1.txt," +
      "ametadata=mode=print:key=lavfi.silence_end:file=/run/scratch/silent-end-1.txt";

    test("reads that stretch, and takes as long", () => {
      const offsets = { startOffsetPercent: 40, endOffsetSeconds: -5 };
      expect(onlyCommandOf(planOf("inspection", { ...black, ...offsets }, aContext()))).toEqual({
        inputs: [{ path: "/run/source", options: ["-ss", "10", "-t", "10", "-noautorotate"] }],
        globals: ["-max_error_rate", "1"],
        outputs: [
          { path: "/run/scratch/frames-0.txt", options: ["-map", "0:0", "-filter:v", blackSteps, ...PICTURE] },
          { path: "/run/scratch/frames-1.txt", options: ["-map", "0:1", "-filter:a", "anull", ...SOUND] },
        ],
        expectedSeconds: 10,
      });
    });

    test("to the end reads to the end, however long the media really is", () => {
      const { inputs, expectedSeconds } = onlyCommandOf(
        planOf("inspection", { ...black, startOffsetSeconds: -5 }, aContext()),
      );
      expect(inputs).toEqual([{ path: "/run/source", options: ["-ss", "20", "-noautorotate"] }]);
      expect(expectedSeconds).toBe(5);
    });

    test("of a format without an index begins earlier, and drops what comes before", () => {
      const stream = aContext({ formatName: "mpegts" });
      const offsets = { startOffsetSeconds: 20, endOffsetSeconds: 23 };
      const picture = onlyCommandOf(planOf("inspection", { ...black, blur: {}, ...offsets }, stream));
      expect(picture.inputs[0]?.options).toEqual(["-ss", "5", "-t", "18", "-noautorotate"]);
      expect(picture.outputs[0]?.options[3]).toMatch(/^trim=start=15,split\[every\]\[some\];/);
      const sound = onlyCommandOf(planOf("inspection", { ...silent, ...offsets }, stream));
      expect(sound.outputs.map(({ options }) => options[3])).toEqual([
        "trim=start=15",
        `atrim=start=15,${silentSteps}`,
      ]);
    });

    test("that lies outside of the media is refused", () => {
      expect(planOf("inspection", { startOffsetSeconds: 25 }, aContext())).toMatchObject({
        failure: { code: "INVALID_TIME_OFFSET" },
      });
    });
  });

  test("fails where nothing that is asked for applies", () => {
    const still = aContext({ durationSeconds: 0, audio: [], video: { ...A_VIDEO, durationSeconds: null } });
    expect(planOf("inspection", {}, still)).toMatchObject({ failure: { code: "NO_DURATION" } });
    const [black, silent] = [
      { ...OFF, black: {} },
      { ...OFF, silent: {} },
    ];
    expect(planOf("inspection", black, aContext({ video: null }))).toMatchObject({
      failure: { code: "NO_VIDEO_STREAM" },
    });
    expect(planOf("inspection", silent, aContext({ audio: [] }))).toMatchObject({
      failure: { code: "NO_AUDIO_STREAM" },
    });
  });
});

test("without any check there is nothing to inspect", () => {
  for (const schema of [inspectionTemplateParams, inspectionParams])
    expect(schema.safeParse(OFF).error?.issues).toMatchObject([{ message: "nothingToInspect" }]);
});
