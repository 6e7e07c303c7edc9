/** Periods that are over, their hashes, and whether they still hold. */
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../desk/useDeed';
import { momentOf } from '../format/moments';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import type { Verdict } from './types';

export function Frozen({ judge }: { judge: boolean }) {
  const { t } = useTranslation('appraisal');
  const asked = useAsked(api.periods, []);
  const [verdicts, setVerdicts] = useState<Verdict[]>([]);
  const { busy, run } = useDeed();
  const verify = () => run(async () => setVerdicts(await api.verify()));
  return (
    <div className="appraisal-scroll">
      <Answered asked={asked}>
        {(all) => {
          const items = all.filter((one) => one.frozen_at !== null);
          if (!items.length) return <Empty>{t('noFrozen')}</Empty>;
          return (
            <>
              {judge && (
                <Button variant="default" loading={busy} onClick={() => void verify()} data-testid="verify">
                  {t('verify')}
                </Button>
              )}
              {items.map((one) => {
                const verdict = verdicts.find((said) => said.period === one.period);
                return (
                  <div key={one.period} className="appraisal-line" data-testid="frozen-period">
                    <Group justify="space-between">
                      <Text fw={600}>{one.period}</Text>
                      <Text size="sm">{momentOf(one.frozen_at ?? '')}</Text>
                    </Group>
                    <div className="appraisal-hash">
                      {t('hash')} {one.sha256}
                    </div>
                    {verdict && <Text size="sm" fw={600} c={verdict.holds ? undefined : 'red'}>{verdict.holds ? `✓ ${t('holds')}` : `✗ ${t('broken')}: ${verdict.faults.join('; ')}`}</Text>}
                  </div>
                );
              })}
            </>
          );
        }}
      </Answered>
    </div>
  );
}
