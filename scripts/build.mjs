// npm run build: builds the application and the command line, set-up included.
import { setUpCommandLine, setUpWindow } from './lib/setup.mjs';

await setUpWindow();
await setUpCommandLine();
