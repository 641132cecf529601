/** Every action of the API. */
import type { Action, Product } from "./action.ts";
import { createSubAppId, describeSubAppIds } from "./applications/sub-apps.ts";
import { composeMediaAction } from "./compose/compose-media.ts";
import {
  confirmEventsAction,
  describeEventConfig,
  describeEventsState,
  modifyEventConfigAction,
  pullEventsAction,
} from "./events/event-actions.ts";
import { classActions } from "./media/classes.ts";
import { deleteMediaAction } from "./media/delete-media.ts";
import { describeDrmDataKey } from "./media/drm-data-key.ts";
import { describeMediaInfos, searchMediaAction } from "./media/media-infos.ts";
import { modifyMediaInfo } from "./media/modify-media-info.ts";
import { describeStorageRegions } from "./media/storage-regions.ts";
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
import { applyUpload, commitUpload } from "./uploads/apply-upload.ts";
import { parseStreamingManifest } from "./uploads/parse-streaming-manifest.ts";
import { pullUpload } from "./uploads/pull-upload.ts";

export const ACTIONS: readonly Action[] = [
  // Uploads
  applyUpload,
  commitUpload,
  pullUpload,
  parseStreamingManifest,
  // Applications
  describeSubAppIds,
  createSubAppId,
  // Media
  describeMediaInfos,
  searchMediaAction,
  modifyMediaInfo,
  deleteMediaAction,
  ...classActions,
  describeDrmDataKey,
  describeStorageRegions,
  // Events
  pullEventsAction,
  confirmEventsAction,
  describeEventsState,
  describeEventConfig,
  modifyEventConfigAction,
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
  composeMediaAction,
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
