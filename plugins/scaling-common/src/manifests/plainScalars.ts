import { Json } from '@headroom/common';
import { Document, visit } from 'yaml';
import { YamlSurprise } from './ManifestObject';

/** What a plain scalar of a file is to the tools of Kubernetes. */
export interface PlainScalar {
  value: Json;
  /** Where other readers take it for something else. */
  surprise?: Pick<YamlSurprise, 'readAs' | 'type'>;
}

/**
 * Reads a plain scalar as the YAML reader of kubectl, kustomize and Helm does, which
 * knows booleans and octals of YAML 1.1, and says where readers differ.
 *
 * Source: YAML 1.1 types bool, int, float and timestamp; go-yaml 2 `resolve.go`.
 *
 * @returns undefined where all readers agree
 */
export function readPlainScalar(written: string): PlainScalar | undefined {
  if (/^(yes|Yes|YES|on|On|ON)$/.test(written)) {
    return { value: true, surprise: { readAs: 'true', type: 'boolean' } };
  }
  if (/^(no|No|NO|off|Off|OFF)$/.test(written)) {
    return { value: false, surprise: { readAs: 'false', type: 'boolean' } };
  }
  if (/^[yYnN]$/.test(written)) {
    const readAs = String(/y/i.test(written));
    return { value: written, surprise: { readAs, type: 'boolean' } };
  }
  if (/^[-+]?0[0-7_]+$/.test(written)) {
    const value = signed(written, digits => parseInt(digits, 8));
    return { value, surprise: { readAs: String(value), type: 'number' } };
  }
  if (/^[-+]?0b[01_]+$/.test(written)) {
    const value = signed(written, digits => parseInt(digits.slice(2), 2));
    return { value, surprise: { readAs: String(value), type: 'number' } };
  }
  if (/^[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/.test(written)) {
    const value = signed(written, digits =>
      digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0),
    );
    return {
      value: written,
      surprise: { readAs: String(value), type: 'number' },
    };
  }
  if (/^[-+]?[1-9][0-9]*_[0-9_]*$/.test(written)) {
    const value = signed(written, Number);
    return { value, surprise: { readAs: String(value), type: 'number' } };
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(written)) {
    return {
      value: written,
      surprise: { readAs: `${written}T00:00:00Z`, type: 'date' },
    };
  }
  return undefined;
}

/**
 * Numbers that are none in JSON, such as `1e400` and `.inf`, stay the text that is
 * written, as a reader of 64 bits takes what is out of its range for a text.
 *
 * Source: go-yaml 2 `resolve.go`, where `ParseFloat` fails.
 */
export function keepUnbounded(document: Document): void {
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'number' && !Number.isFinite(node.value)) {
        node.value = node.source;
      }
    },
  });
}

function signed(written: string, read: (digits: string) => number): number {
  const digits = written.replace(/^[-+]/, '').replaceAll('_', '');
  return written.startsWith('-') ? -read(digits) : read(digits);
}
