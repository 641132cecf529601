"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { type FailureMessage, useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { notify } from "../../../_ui/notify.tsx";
import type { GoodClip, Purpose } from "./edit-page.tsx";
import { pictureOf, type Settings } from "./edit-settings.tsx";

interface StartEdit {
  begin: (clips: readonly GoodClip[], settings: Settings) => void;
  busy: boolean;
  failure: FailureMessage | null;
}

/** Makes the task, and goes to it. */
export function useStartEdit(purpose: Purpose): StartEdit {
  const t = useTranslations("edit");
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const messageOf = useFailureMessage();
  const onSuccess = ({ taskId }: { taskId: string }) => {
    notify.success(t(`${purpose}.done`));
    router.push(routes.task(taskId));
    return queries.invalidateQueries(trpc.tasks.list.pathFilter());
  };
  const join = useMutation(trpc.media.edit.mutationOptions({ onSuccess }));
  const split = useMutation(trpc.media.split.mutationOptions({ onSuccess }));
  const { error, isPending } = purpose === "join" ? join : split;

  const begin = (clips: readonly GoodClip[], settings: Settings) => {
    const { cutMode, procedureName } = settings;
    const priority = settings.priority ?? 0;
    const [first] = clips;
    if (first === undefined) return;
    if (purpose === "join") {
      const result = { name: settings.name.trim(), procedureName };
      const taken = clips.map(({ mediaId, ...clip }) => ({ mediaId, ...offsetsOf(clip) }));
      join.mutate({ edit: { clips: taken, cutMode, ...pictureOf(settings), result }, priority });
    } else {
      const segments = clips.map(({ name, ...clip }) => ({
        ...offsetsOf(clip),
        result: { name: name.trim(), procedureName },
      }));
      split.mutate({ split: { mediaId: first.mediaId, cutMode, segments }, priority });
    }
  };
  return { begin, busy: isPending, failure: error === null ? null : messageOf(error) };
}

function offsetsOf({
  startOffsetSeconds,
  endOffsetSeconds,
}: Pick<GoodClip, "startOffsetSeconds" | "endOffsetSeconds">) {
  return { startOffsetSeconds, endOffsetSeconds };
}
