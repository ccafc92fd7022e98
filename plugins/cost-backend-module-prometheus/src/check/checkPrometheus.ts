import { Saying, Worded } from '@headroom/common';
import { EndpointError } from '@headroom/plugin-clusters-node';
import { wordPrometheusCheck as word } from '@headroom/plugin-cost-common';
import { CheckStep } from '@headroom/plugin-cost-node';
import { Checker } from './Checker';
import { findPath } from './findPath';
import { PrometheusCheck } from './PrometheusCheck';
import { found } from './steps';

/**
 * Asks a Prometheus what it has of a cluster, in some 16 questions whose answers
 * are small: counts and single series at one time.
 *
 * @internal
 */
export async function* checkPrometheus(
  check: PrometheusCheck,
): AsyncGenerator<CheckStep> {
  try {
    yield* new Checker(check).run();
  } catch (error) {
    if (!(error instanceof EndpointError)) {
      throw error;
    }
    const path = await findPath(check, error);
    yield unanswered(error, path);
  }
}

function unanswered(
  { said, line }: EndpointError,
  path: string | undefined,
): CheckStep {
  // A path that was only guessed was tried by now.
  const guess = line?.startsWith('url: ') ? undefined : line;
  const mend = path ? `url: …${path} # the rest as it is` : guess;
  return found({
    id: 'unanswered',
    severity: 'wrong',
    sentence: wordUnanswered(said, path),
    effect: word('noCostsYet'),
    ...(mend && {
      mend: {
        where: word('whereItSays'),
        line: mend,
      },
    }),
  });
}

function wordUnanswered(
  said: string | Worded,
  path: string | undefined,
): Saying {
  if (path === undefined) {
    return said;
  }
  return word('unansweredBut', {
    failure: said,
    there: path ? word('answersBelow', { path }) : word('answersWithout'),
  });
}
