const PART = '[^\\s:/]+';
const FORM = new RegExp(`^${PART}:(${PART}/)?${PART}$`);

/**
 * Whether a text has the form of a reference with its kind, `kind:namespace/name` or
 * `kind:name`. The catalog's own reader takes `bad::ref` for one of the name `:ref`,
 * which no entity has.
 */
export function isEntityRef(text: string): boolean {
  return FORM.test(text);
}
