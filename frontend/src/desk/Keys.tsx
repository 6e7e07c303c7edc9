/** Keys, palette and the list of keys: there on every page of the command centre. */
import { Modal, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { KEYS } from './keys';
import { Palette } from './Palette';
import { useKeys } from './useKeys';
import './words';

export function Keys() {
  const { t } = useTranslation('desk');
  const [palette, { open: openPalette, close: closePalette }] = useDisclosure();
  const [help, { open: openHelp, close: closeHelp }] = useDisclosure();
  useKeys(useMemo(() => ({ palette: openPalette, help: openHelp }), [openPalette, openHelp]));
  return (
    <>
      <Palette opened={palette} close={closePalette} />
      <Modal opened={help} onClose={closeHelp} title={t('keys')} transitionProps={{ duration: 0 }}>
        <Table>
          <Table.Tbody>
            {KEYS.map(([key, name]) => (
              <Table.Tr key={key}>
                <Table.Td>
                  <kbd>{key}</kbd>
                </Table.Td>
                <Table.Td>{t(`key_${name}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Modal>
    </>
  );
}
