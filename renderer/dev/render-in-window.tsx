import { render, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { RemessaApi } from '../../shared/remessa-api.ts';
import { connectBridge } from '../bridge.ts';
import { PanelProvider } from '../state/panels.tsx';
import { ServicesProvider, createServices } from '../state/services.tsx';
import { TextProvider } from '../text/TextProvider.tsx';
import { ToastProvider } from '../ui/Toast.tsx';
import { createFakeRemessa } from './fake-remessa.ts';
import { giveElementsSize } from './give-elements-size.ts';

interface WindowOptions {
  readonly scenario?: string;
  readonly locale?: 'pt-BR' | 'en';
  /** Answers of the main process that matter to the test. */
  readonly api?: Partial<RemessaApi>;
  readonly onOpenPanel?: (panel: unknown) => void;
}

/** For tests: draws a part of the window with everything that stands around it, and waits for the first snapshots. */
export async function renderInWindow(part: ReactNode, options: WindowOptions = {}) {
  giveElementsSize();
  const { scenario = 'many', locale = 'en', api = {}, onOpenPanel = () => undefined } = options;
  const fake = createFakeRemessa(scenario, new URLSearchParams({ locale }));
  const services = createServices(connectBridge({ ...fake, ...api }));
  await waitFor(() => {
    if (services.settings.getSnapshot() === null || services.uploads.getSnapshot() === null) throw new Error('not yet');
  });
  return render(
    <ServicesProvider services={services}>
      <TextProvider preference={locale} systemLocales={[locale]}>
        <ToastProvider regionLabel="notifications" closeLabel="dismiss">
          <PanelProvider open={onOpenPanel}>{part}</PanelProvider>
        </ToastProvider>
      </TextProvider>
    </ServicesProvider>,
  );
}
