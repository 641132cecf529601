import type { ReactNode } from "react";
import { Card } from "../../../_ui/card.tsx";

export function UploadSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card title={title} padding="flush">
      <ul className="divide-y divide-line">{children}</ul>
    </Card>
  );
}
