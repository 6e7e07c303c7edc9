/** A chart with its title, and the table behind it for whoever would rather read. ECharts, only what is used of it. */
import { Button, Card, Group, Table, Text, Title, useComputedColorScheme } from '@mantine/core';
import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FigureTable } from './FigureTable';

use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

interface Props {
  title: string;
  option: EChartsCoreOption;
  head: readonly string[];
  rows: readonly (readonly (string | number)[])[];
  /** Beside the title, and a line below it. */
  tools?: ReactNode;
  note?: string;
  /** A bar, slice or point was clicked: the row of `rows` it stands for. */
  choose?: (row: number) => void;
}

export function Chart({ title, option, head, rows, choose, tools, note }: Props) {
  const { t } = useTranslation('statistics');
  const [table, setTable] = useState(false);
  return (
    <Card withBorder p="sm" className="chart-card">
      <Group justify="space-between" wrap="nowrap" mb={4}>
        <Title order={3} size="h6">
          {title}
        </Title>
        {tools}
        <Button size="compact-xs" variant="subtle" color="gray" className="chart-switch" onClick={() => setTable(!table)} aria-pressed={table} aria-label={`${title}: ${t(table ? 'chart' : 'table')}`}>
          {t(table ? 'chart' : 'table')}
        </Button>
      </Group>
      {note && (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      )}
      {table ? <Rows head={head} rows={rows} title={title} /> : <Drawn title={title} option={option} choose={choose} />}
    </Card>
  );
}

function Rows({ head, rows, title }: Pick<Props, 'head' | 'rows' | 'title'>) {
  return (
    <FigureTable label={title} heads={head}>
      {rows.map((row, number) => (
        <Table.Tr key={number}>
          {row.map((cell, column) => (
            <Table.Td key={column}>{cell}</Table.Td>
          ))}
        </Table.Tr>
      ))}
    </FigureTable>
  );
}

function Drawn({ title, option, choose }: Pick<Props, 'title' | 'option' | 'choose'>) {
  const box = useRef<HTMLDivElement>(null);
  const dark = useComputedColorScheme() === 'dark';
  const chosen = useRef(choose);
  chosen.current = choose;
  useEffect(() => {
    const at = box.current;
    if (!at) return undefined;
    const chart = init(at, dark ? 'dark' : undefined, { renderer: 'svg' });
    chart.setOption({ backgroundColor: 'transparent', animation: false, aria: { enabled: true }, color: COLOURS, textStyle: { fontFamily: getComputedStyle(at).fontFamily }, ...option });
    chart.on('click', (event) => chosen.current?.(event.dataIndex));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(at);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [option, dark]);
  return <div ref={box} className="chart" role="img" aria-label={title} />;
}

const COLOURS = ['#22b8cf', '#9775fa', '#38d9a9', '#ff922b', '#f06595', '#fcc419', '#4dabf7', '#94d82d', '#868e96'];
