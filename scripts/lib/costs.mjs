const PAUSE_MS = 1000;

/**
 * Waits until the clusters of a portal that guests may enter have costs to
 * show.
 *
 * @param {string} backend base URL
 * @param {{ whole: boolean, limitMs: number, signal: AbortSignal }} options
 *   `whole`: the back-fill has to be finished, not just begun
 * @returns {Promise<boolean>} false when that wasn't so in time
 */
export async function untilCosts(backend, { whole, limitMs, signal }) {
  const enough = cluster =>
    Boolean(cluster.lastHour) &&
    (!whole || cluster.backfill?.finished !== false);
  let token;
  const deadline = Date.now() + limitMs;
  while (!signal.aborted && Date.now() < deadline) {
    token ??= await guestToken(backend);
    const clusters = token && (await readClusters(backend, token));
    if (clusters && clusters.every(enough)) return true;
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
  return false;
}

async function guestToken(backend) {
  const guest = await getJson(`${backend}/api/auth/guest/refresh`);
  return guest?.backstageIdentity.token;
}

async function readClusters(backend, token) {
  const sources = await getJson(`${backend}/api/cost/v1/sources`, token);
  return sources?.clusters;
}

/** The answer, or undefined: not yet, or not for guests. */
async function getJson(url, token) {
  try {
    const response = await fetch(url, {
      headers: {
        'X-Requested-With': 'XMLHttpRequest',
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      signal: AbortSignal.timeout(30_000),
    });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
