"use client";
import { useEffect, useRef } from "react";
import { COMMAND_FENCE } from "#domain/ffmpeg/argv.ts";
import { optionLines, shellLine } from "../../../_lib/shell-quote.ts";
import { classes } from "../../../_ui/classes.ts";
import { CopyText } from "../../../_ui/copy-text.tsx";

interface CommandLinesProps {
  title: string;
  argv: readonly string[];
  /** What it was before the last change: a line that was not in it stands out. Null: nothing has changed yet. */
  before: readonly string[] | null;
}

const CHANGED = "rounded-sm bg-warning-soft text-warning-text";

/** Of every command, so nobody looks for what changed among them. */
const ALWAYS = new Set(optionLines(["ffmpeg", ...COMMAND_FENCE]).slice(1));

/** A command with a line per option; copied as the one line that would be run. */
export function CommandLines({ title, argv, before }: CommandLinesProps) {
  const known = before === null ? null : new Set(optionLines(before));
  const lines = optionLines(argv);
  const text = useRef<HTMLPreElement>(null);
  const shown = lines.join("\n");
  useEffect(() => {
    if (shown === "") return;
    const changed = text.current?.querySelector("mark");
    // Within its own box: the page stays where the typing is.
    if (text.current && changed) text.current.scrollTop = Math.max(0, changed.offsetTop - text.current.offsetTop - 40);
  }, [shown]);
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-0.5 pr-1 pl-3">
        <span className="text-xs text-muted">{title}</span>
        <CopyText text={shellLine(argv)} />
      </figcaption>
      <pre
        ref={text}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="max-h-[max(18rem,calc(100vh-20rem))] overflow-auto px-3 py-2 font-mono text-xs leading-5"
      >
        {lines.map((line, index) => {
          const changed = known !== null && !known.has(line);
          const Tag = changed ? "mark" : "span";
          return (
            // One option may stand in a command several times, word for word.
            <Tag
              key={`${index} ${line}`}
              className={classes(
                "block pl-2 -indent-2",
                index > 0 && "ml-2",
                ALWAYS.has(line) && "text-faint",
                changed && CHANGED,
              )}
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
