/**
 * Members as points of an own WebGL layer: typed arrays, moved between fixes in the shader.
 *
 * Presence is colour and shape: online a disc, stale a diamond, silent a ring; a nose points where a moving one goes.
 * Of those who are online, who is sent and who is on scene have colours of their own.
 * Ten thousand points cost a third of a millisecond a second here; GeoJSON sources three times that and stutter.
 */
import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from 'maplibre-gl';
import type { Row } from '../live/frame';
import { type Datum, toMap } from './datum';
import { mercatorX, mercatorY } from './mercator';
import type { Theme } from './style';

/** Online, stale, silent, emergency, sent, on scene: bright upon the dark map, deep upon the light one. app.css holds the same. */
const COLOURS: Record<Theme, readonly string[]> = {
  dark: ['#2dd4bf', '#fbbf24', '#94a3b8', '#ff4d63', '#60a5fa', '#c084fc'],
  light: ['#0d9488', '#d97706', '#64748b', '#e11d48', '#2563eb', '#9333ea'],
};
const RIM: Record<Theme, number> = { dark: 0.04, light: 1 };
const UNIFORMS = ['matrix', 'now', 'size', 'bearing', 'palette', 'rim', 'nosed'] as const;

const GLIDE_MS = 1000;
const FLOATS = 9; // from x,y  to x,y  start  course  shape  flags  colour index
const PICK_PIXELS = 14;

const VERTEX = `#version 300 es
uniform mat4 matrix; uniform float now, size, bearing;
in vec2 before; in vec2 after; in vec4 look; in float colour;
out float vCourse, vShape, vColour, vFlags;
void main() {
  float glide = clamp((now - look.x) / ${GLIDE_MS.toFixed(1)}, 0.0, 1.0);
  gl_Position = matrix * vec4(mix(before, after, glide), 0.0, 1.0);
  vCourse = look.y < 0.0 ? -1.0 : mod(look.y - bearing, 6.2831853); vShape = look.z; vFlags = look.w; vColour = colour;
  gl_PointSize = size * (look.w > 0.5 ? 1.7 : 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform vec3 palette[6]; uniform float rim, nosed;
in float vCourse, vShape, vColour, vFlags; out vec4 colour;
void main() {
  vec2 p = (gl_PointCoord - 0.5) * 2.0;
  float scale = vFlags > 0.5 ? 1.7 : 1.0; p *= scale;
  float shape = vShape < 0.5 ? length(p) : vShape < 1.5 ? (abs(p.x) + abs(p.y)) * 0.8 : length(p);
  float disc = 1.0 - smoothstep(0.50, 0.58, shape);
  float ring = 1.0 - smoothstep(0.62, 0.70, shape);
  float nose = 0.0;
  if (nosed > 0.5 && vCourse >= 0.0) {
    float s = sin(vCourse), c = cos(vCourse);
    vec2 q = vec2(p.x * c + p.y * s, -p.x * s + p.y * c);
    nose = (1.0 - smoothstep(-0.02, 0.06, abs(q.x) - (1.0 + q.y) * 0.7)) * step(q.y, -0.3) * step(-1.0, q.y);
  }
  float hollow = vShape > 1.5 ? 1.0 - smoothstep(0.28, 0.36, length(p)) : 0.0;
  vec3 body = palette[int(vColour + 0.5)];
  vec3 paint = mix(vec3(rim), body, max(disc, nose));
  paint = mix(paint, vec3(rim), hollow);
  float alpha = max(ring, nose);
  if (vFlags > 0.5) {
    float halo = smoothstep(1.25, 1.35, length(p)) * (1.0 - smoothstep(1.5, 1.6, length(p)));
    paint = mix(paint, vec3(1.0 - rim), halo); alpha = max(alpha, halo);
  }
  if (alpha < 0.01) discard;
  colour = vec4(paint * alpha, alpha) * (vColour > 2.5 ? 1.0 : vShape > 1.5 ? 0.6 : vShape > 0.5 ? 0.85 : 1.0);
}`;

