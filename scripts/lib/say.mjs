const started = Date.now();

/** One calm line of progress on stderr, with the seconds since the start. */
export function say(message) {
  const seconds = String(Math.round((Date.now() - started) / 1000));
  process.stderr.write(`[${seconds.padStart(3)} s] ${message}\n`);
}

/** Something went wrong that the reader can do something about: the message says what. */
export class Sentence extends Error {}

/** Runs a script's main function; a Sentence is printed as it is, anything else with its stack. */
export async function main(run) {
  try {
    await run();
  } catch (error) {
    const text = error instanceof Sentence ? error.message : error?.stack;
    process.stderr.write(`\n${text ?? error}\n`);
    process.exit(1);
  }
}
