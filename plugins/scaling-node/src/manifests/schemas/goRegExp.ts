/**
 * A pattern as Go writes it. `(?i)`, for the whole of it, is a flag in JavaScript.
 *
 * @throws SyntaxError where JavaScript has no such pattern
 */
export function goRegExp(pattern: string, flags = ''): RegExp {
  const found = /^(\^?)\(\?i\)/.exec(pattern);
  return found
    ? new RegExp(`${found[1]}${pattern.slice(found[0].length)}`, `${flags}i`)
    : new RegExp(pattern, flags);
}
