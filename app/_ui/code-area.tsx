"use client";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  defaultHighlightStyle,
  HighlightStyle,
  indentOnInput,
  StreamLanguage,
  syntaxHighlighting,
} from "@codemirror/language";
import { lua } from "@codemirror/legacy-modes/mode/lua";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension, type Text } from "@codemirror/state";
import { highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { EditorView, minimalSetup } from "codemirror";
import { useEffect, useRef } from "react";
import type { CodeDiagnostic, CodeEditorProps } from "./code-editor.tsx";

const LANGUAGES: Record<CodeEditorProps["language"], () => Extension> = {
  json,
  lua: () => StreamLanguage.define(lua),
};

/** CodeMirror names its colours for white paper; ours follow the theme. */
const INKS: Readonly<Record<string, string>> = {
  "#708": "var(--accent-text)",
  "#219": "var(--info-text)",
  "#164": "var(--info-text)",
  "#a11": "var(--success-text)",
  "#e40": "var(--warning-text)",
  "#940": "var(--faint)",
  "#f00": "var(--danger-text)",
};

const inks = HighlightStyle.define(
  defaultHighlightStyle.specs.map(({ color, ...spec }) =>
    color === undefined ? spec : { ...spec, color: INKS[color] ?? "var(--ink)" },
  ),
);

const look = EditorView.theme({
  "&": { fontSize: "12.5px", backgroundColor: "var(--surface)", color: "var(--ink)", maxHeight: "32rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono, ui-monospace, monospace)", lineHeight: "1.6", minHeight: "12rem" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--faint)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--hover)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--accent-soft)",
  },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--accent-soft)",
    outline: "1px solid var(--line-strong)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
  },
});

/** Tab indents; after Escape the editor lets the next one go, and the focus moves on. */
const indenting = keymap.of([
  {
    key: "Tab",
    run: (view) => {
      view.dispatch(view.state.replaceSelection("  "));
      return true;
    },
  },
]);

/** CodeMirror as a controlled input. */
export function CodeArea(props: CodeEditorProps & { describedBy: string }) {
  const { value, onChange, language, diagnostics = [], label, describedBy } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useRef(onChange);
  const first = useRef(value);
  changed.current = onChange;
  const readOnly = onChange === undefined;

  useEffect(() => {
    if (place.current === null) return;
    const editor = new EditorView({
      parent: place.current,
      doc: first.current,
      extensions: [
        ...(readOnly ? [] : [indenting]),
        // Not all that comes with it: panels and buttons would speak English whatever the page does.
        ...[minimalSetup, lineNumbers(), highlightActiveLine(), highlightActiveLineGutter()],
        ...[bracketMatching(), indentOnInput()],
        LANGUAGES[language](),
        syntaxHighlighting(inks),
        look,
        lintGutter(),
        EditorView.lineWrapping,
        EditorState.readOnly.of(readOnly),
        EditorView.contentAttributes.of({
          "aria-label": label,
          ...(readOnly ? {} : { "aria-describedby": describedBy }),
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed.current?.(update.state.doc.toString());
        }),
      ],
    });
    view.current = editor;
    return () => {
      // Whatever builds it anew goes on with what was there.
      first.current = editor.state.doc.toString();
      editor.destroy();
    };
  }, [language, readOnly, label, describedBy]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    const { doc } = editor.state;
    const marks = diagnostics.map((one) => ({
      ...rangeOf(doc, one),
      severity: "error" as const,
      message: one.message,
    }));
    editor.dispatch(setDiagnostics(editor.state, marks));
  }, [diagnostics]);

  return (
    <div
      ref={place}
      className="overflow-hidden rounded-md border border-line-control shadow-raised focus-within:border-accent focus-within:outline-2 focus-within:outline-accent"
    />
  );
}

/** From the place that was said to the end of its word; at the end of the text, what stands before it. */
function rangeOf(doc: Text, { line, column }: CodeDiagnostic): { from: number; to: number } {
  const { from, to, text } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const start = Math.min(from + column - 1, to);
  const word = /^(?:"(?:[^"\\]|\\.)*"|\w+|.)/.exec(text.slice(start - from))?.[0] ?? "";
  return word === "" ? { from: Math.max(from, start - 1), to: start } : { from: start, to: start + word.length };
}
