import fs from 'node:fs';
import path from 'node:path';

const isReport = name => name.endsWith('.api.md');

/**
 * The API reports of all packages below some folders.
 *
 * @param {string[]} folders those that have a folder for each package
 * @returns {Map<string, string>} their texts by file
 */
export function readReports(folders) {
  return new Map(
    folders
      .flatMap(folder =>
        fs.readdirSync(folder).map(name => path.join(folder, name)),
      )
      .filter(folder => fs.statSync(folder).isDirectory())
      .flatMap(folder =>
        fs
          .readdirSync(folder)
          .filter(isReport)
          .map(name => path.join(folder, name)),
      )
      .map(file => [file, fs.readFileSync(file, 'utf8')]),
  );
}

/** A union of a line in any order; what is outside of it keeps its place. */
const UNION = /[^|;:,=<>(){}]+(?:\|[^|;:,=<>(){}]+)+/g;
const inAnyOrder = line =>
  line.trim().replace(UNION, union =>
    union
      .split('|')
      .map(member => member.trim())
      .sort()
      .join(' | '),
  );

/** Lines of a report, each with what it stands in: the same member of another type is another. */
function linesOf(text) {
  const within = [];
  return (text?.split('\n') ?? []).map(line => {
    const key = inAnyOrder(line);
    if (/^[})\]]/.test(key)) within.pop();
    const path = [...within, key].join('\n');
    if (/[{([]$/.test(key)) within.push(key);
    return { line, path };
  });
}

/** The lines of a text that another has not, or not as often. */
function missing(text, other) {
  const left = new Map();
  for (const { path } of linesOf(other)) {
    left.set(path, (left.get(path) ?? 0) + 1);
  }
  return linesOf(text).flatMap(({ line, path }) => {
    const count = left.get(path) ?? 0;
    left.set(path, count - 1);
    return count <= 0 ? [line] : [];
  });
}

/**
 * What two sets of reports differ in, whatever the order of lines and of the
 * members of unions: TypeScript prints keys and members in an order that a
 * change of any other package can move, so the order says nothing.
 *
 * @param {Map<string, string>} before texts by file
 * @param {Map<string, string>} after texts by file
 * @returns {{ file: string, lost: string[], came: string[] }[]} files that differ, with lines
 */
export function comparedReports(before, after) {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map(file => ({
      file,
      lost: missing(before.get(file), after.get(file)),
      came: missing(after.get(file), before.get(file)),
    }))
    .filter(
      ({ file, lost, came }) =>
        before.has(file) !== after.has(file) ||
        lost.length > 0 ||
        came.length > 0,
    );
}
