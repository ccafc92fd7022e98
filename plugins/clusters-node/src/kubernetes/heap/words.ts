import { Container } from '../objects';

/** One word of a command line or of a variable that holds options. */
export interface Word {
  text: string;
  /** Where it stands: a variable's name, or `args`. */
  from: string;
}

function wordsIn(text: string, from: string): Word[] {
  return text
    .split(/\s+/)
    .map(word => word.replace(/^["']+|["']+$/g, ''))
    .filter(Boolean)
    .map(word => ({ text: word, from }));
}

/** Words of command and arguments; a shell's script is split as well. @internal */
export function commandWords({ command = [], args = [] }: Container): Word[] {
  return [...command, ...args].flatMap(part => wordsIn(part, 'args'));
}

/** Words of one variable; none when it is not set to a text in the spec. @internal */
export function variableWords({ env = [] }: Container, name: string): Word[] {
  // Of a variable that is given twice, the last one counts.
  const found = env.filter(variable => variable.name === name).at(-1);
  return wordsIn(found?.value ?? '', name);
}

/** How evidence is written: `JAVA_TOOL_OPTIONS=-Xmx2g`, `args -Xmx2g`. @internal */
export function evidenceOf({ from }: Word, option: string): string {
  return from === 'args' ? `args ${option}` : `${from}=${option}`;
}

/**
 * The last option of the form `name<separator>value`, or `name value` in two
 * words, whose value matches.
 *
 * @internal
 */
export function lastOption(
  words: Word[],
  names: string[],
  value: RegExp,
): { option: string; value: string; word: Word } | undefined {
  let found: { option: string; value: string; word: Word } | undefined;
  words.forEach((word, index) => {
    for (const name of names) {
      const joined = word.text.startsWith(`${name}=`);
      const text = joined
        ? word.text.slice(name.length + 1)
        : words[index + 1]?.text;
      if ((joined || word.text === name) && text && value.test(text)) {
        const option = joined ? word.text : `${name} ${text}`;
        found = { option, value: text, word };
      }
    }
  });
  return found;
}

/** Last part of the image's repository: `ghcr.io/x/eclipse-temurin:21@sha256:…` → `eclipse-temurin`. @internal */
export function imageName({ image = '' }: Container): string {
  return image.split('@')[0].split('/').at(-1)!.split(':')[0];
}

/** Name of the program that the command starts, where the spec says it. @internal */
export function programName({
  command = [],
  args = [],
}: Container): string | undefined {
  return (command[0] ?? args[0])?.split('/').at(-1);
}
