import { EdgeProgram, NodeProgram, type InstancedProgramDefinition, type ProgramInfo } from 'sigma/rendering';
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types';
import { floatColor } from 'sigma/utils';

/** What a dot looks like; lengths in units of the map. */
export interface DotLook {
  readonly x: number;
  readonly y: number;
  readonly hidden: boolean;
  readonly size: number;
  readonly color: string;
  readonly rim: string;
  readonly square: boolean;
  readonly opacity: number;
}

/** What a line looks like; lengths in units of the map. */
export interface LineLook {
  readonly type: string;
  readonly hidden: boolean;
  readonly size: number;
  readonly color: string;
  readonly dashed: boolean;
  readonly opacity: number;
}

type Uniform = 'u_matrix' | 'u_correctionRatio' | 'u_pixelRatio';
const UNIFORMS: Uniform[] = ['u_matrix', 'u_correctionRatio', 'u_pixelRatio'];
const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGL2RenderingContext;
const floats = (name: string, size = 1) => ({ name, size, type: FLOAT });
const packed = (name: string) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });

/** The size of a pixel of the screen in units of the map. */
const PIXEL = `
uniform mat3 u_matrix;
uniform float u_correctionRatio;
uniform float u_pixelRatio;
varying float v_pixel;
`;

function setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo<Uniform>): void {
  gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
  gl.uniform1f(uniformLocations.u_correctionRatio, params.correctionRatio);
  gl.uniform1f(uniformLocations.u_pixelRatio, params.pixelRatio);
}

const DOT: InstancedProgramDefinition<Uniform> = {
  VERTICES: 4,
  METHOD: TRIANGLE_STRIP,
  UNIFORMS,
  ATTRIBUTES: [
    floats('a_position', 2),
    floats('a_radius'),
    floats('a_square'),
    floats('a_opacity'),
    packed('a_fill'),
    packed('a_rim'),
  ],
  CONSTANT_ATTRIBUTES: [floats('a_corner', 2)],
  CONSTANT_DATA: [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ],
  VERTEX_SHADER_SOURCE: `
attribute vec2 a_position, a_corner;
attribute float a_radius, a_square, a_opacity;
attribute vec4 a_fill, a_rim;
varying vec2 v_at;
varying vec3 v_fill, v_rim;
varying float v_radius, v_square, v_opacity;
${PIXEL}
void main() {
  v_pixel = 2.0 * u_correctionRatio / u_pixelRatio;
  // What is hidden is all zeros: it must cover nothing.
  v_at = a_corner * (a_radius + 0.7 + v_pixel) * step(0.01, a_opacity);
  v_radius = a_radius;
  v_square = a_square;
  v_opacity = a_opacity;
  v_fill = a_fill.rgb;
  v_rim = a_rim.rgb;
  gl_Position = vec4((u_matrix * vec3(a_position + v_at, 1.0)).xy, 0.0, 1.0);
}`,
  FRAGMENT_SHADER_SOURCE: `
precision highp float;
varying vec2 v_at;
varying vec3 v_fill, v_rim;
varying float v_radius, v_square, v_opacity, v_pixel;
void main() {
  float from = v_square > 0.5 ? max(abs(v_at.x), abs(v_at.y)) : length(v_at);
  float outer = clamp(0.5 - (from - v_radius - 0.7) / v_pixel, 0.0, 1.0);
  float inner = clamp(0.5 - (from - v_radius + 0.7) / v_pixel, 0.0, 1.0);
  gl_FragColor = vec4(mix(v_rim, v_fill, inner), 1.0) * outer * v_opacity;
}`,
};

/** Dots as discs or squares with a rim. The pointer is followed by the canvas above: nothing is drawn for picking. */
export class DotProgram extends NodeProgram<Uniform> {
  constructor(...[gl, , sigma]: ConstructorParameters<typeof NodeProgram<Uniform>>) {
    super(gl, null, sigma);
  }

