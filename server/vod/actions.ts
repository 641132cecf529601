/** Every action of the API. */
import type { Action, Product } from "./action.ts";
import { createSubAppId, describeSubAppIds } from "./applications/sub-apps.ts";
import { describeMpsTaskDetail, describeMpsTasks } from "./mps/tasks.ts";
import { procedureActions } from "./procedures/procedure-templates.ts";
import { describeTaskDetail } from "./tasks/describe-task-detail.ts";
import { describeTasks } from "./tasks/describe-tasks.ts";
import { editMediaAction, splitMediaAction } from "./tasks/edit-media.ts";
import { manageTask, manageTaskOfMps } from "./tasks/manage-task.ts";
import { processMedia, processMediaByProcedure, processMediaByUrl } from "./tasks/process-media.ts";
import { adaptiveStreamingActions } from "./templates/adaptive-streaming.ts";
import { aiTemplateActions } from "./templates/ai-templates.ts";
import { animatedGraphicsActions } from "./templates/animated-graphics.ts";
import { headTailActions } from "./templates/head-tail.ts";
import { sampledSnapshotActions, snapshotActions } from "./templates/pictures.ts";
import { spriteActions } from "./templates/sprite.ts";
import { transcodeActions } from "./templates/transcode.ts";
import { watermarkActions } from "./templates/watermark.ts";

export const ACTIONS: readonly Action[] = [
  // Applications
  describeSubAppIds,
  createSubAppId,
  // Templates
  ...transcodeActions,
  ...watermarkActions,
  ...snapshotActions,
  ...sampledSnapshotActions,
  ...spriteActions,
  ...animatedGraphicsActions,
  ...adaptiveStreamingActions,
  ...headTailActions,
  ...aiTemplateActions,
  // Procedures
  ...procedureActions,
  // Tasks
  processMedia,
  processMediaByProcedure,
  processMediaByUrl,
  editMediaAction,
  splitMediaAction,
  describeTasks,
  describeTaskDetail,
  manageTask,
  // Tasks, as the media processing API has them
  describeMpsTasks,
  describeMpsTaskDetail,
  manageTaskOfMps,
];

const BY_NAME: ReadonlyMap<string, Action> = new Map(ACTIONS.map((one) => [`${one.product} ${one.name}`, one]));

export function findAction(product: Product, name: string): Action | undefined {
  return BY_NAME.get(`${product} ${name}`);
}
