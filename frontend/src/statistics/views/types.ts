/** As /views answers. */
export interface View {
  id: string;
  name: string;
  shared: boolean;
  page: string;
  query: Record<string, string>;
  version: number;
  own: boolean;
  by: string;
}
