// Bundles the report page's script and style into dist/page: part of npm run build.
import { build } from 'esbuild';

await build({
  entryPoints: { script: 'src/page/client/main.ts', style: 'src/page/style.css' },
  outdir: 'dist/page/assets',
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022', 'chrome110', 'firefox110', 'safari16'],
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
});
