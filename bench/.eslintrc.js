module.exports = require('../scripts/eslint/rooms').outside(__dirname);
