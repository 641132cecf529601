import type { ReactNode } from "react";

export interface PageHeaderProps {
  title: ReactNode;
  text?: ReactNode;
  actions?: ReactNode;
  /** Above the title: the way back. */
  back?: ReactNode;
}

export function PageHeader({ title, text, actions, back }: PageHeaderProps) {
  return (
    <header className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {back !== undefined && <div className="mb-1.5">{back}</div>}
        <h1 className="text-lg leading-7 font-semibold tracking-tight break-words">{title}</h1>
        {text !== undefined && <p className="max-w-2xl text-ui text-muted">{text}</p>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
