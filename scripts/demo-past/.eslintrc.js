const { outside } = require('../eslint/rooms');

module.exports = outside(__dirname);
