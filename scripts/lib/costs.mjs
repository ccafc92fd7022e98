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
  const deadline = Date.now() + limitMs;
  while (!signal.aborted && Date.now() < deadline) {
    const clusters = await readClusters(backend);
    if (clusters && clusters.every(enough)) return true;
    await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
  }
  return false;
}

async function readClusters(backend) {
  try {
    const guest = await getJson(`${backend}/api/auth/guest/refresh`);
    const sources = await getJson(
      `${backend}/api/cost/v1/sources`,
      guest.backstageIdentity.token,
    );
    return sources.clusters;
  } catch {
    return undefined; // not yet, or not for guests
  }
}

async function getJson(url, token) {
  const response = await fetch(url, {
    headers: {
      'X-Requested-With': 'XMLHttpRequest',
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}
