"use client";
import { optionLines, shellLine } from "../../../_lib/shell-quote.ts";
import { classes } from "../../../_ui/classes.ts";
import { CopyText } from "../../../_ui/copy-text.tsx";

interface CommandLinesProps {
  title: string;
  argv: readonly string[];
  /** What it was before the last change: a line that was not in it stands out. Null: nothing has changed yet. */
  before: readonly string[] | null;
}

/** A command with a line per option; copied as the one line that would be run. */
export function CommandLines({ title, argv, before }: CommandLinesProps) {
  const known = before === null ? null : new Set(optionLines(before));
  const lines = optionLines(argv);
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-0.5 pr-1 pl-3">
        <span className="text-xs text-muted">{title}</span>
        <CopyText text={shellLine(argv)} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0} className="max-h-[26rem] overflow-auto px-3 py-2 font-mono text-xs leading-5">
        {lines.map((line, index) => {
          const changed = known !== null && !known.has(line);
          const Tag = changed ? "mark" : "span";
          return (
            // One option may stand in a command several times, word for word.
            <Tag
              key={`${index} ${line}`}
              className={classes("block pl-2 -indent-2", index > 0 && "ml-2", changed && CHANGED)}
            >
              {line}
              {index < lines.length - 1 && " \\"}
            </Tag>
          );
        })}
      </pre>
    </figure>
  );
}

const CHANGED = "rounded-sm bg-warning-soft text-warning-text";
