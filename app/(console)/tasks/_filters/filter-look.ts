/** Of a filter that narrows the list: it must be seen, and it is why a task is missing. */
export const FILTER_ON = "border-accent/50! bg-accent-soft! text-accent-text!";
