import { parentPort } from 'node:worker_threads';
import { pdfText } from './pdf-pages.js';

/** Reads one PDF after another, and says after each page that it goes on. */
parentPort!.on('message', (bytes: Uint8Array) => {
  void pdfText(bytes, () => parentPort!.postMessage('page')).then((read) => parentPort!.postMessage(read));
});
