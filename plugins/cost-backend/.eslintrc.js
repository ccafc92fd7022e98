const rooms = require('../../scripts/eslint/rooms');

const config = rooms(__dirname);

const RULE = 'no-restricted-syntax';

/** What is stored is reached through a scope made from credentials, see core/CostScopes.ts. */
const DOORS = [
  {
    selector:
      "CallExpression[callee.object.name=/Scope$/][callee.property.name='grant']",
    message: 'Scopes are made from credentials, by core/CostScopes.ts only.',
  },
  {
    selector: 'ImportSpecifier[imported.name=/^(INTERNAL|PageDatabase)$/]',
    message:
      'Requests read what is stored through core/CostScopes.ts; INTERNAL is for jobs.',
  },
];

/** What stores data knows nothing of who asks for it. */
const STORES = rooms.restrictionsOf({
  pattern: '^(\\.\\./)+(core|features|openapi|plugin)(/.*)?$',
  told: 'database/ imports nothing above itself',
});

module.exports = {
  ...config,
  rules: { ...config.rules, [RULE]: [...config.rules[RULE], ...DOORS] },
  overrides: [
    {
      files: ['src/database/**'],
      rules: { [RULE]: [...config.rules[RULE], ...DOORS, ...STORES] },
    },
    {
      files: ['src/database/scope.ts'],
      rules: { [RULE]: [...config.rules[RULE], ...STORES] },
    },
    {
      files: [
        'src/core/CostCore.ts',
        'src/core/CostScopes.ts',
        'src/features/ingest/**',
      ],
      rules: { [RULE]: config.rules[RULE] },
    },
    ...config.overrides,
  ],
};
