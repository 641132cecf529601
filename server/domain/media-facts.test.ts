import fc from "fast-check";
import { expect, test } from "vitest";
import { changeKeyMoments, changeTags, KEY_MOMENTS_MAX, keyMoment, mediaName, TAGS_MAX } from "./media-facts.ts";

const tag = fc.constantFrom("a", "b", "c", "d", "e", "f");
const tags = fc.array(tag, { maxLength: 6 });

test("a media has each tag once: those it had and nobody took away, then those that were added", () => {
  fc.assert(
    fc.property(fc.uniqueArray(tag), tags, tags, fc.boolean(), (current, add, remove, clear) => {
      const changed = changeTags(current, { add, remove, clear });
      if (!changed.ok) throw new Error(changed.failure.code);
      const kept = clear ? [] : current.filter((one) => !remove.includes(one));
      expect(changed.value.slice(0, kept.length)).toEqual(kept);
      expect(new Set(changed.value)).toEqual(new Set([...kept, ...add]));
      expect(new Set(changed.value).size).toBe(changed.value.length);
    }),
  );
});

test("what nobody speaks of stays", () => {
  expect(changeTags(["a", "b"], {})).toEqual({ ok: true, value: ["a", "b"] });
});

test("sixteen tags and a hundred moments are all", () => {
  const many = Array.from({ length: TAGS_MAX }, (_, index) => `tag ${index}`);
  expect(changeTags(many, { add: ["tag 0"] }).ok).toBe(true);
  expect(changeTags(many, { add: ["more"] })).toMatchObject({ failure: { code: "TOO_MANY_TAGS" } });
  expect(changeTags(many, { add: ["more"], remove: ["tag 3"] }).ok).toBe(true);
  const moments = Array.from({ length: KEY_MOMENTS_MAX }, (_, atSeconds) => ({ atSeconds, text: "x" }));
  expect(changeKeyMoments(moments, { add: [{ atSeconds: 7, text: "again" }] }).ok).toBe(true);
  expect(changeKeyMoments(moments, { add: [{ atSeconds: 7.5, text: "between" }] })).toMatchObject({
    failure: { code: "TOO_MANY_KEY_MOMENTS" },
  });
});

test("moments stand in the order of time, one at each", () => {
  const at = fc.integer({ min: 0, max: 20 });
  const moments = fc.array(fc.record({ atSeconds: at, text: fc.constantFrom("one", "two") }), { maxLength: 20 });
  fc.assert(
    fc.property(moments, moments, fc.array(at), (first, add, remove) => {
      const before = changeKeyMoments([], { add: first });
      const after = before.ok ? changeKeyMoments(before.value, { add, remove }) : before;
      if (!after.ok) throw new Error(after.failure.code);
      const times = after.value.map(({ atSeconds }) => atSeconds);
      expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
      for (const { atSeconds, text } of new Map(add.map((one) => [one.atSeconds, one])).values())
        expect(after.value).toContainEqual({ atSeconds, text });
      for (const { atSeconds } of after.value) expect(() => keyMoment.shape.atSeconds.parse(atSeconds)).not.toThrow();
    }),
  );
});

test.each(["a/b", "a\\b", "a:b", "a*b", "a?b", 'a"b', "a<b", "a>b", "a|b", "", "n".repeat(65)])(
  "%j is no name",
  (name) => expect(mediaName.safeParse(name).success).toBe(false),
);
test.each(["Holiday 2026.mp4", "假日", "휴가", "🐋 (1)"])("%j is a name", (name) =>
  expect(mediaName.safeParse(name).success).toBe(true),
);
