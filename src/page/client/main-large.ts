import { start } from './start.js';

/** Whether a graphics card draws WebGL here. Without one, the canvas is several times faster and sigma is not started. */
function hasGraphicsCard(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return gl !== null;
}

// The bundler keeps the import in this file, and runs it only when it is asked for: without WebGL sigma cannot even load.
start(async (...map) => (hasGraphicsCard() ? (await import('./underlay.js')).underlay(...map) : null));