/** Who has a task, by device key. */
export type BusyKeys = ReadonlyMap<number, 'sent' | 'on_scene'>;

const COLOUR_OF = { free: 0, sent: 4, on_scene: 5 } as const;

interface Slot {
  at: number;
  row: Row;
}

export class MembersLayer implements CustomLayerInterface {
  readonly id = 'members';
  readonly type = 'custom' as const;
  readonly renderingMode = '2d' as const;
  private slots = new Map<number, Slot>();
  private data = new Float32Array(0);
  private origin: [number, number] | null = null;
  private selected: number | null = null;
  private dirty = true;
  private lastMove = 0;
  private busy: BusyKeys = new Map();
  private gliding = true;
  private map: MapLibre | null = null;
  private program: WebGLProgram | null = null;
  private buffer: WebGLBuffer | null = null;

  private places = new Map<string, WebGLUniformLocation | null>();

  /** Whether others stand for the members at a zoom. */
  hiddenAt: (zoom: number) => boolean = () => false;

  constructor(
    private theme: Theme,
    private datum: Datum,
  ) {}

  get count(): number {
    return this.slots.size;
  }

  onAdd(map: MapLibre, context: WebGLRenderingContext | WebGL2RenderingContext): void {
    const gl = context as WebGL2RenderingContext;
    this.map = map;
    const program = link(gl, VERTEX, FRAGMENT);
    this.program = program;
    this.places = new Map(UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)]));
    this.buffer = gl.createBuffer();
    this.dirty = true;
  }

  /** Draw these rows; touched: only these keys moved, null: all are new; gliding: from where they were. */
  show(rows: ReadonlyMap<number, Row>, touched: readonly number[] | null, gliding = true): void {
    this.gliding = gliding;
    if (touched === null || rows.size !== this.slots.size) this.rebuild(rows);
    else for (const key of touched) this.move(key, rows);
    this.dirty = true;
    this.map?.triggerRepaint();
  }

  select(key: number | null): void {
    const before = this.selected;
    this.selected = key;
    for (const one of [before, key]) {
      const slot = one === null ? undefined : this.slots.get(one);
      if (slot) this.data[slot.at + 7] = one === key ? 1 : 0;
    }
    this.dirty = true;
    this.map?.triggerRepaint();
  }

  /** Colour those who have a task, and those who had one until now. */
  occupy(busy: BusyKeys): void {
    const changed = new Set([...this.busy.keys(), ...busy.keys()]);
    this.busy = busy;
    for (const key of changed) {
      const slot = this.slots.get(key);
      if (slot) this.data[slot.at + 8] = this.colourOf(slot.row);
    }
    this.dirty = true;
    this.map?.triggerRepaint();
  }

  private colourOf(row: Row): number {
    if (row.emergency) return 3;
    return row.presence === 0 ? COLOUR_OF[this.busy.get(row.key) ?? 'free'] : row.presence;
  }

  /** The member under a point of the screen, the nearest within reach. */
  pick(x: number, y: number): number | null {
    if (this.hiddenAt(this.map!.getZoom())) return null;
    let nearest: number | null = null;
    let best = PICK_PIXELS * PICK_PIXELS;
    for (const [key, { row }] of this.slots) {
      const point = this.map!.project([row.longitude, row.latitude]);
      const away = (point.x - x) ** 2 + (point.y - y) ** 2;
      if (away < best) [best, nearest] = [away, key];
    }
    return nearest;
  }

  render(context: WebGLRenderingContext | WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const gl = context as WebGL2RenderingContext;
    if (!this.program || !this.slots.size || !this.origin || !this.map || this.hiddenAt(this.map.getZoom())) return;
    gl.useProgram(this.program);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    if (this.dirty) gl.bufferData(gl.ARRAY_BUFFER, this.data, gl.DYNAMIC_DRAW);
    this.dirty = false;
    this.attributes(gl);
    this.uniforms(gl, input, this.map);
    gl.disable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawArrays(gl.POINTS, 0, this.slots.size);
    if (performance.now() - this.lastMove < GLIDE_MS && !reducedMotion()) this.map.triggerRepaint();
  }

  private rebuild(rows: ReadonlyMap<number, Row>): void {
    const old = this.slots;
    const before = this.data;
    this.slots = new Map();
    this.data = new Float32Array(rows.size * FLOATS);
    let at = 0;
    for (const [key, row] of rows) {
      const known = old.get(key);
      this.slots.set(key, { at, row });
      this.write(at, row, known ? [before[known.at + 2]!, before[known.at + 3]!] : null);
      at += FLOATS;
    }
  }

  private move(key: number, rows: ReadonlyMap<number, Row>): void {
    const slot = this.slots.get(key);
    const row = rows.get(key);
    if (!slot || !row) return;
    slot.row = row;
    this.write(slot.at, row, [this.data[slot.at + 2]!, this.data[slot.at + 3]!]);
  }

  private write(at: number, row: Row, from: [number, number] | null): void {
    const [longitude, latitude] = toMap(this.datum, row.longitude, row.latitude);
    this.origin ??= [mercatorX(longitude), mercatorY(latitude)];
    const x = mercatorX(longitude) - this.origin[0];
    const y = mercatorY(latitude) - this.origin[1];
    const glide = from !== null && this.gliding && !reducedMotion();
    this.lastMove = performance.now();
    this.data[at] = glide ? from[0] : x;
    this.data[at + 1] = glide ? from[1] : y;
    this.data[at + 2] = x;
    this.data[at + 3] = y;
    this.data[at + 4] = this.lastMove;
    this.data[at + 5] = row.moving && row.course !== null ? (row.course * Math.PI) / 180 : -1;
    this.data[at + 6] = row.presence;
    this.data[at + 7] = row.key === this.selected ? 1 : 0;
    this.data[at + 8] = this.colourOf(row);
  }

  private attributes(gl: WebGL2RenderingContext): void {
    const stride = FLOATS * 4;
    const parts: [string, number, number][] = [['before', 2, 0], ['after', 2, 8], ['look', 4, 16], ['colour', 1, 32]];
    for (const [name, size, offset] of parts) {
      const place = gl.getAttribLocation(this.program!, name);
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, size, gl.FLOAT, false, stride, offset);
    }
  }

  private uniforms(gl: WebGL2RenderingContext, input: CustomRenderMethodInput, map: MapLibre): void {
    const matrix = Float64Array.from(input.defaultProjectionData.mainMatrix as ArrayLike<number>);
    const [x, y] = this.origin!;
    for (let row = 0; row < 4; row++) matrix[12 + row]! += matrix[row]! * x + matrix[4 + row]! * y;
    const place = (name: (typeof UNIFORMS)[number]) => this.places.get(name) ?? null;
    gl.uniformMatrix4fv(place('matrix'), false, Float32Array.from(matrix));
    gl.uniform1f(place('now'), performance.now());
    gl.uniform1f(place('size'), pointSize(map.getZoom()) * devicePixelRatio);
    gl.uniform1f(place('rim'), RIM[this.theme]);
    gl.uniform1f(place('bearing'), (map.getBearing() * Math.PI) / 180);
    gl.uniform1f(place('nosed'), map.getZoom() > 13 ? 1 : 0);
    gl.uniform3fv(place('palette'), COLOURS[this.theme].flatMap(rgb));
  }
}

const pointSize = (zoom: number): number => (zoom < 11 ? 8 : zoom < 13 ? 12 : zoom < 15 ? 17 : 24);

const rgb = (hex: string): number[] => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);

const reducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

function link(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? 'shader');
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return program;
}
