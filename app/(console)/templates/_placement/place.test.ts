import { expect, test } from "vitest";
import { type Place, placeOf, styleOf } from "./place.ts";

const FRAME = { widthPx: 1920, heightPx: 1080 };
const MARK = { widthPx: 200, heightPx: 100 };
const IN_PX: Place = { origin: "topLeft", x: { unit: "px", value: 0 }, y: { unit: "px", value: 0 } };

const movedTo = (leftPx: number, topPx: number, place = IN_PX) => {
  const { origin, x, y } = placeOf({ leftPx, topPx, ...MARK }, FRAME, place);
  return [origin, x.value, y.value];
};

test.each([
  [40, 30, ["topLeft", 40, 30]],
  [1700, 30, ["topRight", 20, 30]],
  [40, 900, ["bottomLeft", 40, 80]],
  [1700, 950, ["bottomRight", 20, 30]],
  [865, 950, ["bottom", 0, 30]],
  [40, 480, ["left", 40, 0]],
  [850, 495, ["center", 0, 0]],
])("moved to %i,%i a mark hangs on what it is nearest to", (left, top, expected) => {
  expect(movedTo(left, top)).toEqual(expected);
});

test("it keeps the unit it had, and never hangs outside", () => {
  const percent: Place = { ...IN_PX, x: { unit: "percent", value: 3 } };
  expect(movedTo(96, 54, percent)).toEqual(["topLeft", 5, 54]);
  expect(placeOf({ leftPx: 96, topPx: 54, ...MARK }, FRAME, percent).x.unit).toBe("percent");
  expect(movedTo(-50, -1)).toEqual(["topLeft", 0, 0]);
});

test("on a stage of any size it lies where it will lie on the frame", () => {
  expect(styleOf({ ...IN_PX, origin: "bottomRight", x: { unit: "px", value: 96 } }, FRAME)).toEqual({
    ...{ right: "5%", bottom: "0%", translate: "0 0" },
  });
  expect(styleOf({ ...IN_PX, origin: "top", y: { unit: "percent", value: 7 } }, FRAME)).toEqual({
    ...{ left: "50%", top: "7%", translate: "-50% 0" },
  });
});
