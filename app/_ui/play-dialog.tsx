"use client";
import { Dialog } from "./dialog.tsx";
import { Player, type PlayerSource } from "./player.tsx";

export interface PlayDialogProps {
  title: string;
  source: PlayerSource;
  onClose: () => void;
}

export function PlayDialog({ title, source, onClose }: PlayDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={title} size={source.kind === "audio" ? "md" : "xl"}>
      <Player source={source} autoPlay />
    </Dialog>
  );
}
