/** Another one when the same export is read as something else than before. */
const READING = 1;

/** What is kept of a delivery depends on the tags that were asked for, too. */
export class BillVersion {
  readonly #asked: string;

  static create(options: { tags: readonly string[] }) {
    return new BillVersion(options.tags);
  }

  private constructor(tags: readonly string[]) {
    this.#asked = ` ${READING} ${JSON.stringify(tags)}`;
  }

  /** The version of what is kept of a delivery. */
  ofKept(version: string): string {
    return `${version}${this.#asked}`;
  }

  /** The version the source gave it; `undefined` when something else was asked then. */
  ofSource(kept: string): string | undefined {
    return kept.endsWith(this.#asked)
      ? kept.slice(0, -this.#asked.length)
      : undefined;
  }
}
