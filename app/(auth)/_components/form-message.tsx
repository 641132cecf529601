import { CircleAlert } from "lucide-react";

/** What is wrong with a form as a whole. Announced when it appears, which takes an element that was there before. */
export function FormMessage({ text }: { text: string | null }) {
  return (
    // Out of the flow while empty, so that the form leaves no gap for it.
    <div role="alert" className="empty:absolute">
      {text !== null && (
        <p className="flex items-start gap-2 rounded-md bg-danger-soft px-3 py-2 text-ui text-danger-text">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          {text}
        </p>
      )}
    </div>
  );
}
