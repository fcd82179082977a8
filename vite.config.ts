import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Left out of the bundles: the runtime's own modules, and the native keychain module, which must stay a file. */
const external = ['electron', '@napi-rs/keyring', ...builtinModules, /^node:/];

/**
 * The page's Content-Security-Policy. A build gets the strict one; the development server needs inline preambles and
 * a web socket for hot reload.
 */
function contentSecurityPolicy(): Plugin {
  const strict = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
  ];
  const development = strict.map((rule) =>
    rule.replace(/^(script|style)-src 'self'.*/, "$1-src 'self' 'unsafe-inline'").replace(/^connect-src .*/, '$& ws:'),
  );
  let isBuild = true;
  return {
    name: 'remessa:content-security-policy',
    configResolved: (config) => void (isBuild = config.command === 'build'),
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: (isBuild ? strict : development).join('; ') },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/** Three programs in one build: the window (client), the main process with its practice-bucket process, the preload. */
export default defineConfig({
  root: here('./renderer'),
  base: './',
  plugins: [react(), contentSecurityPolicy()],
  server: { host: '127.0.0.1' },
  environments: {
    client: {
      build: {
        outDir: here('./dist/renderer'),
        emptyOutDir: true,
        target: 'chrome130',
        modulePreload: false,
        chunkSizeWarningLimit: 1500,
      },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron', '@napi-rs/keyring'], conditions: ['node', 'module', 'import', 'default'] },
      build: {
        outDir: here('./dist/main'),
        // Read from the disk once at the start; the SDK is a chunk of its own and waits for its first use.
        chunkSizeWarningLimit: 1500,
        emptyOutDir: true,
        target: 'node20',
        rolldownOptions: {
          input: {
            main: here('./electron/main.ts'),
            'practice-process': here('./electron/practice/practice-process.ts'),
            'digest-worker': here('./electron/digest/digest-worker.ts'),
          },
          external,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        outDir: here('./dist/preload'),
        emptyOutDir: true,
        target: 'node20',
        rolldownOptions: {
          // A sandboxed preload can only be one CommonJS file (Electron, "Process Sandboxing").
          input: { preload: here('./electron/preload.ts') },
          external,
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
  builder: {
    buildApp: async (builder) => {
      await Promise.all(Object.values(builder.environments).map((environment) => builder.build(environment)));
    },
  },
});
