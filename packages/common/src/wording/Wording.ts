/**
 * Which sentence of a catalogue something says, and what fills its gaps: how a
 * sentence crosses from a rule to a page, which words it in the reader's language.
 *
 * @public
 */
export interface Wording {
  /** `<catalogue>.<sentence>`, e.g. `prometheus.noPodLabels`. */
  key: string;
  /** What fills the gaps; absent where the sentence has none. */
  params?: Record<string, WordingParam>;
}

/**
 * What fills a gap: a name or an amount as it is printed, or words of their own.
 * Quantities are formatted by the rule that says them, with their unit.
 *
 * @public
 */
export type WordingParam = string | number | Wording;

/**
 * What a rule says: the English sentence, for those who read JSON or CSV, and
 * what a page words it from.
 *
 * @public
 */
export interface Worded {
  message: string;
  wording: Wording;
}

/**
 * What a page is told. A source of another author, or a row stored by an earlier
 * version, gives the sentence alone; it is shown as it is.
 *
 * @public
 */
export type Said = { message: string; wording?: Wording };
