import { Fragment, type ReactNode } from "react";

interface UploadRowShapeProps {
  icon: ReactNode;
  name: string;
  /** Quiet words beside the name: size, procedure, time. */
  facts: readonly ReactNode[];
  status: ReactNode;
  bar?: ReactNode;
  /** Buttons with words; below the rest where there is no room beside it. */
  links?: ReactNode;
  actions?: ReactNode;
}

/** The shape all uploads share: a name with its facts, how it is going, and what can be done. */
export function UploadRowShape({ icon, name, facts, status, bar, links, actions }: UploadRowShapeProps) {
  const shown = facts.filter((fact) => fact !== null);
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3 px-4 py-3 sm:grid-cols-[auto_minmax(0,1fr)_auto_auto]">
      <span className="flex h-5 items-center [&>svg]:size-4">{icon}</span>
      <div className="min-w-0">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <span className="max-w-full min-w-0 truncate text-ui font-medium" title={name}>
            {name}
          </span>
          <span className="text-xs text-faint">
            {shown.map((fact, index) => (
              <Fragment key={index}>
                {index > 0 && " · "}
                {fact}
              </Fragment>
            ))}
          </span>
        </div>
        <div className="text-xs text-muted" role="status">
          {status}
        </div>
        {bar !== undefined && <div className="mt-2">{bar}</div>}
      </div>
      <div className="-my-1 flex items-center gap-1 sm:col-start-4 sm:row-start-1">{actions}</div>
      <div className="flex items-center gap-1.5 empty:hidden max-sm:col-span-2 max-sm:col-start-2 max-sm:mt-2 sm:col-start-3 sm:row-start-1 sm:-my-1">
        {links}
      </div>
    </li>
  );
}
