/**
 * Makes sure that suites find a PostgreSQL that may create databases under
 * HEADROOM_TEST_DATABASE, which `yarn test:peers` sets.
 *
 * @param {string} peer the name of the peer's folder
 */
export function requireDatabase(peer) {
  process.env.HEADROOM_TEST_DATABASE ??=
    process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;
  if (!process.env.HEADROOM_TEST_DATABASE) {
    throw new Error(
      `HEADROOM_TEST_DATABASE is not set: start this with \`yarn test:peers ${peer}\`, or set it to the URL of a PostgreSQL whose user may create databases.`,
    );
  }
}
