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
    selector:
      'ImportSpecifier[imported.name=/^(INTERNAL|PageDatabase|scopeOfAccess|EntityScope)$/]',
    message:
      'Requests read what is stored through core/CostScopes.ts; INTERNAL is for jobs.',
  },
];

/** Stores that cannot be made without a scope; what others read, they read of everybody. */
const SCOPED =
  'AdviceDecision|AdviceReport|AnomalyReport|BillReport|Catalog|Charge|CompletionReport|GpuMoney|Gpu|LinkedWorkload|Money|Report|ReviewReport|Rival|Sources';

/** Jobs see everything: their connections and stores are out of reach of what answers requests. */
const JOBS = [
  {
    selector: `ImportSpecifier[imported.name=/^(?!(${SCOPED})Store$).*Store$/]`,
    message:
      'Requests read what is stored through core/CostScopes.ts; a store without a scope is for jobs.',
  },
  ...[
    "MemberExpression[property.name='database']",
    "ObjectPattern > Property[key.name='database']",
  ].map(selector => ({
    selector,
    message:
      'Requests read what is stored through core/CostScopes.ts; core.database is for jobs.',
  })),
];

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
      files: ['src/database/scope.ts'],
      rules: { [RULE]: [...config.rules[RULE], ...STORES] },
    },
    {
      files: [
        'src/features/advice/{AdviceJob,createAdviceFeature}.ts',
        'src/features/alerts/createAlertsFeature.ts',
        'src/features/anomalies/{AnomalyJob,createAnomaliesFeature,seriesOf}.ts',
        'src/features/bill/{BillImport,BillOwnership,BillShares,createBillFeature,planDeliveries}.ts',
        'src/features/budgets/createBudgetsFeature.ts',
        'src/features/completion/createCompletionFeature.ts',
        'src/features/ingest/**',
        'src/features/review/createReviewFeature.ts',
        'src/features/rules/createRulesFeature.ts',
        'src/plugin.ts',
      ],
      rules: { [RULE]: [...config.rules[RULE], ...DOORS] },
    },
    {
      files: [
        'src/core/CostCore.ts',
        'src/core/CostScopes.ts',
        // Jobs: one tells everybody, one evaluates the budgets of everybody.
        'src/features/alerts/AlertJob.ts',
        'src/features/budgets/{BudgetJob,RememberedCharges,RememberedCosts}.ts',
        // Jobs: they make reviews and the completion report of everybody, and judge everybody by rules.
        'src/features/completion/CompletionJob.ts',
        'src/features/review/ReviewJob.ts',
        'src/features/rules/RuleJob.ts',
      ],
      rules: { [RULE]: config.rules[RULE] },
    },
    ...config.overrides,
  ],
};
