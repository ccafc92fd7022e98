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

const linesOf = text => text?.split('\n') ?? [];

/** A line whatever the order in it of the members of a union. */
const inAnyOrder = line =>
  line
    .split(/[\s|;]+/)
    .sort()
    .join(' ');

/** The lines of a text that another has not, or not as often. */
function missing(text, other) {
  const left = new Map();
  for (const line of linesOf(other).map(inAnyOrder)) {
    left.set(line, (left.get(line) ?? 0) + 1);
  }
  return linesOf(text).filter(line => {
    const key = inAnyOrder(line);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
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
