/** The first letter of a name, whole in any script. */
export function Avatar({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-soft text-ui font-semibold text-accent-text uppercase"
    >
      {[...name.trim()][0] ?? "·"}
    </span>
  );
}
