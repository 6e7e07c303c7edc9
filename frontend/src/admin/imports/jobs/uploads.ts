/** Files that this page is sending, by job: they go on while one looks at other sections, and end when the page is closed. */
import { create } from 'zustand';
import { reasonOf } from '../../../api/request';
import * as api from '../../api';
import { partsLeft, partsOf } from './state';

/** sent: bytes that the server has. problem: why it stopped. */
export interface Upload {
  file: File;
  sent: number;
  problem: string | null;
}

export const useUploads = create<Readonly<Record<string, Upload>>>()(() => ({}));

const put = (job: string, change: Upload): void => useUploads.setState({ [job]: change });

/** Send what is not there yet, then start the job. sent: bytes that the server has. */
export async function upload(job: string, file: File, sent = 0): Promise<void> {
  let there = sent;
  put(job, { file, sent: there, problem: null });
  addEventListener('beforeunload', ask);
  try {
    for (const part of partsLeft(partsOf(file.size) ?? [], there)) {
      await api.sendPart(job, part.number, file.slice(part.from, part.to));
      put(job, { file, sent: (there = part.to), problem: null });
    }
    await api.turnImportJob(job, 'start');
    useUploads.setState(({ [job]: _, ...others }) => others, true);
  } catch (error) {
    put(job, { file, sent: there, problem: reasonOf(error) });
  }
}

/** The browser asks before the page is left while a file is on its way. */
function ask(event: Event): void {
  if (Object.values(useUploads.getState()).some((one) => one.problem === null)) event.preventDefault();
}
