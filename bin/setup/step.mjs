/** Says what is being done, and afterwards how long it took. Plain JavaScript: the first steps run before any package is there. */
const isTerminal = process.stdout.isTTY === true;
const TICK_MS = isTerminal ? 1_000 : 15_000;

/**
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAt = Date.now();
  if (isTerminal) process.stdout.write(`  … ${title}`);
  else console.log(`  … ${title}`);
  const ticking = setInterval(() => {
    const line = `  … ${title}  ${secondsSince(startedAt)}`;
    if (isTerminal) process.stdout.write(`\r${line}`);
    else console.log(line);
  }, TICK_MS);
  try {
    const result = await work();
    end("✓");
    return result;
  } catch (error) {
    end("✗");
    throw error;
  } finally {
    clearInterval(ticking);
  }

  /** @param {string} mark */
  function end(mark) {
    console.log(`${isTerminal ? "\r" : ""}  ${mark} ${title}  ${secondsSince(startedAt)}`);
  }
}

/** @param {number} startedAt */
export function secondsSince(startedAt) {
  const seconds = (Date.now() - startedAt) / 1_000;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}
