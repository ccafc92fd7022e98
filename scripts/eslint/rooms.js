/**
 * Who may import whom: the ESLint configuration of every package. Its room is
 * read off its role and name, the table below says what the room may import.
 * Tests may import more: they put rooms together.
 */
const path = require('node:path');
const { builtinModules } = require('node:module');
const createPackageConfig = require('@backstage/cli/config/eslint-factory');

/** What every room may know: the shared package, and what a plugin shares with all. */
const COMMON = '@headroom/(common|plugin-[^/]+-common)';
/** Rooms that every plugin stands on: they know no plugin. */
const SHARED_COMMON = '@headroom/common';
const SHARED_NODE = '@headroom/(node|plugin-(clusters|controllers)-node)';
const NODE_BUILT_INS = `(node:.*|(${builtinModules
  .filter(name => !name.startsWith('_'))
  .join('|')})(/.*)?)`;
const REACT = '(react|react-dom|react-router|react-router-dom|react-use)(/.*)?';
const UI = '(@material-ui/.*|@backstage/(ui|theme)(/.*)?|recharts(/.*)?)';
const BACKSTAGE_FRONTEND =
  '@backstage/(core-|frontend-|app-defaults|integration-react|version-bridge|plugin-[^/]+-react).*';
const BACKSTAGE_BACKEND =
  '@backstage/(backend-|config-loader|integration-aws-node|plugin-[^/]+-(backend|node)).*';
/** What tests are made of; also what packages offer to the tests of others. */
const TEST_UTILS =
  '((.*/)?__testUtils__(/.*)?|(\\.{1,2}/)+testUtils(/.*)?|@headroom/[^/]+/testUtils)';
const BACKSTAGE_BACKEND_PLUGINS = '@backstage/plugin-[^/]+-backend.*';

/** The scaffolder has no -node package of ours; its module judges by that of scaling. */
const nodeBeside = own =>
  own.includes('scaffolder') ? ['@headroom/plugin-scaling-node'] : [];

/**
 * What each room may import of Headroom, and what of the outside it may not.
 * `own('node')` is the one of the same feature: `cost-node` for `cost-backend`.
 */
const ROOMS = {
  shared: {
    may: () => [],
    never: [NODE_BUILT_INS, REACT, UI, BACKSTAGE_FRONTEND, BACKSTAGE_BACKEND],
    told: 'packages/common is pure and knows no plugin: small pure libraries only',
  },
  react: {
    may: () => [SHARED_COMMON],
    never: [NODE_BUILT_INS, BACKSTAGE_BACKEND],
    told: 'packages/react knows no plugin: @headroom/common, Backstage front end packages and charts only',
  },
  sharedNode: {
    may: () => [SHARED_COMMON],
    never: [REACT, UI, BACKSTAGE_FRONTEND, BACKSTAGE_BACKEND_PLUGINS],
    told: 'packages/node knows no plugin: @headroom/common and Backstage back end packages only',
  },
  sharedByBackends: {
    may: () => [SHARED_COMMON, '@headroom/node'],
    never: [REACT, UI, BACKSTAGE_FRONTEND, BACKSTAGE_BACKEND_PLUGINS],
    told: 'clusters-node and controllers-node know no plugin: @headroom/common and @headroom/node only',
  },
  common: {
    may: () => [COMMON],
    never: [NODE_BUILT_INS, REACT, UI, BACKSTAGE_FRONTEND, BACKSTAGE_BACKEND],
    told: 'a -common package is pure: other -common packages and small pure libraries only',
  },
  frontend: {
    may: () => [COMMON, '@headroom/react'],
    never: [NODE_BUILT_INS, BACKSTAGE_BACKEND],
    told: 'a front end talks to back ends over HTTP: -common packages and Backstage front end packages only',
  },
  node: {
    may: () => [COMMON, SHARED_NODE],
    never: [REACT, UI, BACKSTAGE_FRONTEND, BACKSTAGE_BACKEND_PLUGINS],
    told: 'a -node package holds what back ends share: never a -backend',
  },
  backend: {
    may: own => [COMMON, SHARED_NODE, own('node')],
    never: [REACT, UI, BACKSTAGE_FRONTEND, BACKSTAGE_BACKEND_PLUGINS],
    told: 'a -backend talks to another one over its HTTP API, and knows no module',
  },
  module: {
    may: own => [COMMON, SHARED_NODE, own('node'), ...nodeBeside(own('node'))],
    never: [REACT, UI, BACKSTAGE_FRONTEND, BACKSTAGE_BACKEND_PLUGINS],
    told: 'a module extends a -backend through its -node package, never by importing it',
  },
  demo: {
    may: () => [COMMON],
    never: [REACT, UI, BACKSTAGE_FRONTEND, BACKSTAGE_BACKEND],
    told: 'the demo cluster is asked over loopback, like a real one',
  },
  app: {
    may: () => [
      '@headroom/plugin-[^/]+(?<!-backend|-node|-backend-module-[^/]+)',
    ],
    never: [NODE_BUILT_INS, BACKSTAGE_BACKEND],
    told: 'the portal puts front ends together: no -backend, no -node',
  },
  portal: {
    may: () => [
      '@headroom/plugin-[^/]+-(backend(-module-[^/]+)?|node)',
      COMMON,
      SHARED_NODE,
    ],
    never: [REACT, UI, BACKSTAGE_FRONTEND],
    told: 'the portal puts back ends together: no front end',
  },
};

