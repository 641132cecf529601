"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Clapperboard, LayoutTemplate, ListVideo, Plus, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMay } from "../../../_lib/me.tsx";
import { routes } from "../../../_lib/routes.ts";
import { useTRPC } from "../../../_lib/trpc.tsx";
import { useFailureMessage } from "../../../_lib/use-failure-message.ts";
import { Button, ButtonLink } from "../../../_ui/button.tsx";
import { EmptyState } from "../../../_ui/empty-state.tsx";
import type { PickedMedia } from "../_create/media-picker.tsx";

/** The first minutes with an empty system: three ways on, the one that needs nothing first. */
export function FirstSteps({ onCreate }: { onCreate: (media: readonly PickedMedia[]) => void }) {
  const t = useTranslations("tasks.first");
  const mayOperate = useMay("operator");
  const media = useQuery(useTRPC().media.list.queryOptions({ limit: 1 }));
  if (!mayOperate) return <EmptyState icon={<ListVideo />} title={t("title")} text={t("viewerText")} />;
  const newest = media.data?.items ?? [];
  return (
    <section className="rounded-xl border border-line bg-surface px-5 py-8 shadow-raised sm:px-8 sm:py-10">
      <div className="mx-auto max-w-4xl">
        <h2 className="text-base font-semibold">{t("title")}</h2>
        <p className="mt-1 max-w-2xl text-ui text-muted">{t("text")}</p>
        <ol className="mt-6 grid gap-3 md:grid-cols-3">
          {newest.length > 0 ? (
            <Step icon={<Plus />} title={t("create.title")} text={t("create.text")}>
              <Button variant="primary" icon={<Plus />} onClick={() => onCreate(newest)}>
                {t("create.action")}
              </Button>
            </Step>
          ) : (
            <SampleStep />
          )}
          <Step icon={<Upload />} title={t("upload.title")} text={t("upload.text")}>
            <ButtonLink href={routes.upload()} icon={<Upload />}>
              {t("upload.action")}
            </ButtonLink>
          </Step>
          <Step icon={<LayoutTemplate />} title={t("templates.title")} text={t("templates.text")}>
            <ButtonLink href={routes.procedures()} icon={<LayoutTemplate />}>
              {t("templates.action")}
            </ButtonLink>
          </Step>
        </ol>
      </div>
    </section>
  );
}

function Step({ icon, title, text, children }: { icon: ReactNode; title: string; text: string; children: ReactNode }) {
  return (
    <li className="flex flex-col rounded-lg border border-line bg-canvas p-4">
      <span className="flex size-8 items-center justify-center rounded-md bg-accent-soft text-accent-text [&>svg]:size-4">
        {icon}
      </span>
      <h3 className="mt-3 text-sm font-semibold">{title}</h3>
      <p className="mt-1 mb-4 flex-1 text-ui text-muted">{text}</p>
      <div>{children}</div>
    </li>
  );
}

/** Makes a clip with ffmpeg; the page moves on by itself once it is in the library. */
function SampleStep() {
  const t = useTranslations("tasks.first.sample");
  const messageOf = useFailureMessage();
  const sample = useMutation(useTRPC().media.makeSample.mutationOptions());
  return (
    <Step icon={<Clapperboard />} title={t("title")} text={t("text")}>
      <Button
        variant="primary"
        icon={<Clapperboard />}
        busy={sample.isPending || sample.isSuccess}
        onClick={() => sample.mutate()}
      >
        {t(sample.isSuccess ? "making" : "action")}
      </Button>
      <p role="alert" className="mt-2 text-xs text-danger-text empty:hidden">
        {sample.isError ? messageOf(sample.error).text : ""}
      </p>
    </Step>
  );
}
