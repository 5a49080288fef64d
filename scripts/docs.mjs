// Writes the README's transcript: npm run docs
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const START = '<!-- transcript: made by npm run docs, do not edit -->';
const END = '<!-- end of transcript -->';
const transcript = execFileSync(process.execPath, ['bin/manyhands.js', 'scan', 'fixtures/demo'], { encoding: 'utf8' });
const readme = readFileSync('README.md', 'utf8');
const [before, rest] = readme.split(START);
const after = rest.split(END)[1];
writeFileSync('README.md', `${before}${START}\n\n\`\`\`text\n${transcript}\`\`\`\n\n${END}${after}`);