/** Benches and peers are no packages: they use packages as anybody would. */
const OUTSIDE = {
  never: [
    '(\\.\\./)+(packages|plugins)/.*',
    '@headroom/[^/]+/(src|dist)(/.*)?',
    '(.*/)?__testUtils__(/.*)?',
  ],
  told: 'bench and peers import packages by their public entries only, such as @headroom/plugin-cost-backend/testUtils',
};

const ROOM_OF_ROLE = {
  'common-library': 'common',
  'frontend-plugin': 'frontend',
  'node-library': 'node',
  'backend-plugin': 'backend',
  'backend-plugin-module': 'module',
  frontend: 'app',
  backend: 'portal',
};

/** Packages that no role tells apart. */
const ROOM_OF_NAME = {
  '@headroom/demo-cluster': 'demo',
  '@headroom/common': 'shared',
  '@headroom/react': 'react',
  '@headroom/node': 'sharedNode',
  '@headroom/plugin-clusters-node': 'sharedByBackends',
  '@headroom/plugin-controllers-node': 'sharedByBackends',
};

function roomOf(packageJson) {
  const named = ROOM_OF_NAME[packageJson.name];
  if (named) return ROOMS[named];
  const { role } = packageJson.backstage;
  const room = ROOMS[ROOM_OF_ROLE[role]];
  if (!room) throw new Error(`No room for the role ${role}: see ${__filename}`);
  return room;
}

/** A pattern of the imports that a package may not make. */
function forbiddenImports(packageJson) {
  const room = roomOf(packageJson);
  const { pluginId } = packageJson.backstage;
  const own = kind => `@headroom/plugin-${pluginId}-${kind}`;
  const allowed = [packageJson.name, ...room.may(own)].join('|');
  return {
    pattern: `^((?!(${allowed})(/.*)?$)@headroom/.*|${[
      ...room.never,
      TEST_UTILS,
    ].join('|')})$`,
    told: room.told,
  };
}

/** The ways to import, each as a selector of ESLint. */
function selectorsOf(pattern) {
  const source = `/${pattern.replace(/\//g, '\\u002F')}/`;
  return [
    `ImportDeclaration[source.value=${source}]`,
    `ExportNamedDeclaration[source.value=${source}]`,
    `ExportAllDeclaration[source.value=${source}]`,
    `ImportExpression[source.value=${source}]`,
    `TSImportType Literal[value=${source}]`,
    `TSExternalModuleReference[expression.value=${source}]`,
    `CallExpression[callee.name=/^(require|requireActual)$/][arguments.0.value=${source}]`,
  ];
}

const RULE = 'no-restricted-syntax';

/** ESLint keeps a rule's options when an override gives only a severity: what restricts nothing is turned off. */
function withoutInherited(override) {
  const isBare = override.rules[RULE]?.length === 1;
  return isBare
    ? { ...override, rules: { ...override.rules, [RULE]: 'off' } }
    : override;
}

/** One restriction a way to import what matches. */
function restrictionsOf({ pattern, told }) {
  return selectorsOf(pattern).map(selector => ({
    selector,
    message: `Import not allowed here: ${told}.`,
  }));
}

function createRoomConfig(dir) {
  const config = createPackageConfig(dir);
  const packageJson = require(path.join(dir, 'package.json'));
  const [, ...restricted] = config.rules[RULE];
  return {
    ...config,
    rules: {
      ...config.rules,
      '@backstage/no-mixed-plugin-imports': 'error',
      [RULE]: [
        'error',
        ...restricted,
        ...restrictionsOf(forbiddenImports(packageJson)),
      ],
    },
    overrides: config.overrides.map(withoutInherited),
  };
}

/** The configuration of a folder that is no package, such as bench. */
function createOutsideConfig(dir) {
  const config = createPackageConfig.createConfigForRole(dir, 'node-library');
  const restrictions = restrictionsOf({
    pattern: `^(${OUTSIDE.never.join('|')})$`,
    told: OUTSIDE.told,
  });
  return {
    ...config,
    overrides: [
      ...config.overrides.map(withoutInherited),
      {
        files: ['**/*'],
        rules: {
          'no-loop-func': 'off', // one after the other, on what they wait for
          [RULE]: ['error', ...restrictions],
        },
      },
    ],
  };
}

module.exports = createRoomConfig;
module.exports.outside = createOutsideConfig;
module.exports.restrictionsOf = restrictionsOf;
