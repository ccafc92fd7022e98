/** `a`, `a and b`, `a, b and c`; `a, b, c and 4 more` of many. */
export function listText(names: string[], most = 5): string {
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  return all.length < 2
    ? all.join('')
    : `${all.slice(0, -1).join(', ')} and ${all[all.length - 1]}`;
}

/** `1 node`, `2 nodes`. */
export function countText(count: number, noun: string): string {
  const digits = Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return `${digits} ${noun}${count === 1 ? '' : 's'}`;
}
