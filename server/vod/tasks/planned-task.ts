import type { PlannedTask } from "../../media/planned-tasks.ts";
import { errCodeExtOf, errNumberOf, messageOf } from "../error-codes.ts";
import { isoTime } from "../time.ts";
import { NOTIFY_MODE_NAMES } from "./notify-modes.ts";
import { wireTaskId } from "./task-id.ts";

/** A task on a file that is still being checked: it waits like any other, and what it will do is not put together yet. */
export function plannedDetailOf({ id, createdAt, request, fileId, failure }: PlannedTask) {
  const { applicationId, priority = 0, notifyMode = "finish", sessionContext = "", sessionId = "" } = request;
  return {
    Status: failure === null ? "WAITING" : "FINISH",
    CreateTime: isoTime(createdAt),
    BeginProcessTime: "",
    FinishTime: "",
    structure: {
      TaskId: wireTaskId(applicationId, "Procedure", id),
      Status: failure === null ? "PROCESSING" : "FINISH",
      ErrCode: failure === null ? 0 : errNumberOf(errCodeExtOf(failure.code)),
      Message: failure === null ? "" : messageOf(failure),
      FileId: fileId ?? "",
      FileName: "",
      FileUrl: "",
      MetaData: null,
      MediaProcessResultSet: [],
      AiContentReviewResultSet: [],
      AiAnalysisResultSet: [],
      AiRecognitionResultSet: [],
      TasksPriority: priority,
      TasksNotifyMode: NOTIFY_MODE_NAMES[notifyMode],
      SessionContext: sessionContext,
      SessionId: sessionId,
      Operator: "",
      OperationType: "",
    },
  };
}
