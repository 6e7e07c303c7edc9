/**
 * A map whose tiles may be in GCJ-02, while everybody else goes on in WGS 84: shapes are shifted as they are drawn,
 * places as the camera goes to them, and what is clicked is shifted back. `flyTo` is not: nobody flies here.
 */
import type { GeoJSON } from 'geojson';
import { type EaseToOptions, type GeoJSONSource, type JumpToOptions, LngLat, type LngLatLike, Map as MapLibre, type MapOptions, type PointLike, type SourceSpecification } from 'maplibre-gl';
import { type Datum, fromMap, shapesToMap, toMap } from './datum';

export class ShiftedMap extends MapLibre {
  /** Undefined while MapLibre's own constructor runs. */
  private readonly datum: Datum | undefined;

  constructor(options: MapOptions, datum: Datum) {
    super(datum === 'gcj02' ? { ...options, boxZoom: false } : options);
    this.datum = datum;
    if (options.center) this.jumpTo({ center: options.center });
  }

  override addSource(id: string, source: SourceSpecification): this {
    super.addSource(id, source);
    if (source.type !== 'geojson' || this.datum !== 'gcj02') return this;
    const added = this.getSource(id) as GeoJSONSource;
    const set = added.setData.bind(added);
    added.setData = ((data: GeoJSON | string) => set(typeof data === 'string' ? data : shapesToMap('gcj02', data))) as typeof added.setData;
    if (typeof source.data !== 'string') void added.setData(source.data as GeoJSON);
    return this;
  }

  override project(place: LngLatLike) {
    return super.project(this.there(place));
  }

  override unproject(point: PointLike): LngLat {
    const { lng, lat } = super.unproject(point);
    return new LngLat(...fromMap(this.datum ?? 'wgs84', lng, lat));
  }

  override getCenter(): LngLat {
    const { lng, lat } = super.getCenter();
    return new LngLat(...fromMap(this.datum ?? 'wgs84', lng, lat));
  }

  override easeTo(options: EaseToOptions, data?: unknown): this {
    return super.easeTo(this.aimed(options), data);
  }

  override jumpTo(options: JumpToOptions, data?: unknown): this {
    return super.jumpTo(this.aimed(options), data);
  }

  private aimed<T extends { center?: LngLatLike }>(options: T): T {
    return options.center ? { ...options, center: this.there(options.center) } : options;
  }

  private there(place: LngLatLike): LngLat {
    const { lng, lat } = LngLat.convert(place);
    return new LngLat(...toMap(this.datum ?? 'wgs84', lng, lat));
  }
}
