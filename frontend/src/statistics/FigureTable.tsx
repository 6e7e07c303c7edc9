/** A table of figures within a region that scrolls and takes the keyboard. */
import { Group, Progress, Table, type MantineColor } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  /** As high as it must be, where others are as high as a chart. */
  whole?: boolean;
  label: string;
  heads: readonly string[];
  /** Its rows. */
  children: ReactNode;
}

export function FigureTable({ whole = false, label, heads, children }: Props) {
  return (
    <div className={whole ? 'chart-table whole' : 'chart-table'} tabIndex={0} role="region" aria-label={label}>
      <Table highlightOnHover={whole}>
        <Table.Thead>
          <Table.Tr>
            {heads.map((one) => (
              <Table.Th key={one}>{one}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </div>
  );
}

/** A number with its bar. share: 0 to 1. */
export function Barred({ share, color, children }: { share: number; color?: MantineColor; children: ReactNode }) {
  return (
    <Group gap={8} wrap="nowrap">
      <span className="number">{children}</span>
      <Progress value={share * 100} w={90} size="sm" {...(color === undefined ? {} : { color })} aria-hidden />
    </Group>
  );
}
