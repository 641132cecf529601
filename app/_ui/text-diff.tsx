import { useTranslations } from "next-intl";
import { classes } from "./classes.ts";
import { type DiffLine, diffLines } from "./diff-lines.ts";

interface TextDiffProps {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
}

const MARKS = { same: " ", gone: "−", new: "+" } as const;
const TONES: Record<DiffLine["is"], string> = {
  same: "text-muted",
  gone: "bg-danger-soft text-danger-text",
  new: "bg-success-soft text-success-text",
};

/** Two texts in one, line by line; each line says in words, too, which of the two it is of. */
export function TextDiff({ before, after, beforeLabel, afterLabel }: TextDiffProps) {
  const t = useTranslations("common.diff");
  const lines = diffLines(before, after);
  if (lines.every(({ is }) => is === "same")) return <p className="text-ui text-muted">{t("none")}</p>;
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 flex flex-wrap gap-x-4 text-xs text-muted">
        <span>
          <span className="font-mono text-danger-text">−</span> {beforeLabel}
        </span>
        <span>
          <span className="font-mono text-success-text">+</span> {afterLabel}
        </span>
      </figcaption>
      <pre className="max-h-96 overflow-auto rounded-lg border border-line py-1.5 font-mono text-xs leading-5">
        {lines.map(({ is, text }, index) => (
          <span key={index} className={classes("block w-max min-w-full px-3", TONES[is])}>
            <span aria-hidden>{MARKS[is]} </span>
            {is !== "same" && <span className="sr-only">{is === "gone" ? beforeLabel : afterLabel}: </span>}
            {text}
          </span>
        ))}
      </pre>
    </figure>
  );
}
