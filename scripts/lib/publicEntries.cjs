/**
 * Loaded before backstage-repo-tools: entry points called `testUtils` are for this
 * repository's own benches, peers and tests, so no report of an API is made of
 * them. repo-tools itself can only leave out whole packages.
 */
const Module = require('node:module');

const load = Module._load;

Module._load = function loadPublicEntriesOnly(request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (!/\/getPackageExportDetails\.cjs\.js$/.test(request)) return loaded;
  return {
    ...loaded,
    getPackageExportDetails: pkg =>
      loaded
        .getPackageExportDetails(pkg)
        .filter(({ name }) => name !== 'testUtils'),
  };
};
