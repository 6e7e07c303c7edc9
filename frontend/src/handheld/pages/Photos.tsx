/** Photographs of a form: taken or chosen, made small, shown, removed. */
import { Button, CloseButton, Input, Text } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { compressed } from '../photo';

const MOST = 9;

export function Photos({ photos, change }: { photos: readonly Blob[]; change: (photos: Blob[]) => void }) {
  const { t } = useTranslation('handheld');
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function add(files: readonly File[]): Promise<void> {
    setBusy(true);
    setProblem(null);
    const made = await Promise.allSettled(files.slice(0, MOST - photos.length).map(compressed));
    if (made.some((one) => one.status === 'rejected')) setProblem(t('badPhoto'));
    change([...photos, ...made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))]);
    setBusy(false);
  }

  return (
    <Input.Wrapper label={t('photos')} labelElement="div">
      <div className="photos">
        {photos.map((photo, n) => (
          <figure key={n} data-testid="photo">
            <Picture photo={photo} />
            <CloseButton variant="filled" radius="xl" aria-label={t('removePhoto', { n: n + 1 })} onClick={() => change(photos.filter((one) => one !== photo))} />
          </figure>
        ))}
      </div>
      <input ref={input} type="file" accept="image/*" capture="environment" multiple hidden aria-label={t('addPhoto')} data-testid="photo-input"
        onChange={(event) => {
          void add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <Button mt={8} variant="default" loading={busy} disabled={photos.length >= MOST} leftSection={<IconCamera size={18} aria-hidden />} onClick={() => input.current?.click()}>
        {t('addPhoto')}
      </Button>
      {problem && (
        <Text size="sm" role="alert" mt={4}>
          {problem}
        </Text>
      )}
    </Input.Wrapper>
  );
}

function Picture({ photo }: { photo: Blob }) {
  const [url, setUrl] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(photo);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
  return url ? <img src={url} alt="" /> : null;
}
