import { CircleAlert } from "lucide-react";

/** What is wrong with a form as a whole; announced when it appears. */
export function FormMessage({ text }: { text: string | null }) {
  return (
    <div role="alert">
      {text !== null && (
        <p className="flex items-start gap-2 rounded-md bg-danger-soft px-3 py-2 text-ui text-danger-text">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          {text}
        </p>
      )}
    </div>
  );
}
