"use client";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import type { OutputRow } from "#server/api/rows.ts";
import { ButtonAnchor } from "../../../_ui/button.tsx";
import { Dialog } from "../../../_ui/dialog.tsx";
import { Lightbox } from "../../../_ui/lightbox.tsx";
import { PlayDialog } from "../../../_ui/play-dialog.tsx";
import { ReportView } from "../_report/report-view.tsx";
import { useOutputFacts } from "./media-facts.ts";
import { playerSourceOf, viewOf } from "./output-kinds.ts";
import { SpriteView } from "./sprite-view.tsx";
import { TextView } from "./text-view.tsx";

interface OutputDialogProps {
  /** All of a subtask's, so that pictures can be paged through and a sprite finds its cues. */
  outputs: readonly OutputRow[];
  /** Which one to show; the first by default. */
  shown?: OutputRow;
  /** Of which they were made. */
  mediaId: string;
  onClose: () => void;
}

export function OutputDialog({ outputs, shown = outputs[0], mediaId, onClose }: OutputDialogProps) {
  const t = useTranslations("report");
  const factsOf = useOutputFacts();
  if (shown === undefined) return null;
  switch (viewOf(shown)) {
    case "play":
      return <PlayDialog title={shown.name} source={playerSourceOf(shown)} onClose={onClose} />;
    case "picture": {
      const pictures = outputs.filter((output) => viewOf(output) === "picture");
      const images = pictures.map(({ id, url, downloadUrl, name, facts }) => ({
        id,
        url,
        downloadUrl,
        title: name,
        text: factsOf(facts).join(" · "),
      }));
      return <Lightbox images={images} start={Math.max(0, pictures.indexOf(shown))} onClose={onClose} />;
    }
    case "sheet":
      return (
        <Dialog open onOpenChange={(open) => open || onClose()} title={shown.name} size="xl">
          <SpriteView outputs={outputs} />
        </Dialog>
      );
    case "text":
      return (
        <Dialog open onOpenChange={(open) => open || onClose()} title={shown.name} size="lg">
          <TextView url={shown.url} />
        </Dialog>
      );
    case "report":
      return (
        <Dialog
          open
          onOpenChange={(open) => open || onClose()}
          title={t("title")}
          size="xl"
          footer={
            <ButtonAnchor icon={<Download />} href={shown.downloadUrl} download>
              {t("download")}
            </ButtonAnchor>
          }
        >
          <ReportView shown={shown} outputs={outputs} mediaId={mediaId} />
        </Dialog>
      );
    case "none":
      return null;
  }
}
