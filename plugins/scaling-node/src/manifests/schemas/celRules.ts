import { Environment, ParseResult } from '@marcbachmann/cel-js';
import { goRegExp } from './goRegExp';

/** A rule of a schema: `x-kubernetes-validations`. */
export interface CelRule {
  rule: string;
  message?: string;
  messageExpression?: string;
}

/** A rule that can be asked, or why it can't. */
export type CompiledRule =
  | { rule: CelRule; broken?: undefined; holds(self: unknown): boolean }
  | { rule: CelRule; broken: string };

/**
 * What Kubernetes adds to CEL, as far as rules of custom resources use it.
 * https://kubernetes.io/docs/reference/using-api/cel/
 */
function environment(): Environment {
  return new Environment({ unlistedVariablesAreDyn: true })
    .registerFunction('string.find(string): string', (text, pattern) => {
      return goRegExp(pattern as string).exec(text as string)?.[0] ?? '';
    })
    .registerFunction('string.findAll(string): list', (text, pattern) => {
      return (text as string).match(goRegExp(pattern as string, 'g')) ?? [];
    })
    .registerFunction('isURL(string): bool', text =>
      URL.canParse(text as string),
    )
    .registerFunction('isIP(string): bool', text => isIp(text as string))
    .registerFunction('isCIDR(string): bool', text => {
      const [ip, bits, ...more] = (text as string).split('/');
      return (
        isIp(ip) &&
        more.length === 0 &&
        /^\d{1,3}$/.test(bits ?? '') &&
        Number(bits) <= (ip.includes(':') ? 128 : 32)
      );
    })
    .registerFunction('isQuantity(string): bool', text =>
      /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(
        text as string,
      ),
    );
}

function isIp(text: string): boolean {
  const v4 = text.split('.');
  return v4.length === 4
    ? v4.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
    : text.includes(':') && URL.canParse(`http://[${text}]`);
}

const cel = environment();

/** Rules that compare with what was before are asked by an API server at an update. */
export function isTransition({ rule }: CelRule): boolean {
  return /\boldSelf\b/.test(rule);
}

/** @param named - what the rule is called where it can't be asked */
export function compileRule(rule: CelRule): CompiledRule {
  let parsed: ParseResult;
  try {
    parsed = cel.parse(rule.rule);
  } catch (error) {
    return { rule, broken: firstLine(error) };
  }
  return {
    rule,
    holds: self => parsed({ self: toCel(self) }) === true,
  };
}

export function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0];
}

/** Whole numbers are `int` in CEL, which are bigints here. */
function toCel(value: unknown): unknown {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? BigInt(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map(toCel);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, toCel(each)]),
      )
    : value;
}
