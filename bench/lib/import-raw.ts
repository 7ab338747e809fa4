import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** Lets modules that are imported from now on import texts with `?raw`, as the bundler does for the application. */
export function importRaw(): void {
  registerHooks({
    load: (url, context, next) => {
      const address = new URL(url);
      if (address.search !== '?raw') return next(url, context);
      address.search = '';
      const source = `export default ${JSON.stringify(readFileSync(address, 'utf8'))};`;
      return { format: 'module', source, shortCircuit: true };
    },
  });
}
