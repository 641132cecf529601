import type { ReactNode } from "react";

export interface EmptyStateProps {
  icon: ReactNode;
  title: ReactNode;
  text?: ReactNode;
  actions?: ReactNode;
}

export function EmptyState({ icon, title, text, actions }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-14 text-center">
      <span className="flex size-11 items-center justify-center rounded-xl border border-line bg-surface text-muted shadow-raised [&>svg]:size-5">
        {icon}
      </span>
      <h2 className="mt-4 text-sm font-semibold">{title}</h2>
      {text !== undefined && <p className="mt-1 max-w-md text-ui text-balance text-muted">{text}</p>}
      {actions !== undefined && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
