/** A heading, and below it in a line what stands there. */
import { Text, Title, type TitleProps } from '@mantine/core';

export function Headline({ title, hint, ...rest }: Pick<TitleProps, 'order' | 'size'> & { title: string; hint: string }) {
  return (
    <>
      <Title {...rest}>{title}</Title>
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
    </>
  );
}
