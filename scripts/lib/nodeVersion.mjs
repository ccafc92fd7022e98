// Keep-alive in these two breaks node-fetch: requests fail with
// ERR_STREAM_PREMATURE_CLOSE (nodejs/node#63989).
const BROKEN = ['22.23.0', '24.17.0'];

/** Whether Headroom runs on this version of Node, e.g. `v24.21.0`. */
export function isSupportedNode(version) {
  const plain = version.replace(/^v/, '');
  const major = Number(plain.split('.')[0]);
  return (major === 22 || major === 24) && !BROKEN.includes(plain);
}

/** Whether npm's own Node can fetch the one that Headroom runs on. */
export function canBootstrap(version) {
  return Number(version.replace(/^v/, '').split('.')[0]) >= 20;
}
