const { outside } = require('../scripts/eslint/rooms');

module.exports = outside(__dirname);
