// Sends native packages that need a newer Node-API to the copies that were built for this runtime. Loaded in the main
// process and, through NODE_OPTIONS, in its worker threads and utility processes: a copy that is missed there crashes.
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const vendor = path.join(__dirname, 'vendor', 'node_modules');
const vendored = fs.readdirSync(vendor);
const packageOf = (request) => request.split('/')[0];

if (!Module.lockstepRedirects) {
  Module.lockstepRedirects = true;
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    const target = vendored.includes(packageOf(request)) ? path.join(vendor, request) : request;
    return resolve.call(this, target, ...rest);
  };
  const hooks = `
    import { createRequire } from 'node:module';
    import { pathToFileURL } from 'node:url';
    const vendored = ${JSON.stringify(vendored)};
    const require = createRequire(${JSON.stringify(path.join(vendor, 'from-here.js'))});
    export const resolve = (request, context, next) =>
      vendored.includes(request.split('/')[0])
        ? { url: pathToFileURL(require.resolve(request)).href, format: 'commonjs', shortCircuit: true }
        : next(request, context);
  `;
  Module.register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}
