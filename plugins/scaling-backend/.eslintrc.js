const rooms = require('../../scripts/eslint/rooms');

const config = rooms(__dirname);

const RULE = 'no-restricted-syntax';

/** What callers see and may do is made from their credentials, see core/ScalingScopes.ts. */
const DOORS = [
  {
    selector:
      "CallExpression[callee.object.name=/(Sight|Scope)$/][callee.property.name='grant']",
    message:
      'What a caller may see is made from credentials, by core/ScalingScopes.ts only.',
  },
  {
    selector:
      'ImportSpecifier[imported.name=/^(scopeOfAccess|EntityScope|EntityReader)$/]',
    message: 'Requests learn who may see what through core/ScalingScopes.ts.',
  },
];

/** Jobs see everything: their connections are out of reach of what answers requests. */
const JOBS = [
  "MemberExpression[property.name='database']",
  "ObjectPattern > Property[key.name='database']",
].map(selector => ({
  selector,
  message:
    'Requests reach what is stored through stores and the engine; core.database is for jobs.',
}));

/** What stores data knows nothing of who asks for it. */
const STORES = rooms.restrictionsOf({
  pattern: '^(\\.\\./)+(core|features|openapi|plugin)(/.*)?$',
  told: 'database/ imports nothing above itself',
});

module.exports = {
  ...config,
  rules: {
    ...config.rules,
    [RULE]: [...config.rules[RULE], ...DOORS, ...JOBS],
  },
  overrides: [
    {
      files: ['src/database/**'],
      rules: { [RULE]: [...config.rules[RULE], ...DOORS, ...STORES] },
    },
    {
      files: [
        'src/features/links/**',
        'src/features/rightsizing/**',
        'src/features/savings/**',
        'src/features/schedules/**',
        'src/features/startUps/**',
        'src/plugin.ts',
      ],
      rules: { [RULE]: [...config.rules[RULE], ...DOORS] },
    },
    {
      files: ['src/core/ScalingCore.ts', 'src/core/ScalingScopes.ts'],
      rules: { [RULE]: config.rules[RULE] },
    },
    ...config.overrides,
  ],
};