  getDefinition(): InstancedProgramDefinition<Uniform> {
    return DOT;
  }

  override processVisibleItem(_: number, at: number, data: NodeDisplayData & DotLook): void {
    const { x, y, size, square, opacity, color, rim } = data;
    this.array.set([x, y, size, Number(square), opacity, floatColor(color), floatColor(rim)], at);
  }

  override setUniforms(params: RenderParams, info: ProgramInfo<Uniform>): void {
    setUniforms(params, info);
  }
}

const LINE: InstancedProgramDefinition<Uniform> = {
  VERTICES: 4,
  METHOD: TRIANGLE_STRIP,
  UNIFORMS,
  ATTRIBUTES: [
    floats('a_from', 2),
    floats('a_to', 2),
    floats('a_width'),
    floats('a_dashed'),
    floats('a_opacity'),
    packed('a_color'),
  ],
  CONSTANT_ATTRIBUTES: [floats('a_corner', 2)],
  CONSTANT_DATA: [
    [0, -1],
    [1, -1],
    [0, 1],
    [1, 1],
  ],
  VERTEX_SHADER_SOURCE: `
attribute vec2 a_from, a_to, a_corner;
attribute float a_width, a_dashed, a_opacity;
attribute vec4 a_color;
varying vec2 v_at;
varying vec3 v_color;
varying float v_length, v_half, v_dashed, v_opacity;
${PIXEL}
void main() {
  v_pixel = 2.0 * u_correctionRatio / u_pixelRatio;
  v_length = length(a_to - a_from);
  v_half = max(a_width, v_pixel) / 2.0;
  v_dashed = a_dashed;
  v_opacity = a_opacity;
  v_color = a_color.rgb;
  vec2 along = (a_to - a_from) / max(v_length, 1e-6);
  float reach = (v_half + v_pixel) * step(0.01, a_opacity);
  v_at = vec2(mix(-reach, v_length + reach, a_corner.x), a_corner.y * reach);
  vec2 place = a_from + along * v_at.x + vec2(-along.y, along.x) * v_at.y;
  gl_Position = vec4((u_matrix * vec3(place, 1.0)).xy, 0.0, 1.0);
}`,
  // Dashes of 5 units with round ends and gaps of 4 between; from afar, where none can be seen, a paler line.
  FRAGMENT_SHADER_SOURCE: `
precision highp float;
varying vec2 v_at;
varying vec3 v_color;
varying float v_length, v_half, v_dashed, v_opacity, v_pixel;
void main() {
  float beyond = abs(v_at.x - clamp(v_at.x, 0.0, v_length));
  float gap = max(0.0, abs(mod(v_at.x + 2.0, 9.0) - 4.5) - 2.5);
  float dashed = v_dashed * step(v_pixel, 3.0);
  float from = length(vec2(max(beyond, gap * dashed), v_at.y)) - v_half;
  float cover = clamp(0.5 - from / v_pixel, 0.0, 1.0) * (1.0 - 0.3 * (v_dashed - dashed));
  gl_FragColor = vec4(v_color, 1.0) * cover * v_opacity;
}`,
};

/** Lines with round ends, whole or dashed. */
export class LineProgram extends EdgeProgram<Uniform> {
  constructor(...[gl, , sigma]: ConstructorParameters<typeof EdgeProgram<Uniform>>) {
    super(gl, null, sigma);
  }

  getDefinition(): InstancedProgramDefinition<Uniform> {
    return LINE;
  }

  override processVisibleItem(
    _: number,
    at: number,
    from: NodeDisplayData,
    to: NodeDisplayData,
    data: EdgeDisplayData & LineLook,
  ): void {
    const { size, dashed, opacity, color } = data;
    this.array.set([from.x, from.y, to.x, to.y, size, Number(dashed), opacity, floatColor(color)], at);
  }

  override setUniforms(params: RenderParams, info: ProgramInfo<Uniform>): void {
    setUniforms(params, info);
  }
}
