import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { connectBridge } from './bridge.ts';
import { createServices } from './state/services.tsx';
import './styles/tokens.css';
import './styles/base.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const services = createServices(await chooseBridge());
createRoot(root).render(
  <StrictMode>
    <App services={services} />
  </StrictMode>,
);

/** While designing, `?fake=<scenario>` draws the window in a plain browser; builds contain none of it. */
async function chooseBridge() {
  if (import.meta.env.DEV) {
    const scenario = new URLSearchParams(location.search).get('fake');
    const { createFakeRemessa } = await import('./dev/fake-remessa.ts');
    if (scenario !== null) return connectBridge(createFakeRemessa(scenario));
  }
  return connectBridge();
}
