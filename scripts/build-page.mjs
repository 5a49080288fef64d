// Bundles the report page's script and style into dist/page/assets: part of npm run build.
import { existsSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';

const options = {
  entryPoints: { script: 'src/page/client/main.ts', style: 'src/page/style.css' },
  outdir: 'dist/page/assets',
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022', 'chrome110', 'firefox110', 'safari16'],
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
};

// The licences of what is bundled must travel with every copy, and every page is one.
const { metafile } = await build({ ...options, write: false, metafile: true });
const packages = Object.keys(metafile.inputs).map((path) => /^.*node_modules\/[^/]+/.exec(path)?.[0]);
const licences = [...new Set(packages)]
  .filter((p) => p !== undefined && existsSync(`${p}/LICENSE`))
  .map((p) => readFileSync(`${p}/LICENSE`, 'utf8').trim());
const banner = `/*! d3 modules and fflate are part of this script.\n\n${[...new Set(licences)].sort().join('\n\n')} */`;
await build({ ...options, banner: { js: banner } });
