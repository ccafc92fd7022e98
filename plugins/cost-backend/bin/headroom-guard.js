#!/usr/bin/env node
'use strict';

const { main } = require('../package.json');

// In a checkout packages are source, which needs translating; published they are built.
const isSource = main.startsWith('src/');
if (isSource) {
  require('@backstage/cli/config/nodeTransform.cjs');
}

require(isSource
  ? '../src/features/guard/cli/index.ts'
  : '../dist/guard.cjs.js')
  .main(process.argv.slice(2), process.env)
  .then(code => {
    process.exitCode = code;
  });
