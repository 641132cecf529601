/** What the user can put right: shown as it is, without a stack. */
export class Refusal extends Error {}

/** Ends a command: a refusal in its own words, anything else with its stack. */
export function explain(error: unknown): void {
  console.error(`\n${error instanceof Refusal ? error.message : error instanceof Error ? error.stack : error}\n`);
}
