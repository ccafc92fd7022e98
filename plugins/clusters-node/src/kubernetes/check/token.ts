import {
  DAY_MS,
  WordedFinding,
  wordKubernetesCheck as word,
} from '@headroom/common';
import { z } from 'zod';

/** A token that ends within this many days is reported, before it is forgotten. */
const SOON_DAYS = 30;

const claims = z.object({ exp: z.number().positive().max(8_640_000_000_000) });

/**
 * A token that ends: those of `kubectl create token` do after an hour, and a
 * back end that has one by environment variable does not get the next. Of the
 * token nothing but its end is read.
 */
export function checkToken(
  token: string | undefined,
  now: Date,
): WordedFinding[] {
  const end = endOf(token);
  if (!end || end.getTime() - now.getTime() > SOON_DAYS * DAY_MS) {
    return [];
  }
  const over = end.getTime() <= now.getTime();
  return [
    {
      id: 'kubernetes-token',
      severity: over ? 'missing' : 'note',
      sentence: word(over ? 'tokenEnded' : 'tokenEnds', {
        at: end.toISOString().slice(0, 16).replace('T', ' '),
      }),
      effect: word('tokenEffect'),
      mend: {
        where: word('tokenWhere'),
        line: [
          'apiVersion: v1',
          'kind: Secret',
          'type: kubernetes.io/service-account-token',
          'metadata:',
          '  name: headroom-token',
          '  annotations: { kubernetes.io/service-account.name: headroom }',
        ].join('\n'),
      },
    },
  ];
}

function endOf(token: string | undefined): Date | undefined {
  const payload = token?.split('.')[1];
  if (!payload) {
    return undefined;
  }
  try {
    const parsed = claims.safeParse(
      JSON.parse(Buffer.from(payload, 'base64url').toString()),
    );
    return parsed.data && new Date(parsed.data.exp * 1000);
  } catch {
    return undefined;
  }
}
