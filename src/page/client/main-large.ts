import { start } from './start.js';

/** Names of drivers that draw WebGL on the processor. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Whether a graphics card draws WebGL here. Without one, the canvas is faster and sigma is not started. */
function hasGraphicsCard(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (gl === null) return false;
  // Chromium with software WebGL asked for on its command line promises a card all the same.
  const named = gl.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER;
  const software = SOFTWARE.test(String(gl.getParameter(named)));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !software;
}

// The bundler keeps the import in this file, and runs it only when it is asked for: without WebGL sigma cannot even load.
start(async (...map) => (hasGraphicsCard() ? (await import('./underlay.js')).underlay(...map) : null));
