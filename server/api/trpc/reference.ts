import { type ApiReference, describeApi } from "../../vod/reference/describe-actions.ts";
import { router, viewer } from "../trpc.ts";

/** It changes with the release alone. */
let described: ApiReference | null = null;

export const referenceRouter = router({
  api: viewer.query((): ApiReference => {
    described ??= describeApi();
    return described;
  }),
});
