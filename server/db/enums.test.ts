import { expect, expectTypeOf, test } from "vitest";
import * as stored from "../../prisma/generated/enums.ts";
import { MEDIA_KINDS, type MediaKind } from "../domain/media.ts";
import { DELIVERY_STATES, type DeliveryState, EVENT_MODES, type EventMode } from "../domain/notification.ts";
import {
  NOTIFY_MODES,
  type NotifyMode,
  RUN_STATES,
  type RunState,
  STARTED_BY,
  type StartedBy,
  SUBTASK_STATES,
  type SubtaskState,
  type TaskState,
} from "../domain/task.ts";
import { TRIAL_STATES, type TrialState } from "../domain/trial/trial.ts";

test("the lists the database repeats are the domain's", () => {
  expectTypeOf<stored.MediaKind>().toEqualTypeOf<MediaKind>();
  expectTypeOf<stored.SubtaskState>().toEqualTypeOf<SubtaskState>();
  expectTypeOf<stored.TaskState>().toEqualTypeOf<TaskState>();
  expectTypeOf<stored.RunState>().toEqualTypeOf<RunState>();
  expectTypeOf<stored.StartedBy>().toEqualTypeOf<StartedBy>();
  expectTypeOf<stored.NotifyMode>().toEqualTypeOf<NotifyMode>();
  expectTypeOf<stored.EventMode>().toEqualTypeOf<EventMode>();
  expectTypeOf<stored.DeliveryState>().toEqualTypeOf<DeliveryState>();
  expectTypeOf<stored.TrialState>().toEqualTypeOf<TrialState>();
  expect(Object.keys(stored.TrialState)).toEqual([...TRIAL_STATES]);
  expect(Object.keys(stored.MediaKind)).toEqual([...MEDIA_KINDS]);
  expect(Object.keys(stored.SubtaskState)).toEqual([...SUBTASK_STATES]);
  expect(Object.keys(stored.RunState)).toEqual([...RUN_STATES]);
  expect(Object.keys(stored.StartedBy)).toEqual([...STARTED_BY]);
  expect(Object.keys(stored.NotifyMode)).toEqual([...NOTIFY_MODES]);
  expect(Object.keys(stored.EventMode)).toEqual([...EVENT_MODES]);
  expect(Object.keys(stored.DeliveryState)).toEqual([...DELIVERY_STATES]);
});
