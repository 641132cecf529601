import { z } from "zod";
import { openContentKey } from "../../content-keys/open-content-key.ts";
import { ok } from "../../domain/result.ts";
import { action } from "../action.ts";

/** For a key server of the caller's own. `Edk` is the id of the key, as the playlists of an encrypted output name it. */
export const describeDrmDataKey = action({
  name: "DescribeDrmDataKey",
  request: z.object({ EdkList: z.array(z.string().min(1).max(256)).min(1).max(10) }),
  handle: async ({ db, env, applicationId }, { EdkList }) => {
    const KeyList: { Edk: string; Dk: string }[] = [];
    for (const Edk of EdkList) {
      const key = await openContentKey(db, env.SECRET_KEY, { id: Edk, applicationId });
      if (!key.ok) return key;
      KeyList.push({ Edk, Dk: key.value.toString("base64") });
    }
    return ok({ KeyList });
  },
});
