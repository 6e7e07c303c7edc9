import { describe, expect, it } from 'vitest';
import { actorIn, noteIn, silenceIn } from './notes';

const say = (key: string, values: Record<string, string> = {}) => [key, ...Object.entries(values).map(([name, value]) => `${name}=${value}`)].join(' ');

describe('a note', () => {
  it.each([
    ['the limit to accept ran out', 'note_ranOut clock=clock_accept'],
    ['nobody is left on it', 'note_nobodyLeft'],
    ['I-12 was merged into this', 'note_merged id=I-12'],
    ['into I-9', 'note_into id=I-9'],
    ['handle: Ann, Bo', 'note_sent purpose=purpose_handle names=Ann, Bo'],
    ['done with their part: swept\nand washed', 'note_part note=swept\nand washed'],
  ])('of the server is said in words: %s', (note, said) => expect(noteIn(say, note)).toBe(said));

  it('of a person stays', () => expect(noteIn(say, 'the limit is near')).toBe('the limit is near'));
});

it('knows the server and reasons of silence', () => {
  expect([actorIn(say, 'gridwarden'), actorIn(say, 'ann')]).toEqual(['server', 'ann']);
  expect([silenceIn(say, 'no link'), silenceIn(say, 'lost')]).toEqual(['silence_1', 'lost']);
});
