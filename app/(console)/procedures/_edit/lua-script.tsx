"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { FACT_NAMES } from "#domain/condition.ts";
import { STEP_KINDS } from "#domain/operations/operation.ts";
import { useFieldSentence } from "../../../_lib/field-sentences.ts";
import { useTRPCClient } from "../../../_lib/trpc.tsx";
import { useDebounced } from "../../../_lib/use-debounced.ts";
import { CodeEditor } from "../../../_ui/code-editor.tsx";

const TYPING_MS = 400;

interface LuaScriptProps {
  text: string;
  onChange: (text: string) => void;
}

/** A script, checked by the server while it is typed, and beside it what it has to hand. */
export function LuaScript({ text, onChange }: LuaScriptProps) {
  const t = useTranslations("procedures.script");
  const client = useTRPCClient();
  const sentenceOf = useFieldSentence();
  const settled = useDebounced(text, TYPING_MS);
  const checked = useQuery({
    queryKey: ["procedureText", settled],
    // Said to be a script, so that half of one is not taken for something else.
    queryFn: () => client.procedures.validate.mutate({ text: JSON.stringify({ lua: settled }) }),
    enabled: settled.trim() !== "",
    staleTime: 10_000,
  });
  const faults = settled === text ? (checked.data?.faults ?? []) : [];
  return (
    <div className="flex flex-col gap-3">
      <CodeEditor
        language="lua"
        label={t("label")}
        value={text}
        onChange={onChange}
        diagnostics={faults.map(({ line, column, path, reason, values }) => ({
          ...{ line, column },
          message: sentenceOf({ path, message: reason, values }),
        }))}
      />
      <details className="rounded-lg border border-line px-3 py-2 text-xs text-muted">
        <summary className="cursor-pointer text-ui font-medium text-ink">{t("help")}</summary>
        <div className="mt-2 flex flex-col gap-2">
          <p>{t("helpText")}</p>
          <p>
            {t("helpSteps")}{" "}
            {STEP_KINDS.map((kind) => (
              <code key={kind} className="mr-1.5 font-mono">
                {kind.replaceAll("-", "_")}(…)
              </code>
            ))}
          </p>
          <p>
            {t("helpFacts")}{" "}
            {FACT_NAMES.map((name) => (
              <code key={name} className="mr-1.5 font-mono">
                media.{name}
              </code>
            ))}
          </p>
          <p>{t("helpLimits")}</p>
        </div>
      </details>
    </div>
  );
}

/** What a new script begins with. */
export const FIRST_SCRIPT = `-- Renditions up to the size of the media, and a preview of long ones.
local steps = { cover(10) }
local function add(step) steps[#steps + 1] = step end
local height = media.shortSidePx or 0

if height >= 360 then add(transcode(100010)) end
if height >= 720 then add(transcode(100030)) end
if height >= 1080 then add(transcode(100040)) end
if media.durationSeconds > 60 then add(sprite(10)) end
return steps
`;
