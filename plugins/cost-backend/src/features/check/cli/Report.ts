import {
  CHECK_SEVERITIES,
  CheckFinding,
  CheckSeverity,
  ClusterCheckEvent,
} from '@headroom/common';

const WIDTH = 80;
const INDENT = '    ';

const SIGNS: Record<CheckSeverity, { sign: string; title: string }> = {
  wrong: { sign: '✗', title: 'Wrong' },
  missing: { sign: '○', title: 'Missing' },
  note: { sign: 'i', title: 'Worth knowing' },
  right: { sign: '✓', title: 'Right' },
};

const COLOURS: Record<CheckSeverity, string> = {
  wrong: '31',
  missing: '33',
  note: '36',
  right: '32',
};

/** A check as text, the worst first. @internal */
export class Report {
  readonly #findings: CheckFinding[] = [];
  readonly #colours: boolean;
  #failure: string | undefined;
  #title = '';

  static create(options: { colours: boolean }): Report {
    return new Report(options.colours);
  }

  private constructor(colours: boolean) {
    this.#colours = colours;
  }

  /** A line about what goes on, if there is one to show. */
  take(event: ClusterCheckEvent): string | undefined {
    switch (event.type) {
      case 'started':
        this.#title = `${event.title} (${event.cluster}), read by ${
          event.source
        }${event.simulated ? ', a simulation' : ''}`;
        return undefined;
      case 'asking':
        return `  ${event.question}`;
      case 'finding':
        this.#findings.push(event.finding);
        return undefined;
      case 'failed':
        this.#failure = event.message;
        return undefined;
      default:
        return undefined;
    }
  }

  /** 0 = nothing is missing or wrong, 1 = something is, 2 = the check failed. */
  get exitCode(): 0 | 1 | 2 {
    if (this.#failure) {
      return 2;
    }
    return this.#findings.some(({ severity }) =>
      ['wrong', 'missing'].includes(severity),
    )
      ? 1
      : 0;
  }

  toString(): string {
    const lines = [this.#title, ''];
    for (const severity of CHECK_SEVERITIES) {
      const found = this.#findings.filter(each => each.severity === severity);
      if (found.length > 0) {
        const { title } = SIGNS[severity];
        lines.push(this.#colour(severity, `${title} (${found.length})`), '');
        // Those that ask for something have room around them.
        const apart = severity === 'right' ? [] : [''];
        lines.push(
          ...found.flatMap(finding => [...this.#lines(finding), ...apart]),
          ...(apart.length > 0 ? [] : ['']),
        );
      }
    }
    if (this.#failure) {
      lines.push(...wrap(this.#failure, ''), '');
    }
    return lines.join('\n');
  }

  #lines({ severity, sentence, effect, mend }: CheckFinding): string[] {
    const [first, ...more] = wrap(sentence, INDENT);
    const sign = this.#colour(severity, SIGNS[severity].sign);
    return [
      `  ${sign} ${first.trimStart()}`,
      ...more,
      ...(effect ? wrap(effect, INDENT) : []),
      ...(mend
        ? [
            ...wrap(`→ ${mend.where}:`, INDENT),
            ...mend.line.split('\n').map(line => `${INDENT}    ${line}`),
          ]
        : []),
    ];
  }

  #colour(severity: CheckSeverity, text: string): string {
    return this.#colours
      ? `\u001b[${COLOURS[severity]}m${text}\u001b[0m`
      : text;
  }
}

/** Breaks at spaces; a longer word has a line of its own. */
function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, indent + line];
}
