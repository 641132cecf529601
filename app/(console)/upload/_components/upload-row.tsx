import type { ReactNode } from "react";

interface UploadRowShapeProps {
  icon: ReactNode;
  name: string;
  /** Quiet words beside the name: size, procedure. */
  facts: readonly (string | null)[];
  status: ReactNode;
  bar?: ReactNode;
  actions?: ReactNode;
}

/** The shape all uploads share: a name with its facts, how it is going, and what can be done. */
export function UploadRowShape({ icon, name, facts, status, bar, actions }: UploadRowShapeProps) {
  return (
    <li className="px-4 py-3">
      <div className="flex items-start gap-3">
        <span className="flex h-5 items-center [&>svg]:size-4">{icon}</span>
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-baseline gap-x-3">
            <span className="min-w-0 truncate text-ui font-medium" title={name}>
              {name}
            </span>
            <span className="text-xs text-faint">{facts.filter((fact) => fact !== null).join(" · ")}</span>
          </div>
          <div className="text-xs text-muted" role="status">
            {status}
          </div>
          {bar !== undefined && <div className="mt-2">{bar}</div>}
        </div>
        <div className="-my-1 flex shrink-0 items-center gap-1">{actions}</div>
      </div>
    </li>
  );
}
