// Starts the application that the command line names, as Electron's own default application does.
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const threads = require('node:worker_threads');
const { app } = require('electron');

const preloads = [];
let argument = '.';
for (let at = 1; at < process.argv.length; at += 1) {
  const word = process.argv[at];
  if (word === '-r' || word === '--require') {
    at += 1;
    preloads.push(process.argv[at]);
  } else if (!word.startsWith('-')) {
    argument = word;
    break;
  }
}

const target = path.resolve(argument);
const isFolder = fs.statSync(target).isDirectory() || target.endsWith('.asar');
const root = isFolder ? target : path.dirname(target);
let entry = target;
if (isFolder) {
  const manifest = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
  app.setName(manifest.productName || manifest.name);
  if (manifest.version) app.setVersion(manifest.version);
  entry = path.join(target, manifest.main || 'index.js');
}
app.setAppPath(root);
process.defaultApp = true;

const redirect = path.join(__dirname, 'redirect.cjs');
require(redirect);
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(redirect)}`.trim();
// A worker reads NODE_OPTIONS again only when it is given an environment of its own.
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(file, options = {}) {
    const env = { ...process.env, ...options.env, NODE_OPTIONS: process.env.NODE_OPTIONS };
    super(file, options.env === threads.SHARE_ENV ? options : { ...options, env });
  }
};

for (const file of preloads) Module._load(file, Module, true);

const isModule = entry.endsWith('.mjs');
if (isModule) {
  import(pathToFileURL(entry).href).catch((error) => {
    console.error(error);
    app.exit(1);
  });
} else {
  Module._load(entry, Module, true);
}
