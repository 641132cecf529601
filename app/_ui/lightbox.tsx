"use client";
import { ChevronLeft, ChevronRight, Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { IconAnchor, IconButton } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

export interface LightboxImage {
  id: string;
  url: string;
  downloadUrl: string;
  title: string;
  /** Quiet facts under the title. */
  text?: string;
}

export interface LightboxProps {
  images: readonly LightboxImage[];
  /** Which one is shown first. */
  start?: number;
  onClose: () => void;
}

/** One picture at a time, as large as fits; arrow keys turn the pages. */
export function Lightbox({ images, start = 0, onClose }: LightboxProps) {
  const t = useTranslations("common");
  const [index, setIndex] = useState(start);
  const image = images[index];
  if (image === undefined) return null;
  const turn = (by: number) => setIndex((index + by + images.length) % images.length);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") turn(-1);
    if (event.key === "ArrowRight") turn(1);
  };
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={image.title} description={image.text} size="xl">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys only repeat what the buttons below do. */}
      <div onKeyDown={onKeyDown}>
        <div className="flex h-[min(64dvh,40rem)] items-center justify-center overflow-hidden rounded-md bg-sunken">
          <img src={image.url} alt={image.title} className="max-h-full max-w-full object-contain" />
        </div>
        <div className="mt-3 flex items-center justify-between gap-2">
          <span className="text-ui text-muted">{`${index + 1} / ${images.length}`}</span>
          <span className="flex gap-1">
            <IconAnchor label={t("download")} icon={<Download />} href={image.downloadUrl} download />
            {images.length > 1 && (
              <>
                <IconButton label={t("previous")} icon={<ChevronLeft />} onClick={() => turn(-1)} />
                <IconButton label={t("next")} icon={<ChevronRight />} onClick={() => turn(1)} />
              </>
            )}
          </span>
        </div>
      </div>
    </Dialog>
  );
}
