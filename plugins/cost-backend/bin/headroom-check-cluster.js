#!/usr/bin/env node
'use strict';

const { main } = require('../package.json');

// In a checkout packages are source, which needs translating; published they are built.
const isSource = main.startsWith('src/');
if (isSource) {
  require('@backstage/cli/config/nodeTransform.cjs');
}

require(isSource
  ? '../src/features/check/cli/index.ts'
  : '../dist/check-cluster.cjs.js')
  .main(process.argv.slice(2))
  .then(code => process.exit(code));
