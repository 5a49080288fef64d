// Bundles the report page's script and style into dist/page/assets: part of npm run build.
import { existsSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';

const options = {
  outdir: 'dist/page/assets',
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022', 'chrome110', 'firefox110', 'safari16'],
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
};

/** Bundles one file, with the licences of what is in it: they must travel with every copy, and every page is one. */
async function bundle(name, path) {
  const one = { ...options, entryPoints: { [name]: path } };
  const { metafile } = await build({ ...one, write: false, metafile: true });
  const folders = Object.keys(metafile.inputs).flatMap((p) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(p)?.[0] ?? []);
  const packages = [...new Set(folders)].sort();
  const licences = packages.map((folder) => {
    const file = ['LICENSE', 'LICENSE.txt'].map((f) => `${folder}/${f}`).find((f) => existsSync(f));
    if (file === undefined) throw new Error(`${folder}: no licence found to ship with the page`);
    return readFileSync(file, 'utf8').trim();
  });
  const names = packages.map((folder) => folder.replace(/^.*node_modules\//, '')).join(', ');
  const banner = `/*! Part of this script: ${names}.\n\n${[...new Set(licences)].sort().join('\n\n')} */`;
  await build({ ...one, banner: packages.length === 0 ? {} : { js: banner } });
}

await bundle('script', 'src/page/client/main.ts');
await bundle('large-script', 'src/page/client/main-large.ts');
await bundle('style', 'src/page/style.css');
