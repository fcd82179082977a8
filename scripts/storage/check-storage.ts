import { examine } from '../../electron/upkeep/examine.ts';
import { type DoctorReport, isHealthy } from '../../shared/doctor.ts';
import type { Command, Session } from './command.ts';
import { claimForNow } from './disk-destination.ts';
import { findDestination, prefixOf } from './find-destination.ts';
import { type OpenedDestination, openDestination, placeWords } from './open-destination.ts';
import { checkLines, reportJson, verdictLines } from './print-check.ts';

const options = { disk: { type: 'string' }, prefix: { type: 'string' } } as const;

/** The configuration check of the app. A test file and some parts are sent, and removed again. */
export const checkStorage: Command<typeof options> = {
  name: 'check',
  options,
  run: async (session) => {
    const { values, words } = session;
    const { disk, 'env-file': envFile } = values;
    const found = await findDestination(session, { disk, envFile });
    const claim = found.kind === 'disk' ? await claimForNow(found.folder) : null;
    try {
      const opening = { prefix: prefixOf(values.prefix, words), folder: 'claimed' } as const;
      return await check(session, await openDestination(session, found, opening));
    } finally {
      await claim?.release();
    }
  },
};

async function check(
  { world, texts, screen, report }: Session<typeof options>,
  { shown, upkeep }: OpenedDestination,
): Promise<0 | 1 | 2> {
  screen.say(`${placeWords(shown)}\n`);
  let printed = 0;
  const tell = (told: Omit<DoctorReport, 'destinationId' | 'revision'>): DoctorReport => {
    const over = told.checks.findIndex(({ state }) => state === 'waiting' || state === 'running');
    const until = over < 0 ? told.checks.length : over;
    for (const one of told.checks.slice(printed, until)) screen.say(checkLines(one, texts));
    printed = Math.max(printed, until);
    return { ...told, destinationId: 'storage-check', revision: 0 };
  };
  const told = await examine(upkeep.examination(), { signal: world.interruption, tell });
  screen.say(verdictLines(told, texts));
  report(reportJson(told, shown, texts));
  if (told.state === 'stopped') return 2;
  return isHealthy(told) ? 0 : 1;
}
