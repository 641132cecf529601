/** How an argument array would be typed into a POSIX shell: for reading and for pasting, never for running from here. */
const PLAIN = /^[\w@%+=:,./-]+$/;

function quote(argument: string): string {
  return PLAIN.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

export function shellLine(argv: readonly string[]): string {
  return argv.map(quote).join(" ");
}

/** The same command with one option and its values to a line. */
export function shellLines(argv: readonly string[]): string {
  return optionLines(argv).join(" \\\n  ");
}

/** The program, and each option with its values. */
export function optionLines(argv: readonly string[]): string[] {
  const lines: string[] = [];
  for (const [index, argument] of argv.entries()) {
    const last = lines.at(-1);
    if (last === undefined || (index > 0 && isOption(argument))) lines.push(quote(argument));
    else lines[lines.length - 1] = `${last} ${quote(argument)}`;
  }
  return lines;
}

/** `-i`, `-filter_complex`; not `-1` and not the lone `-` that means standard output. */
function isOption(argument: string): boolean {
  return /^-[a-z]/i.test(argument);
}
