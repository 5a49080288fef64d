// Assembles src/math/kernel.wat into src/math/kernel-code.ts (`npm run kernel`; a test sees that it was done).
import { readFileSync, writeFileSync } from 'node:fs';
import wabt from 'wabt';

const { parseWat } = await wabt();
const module = parseWat('kernel.wat', readFileSync(new URL('../src/math/kernel.wat', import.meta.url), 'utf8'), {
  simd: true,
});
const code = Buffer.from(module.toBinary({}).buffer).toString('base64');
const lines = code.match(/.{1,100}/g).map((line) => `  '${line}',`);
writeFileSync(
  new URL('../src/math/kernel-code.ts', import.meta.url),
  `/** kernel.wat as WebAssembly, base64: made by \`npm run kernel\`, do not edit. */\nexport const KERNEL_CODE = [\n${lines.join('\n')}\n].join('');\n`,
);
