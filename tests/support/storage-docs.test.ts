import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { corsJson, playbackRule } from '../../shared/cors.ts';

// Somebody pastes it into a dashboard; a rule with less in it is one that the app calls insufficient afterwards.
it.each([
  ['storage.md', 'https://courses.example.com'],
  ['storage.pt-BR.md', 'https://cursos.exemplo.com.br'],
])('%s shows the CORS rule that the app itself would add', (name, origin) => {
  const page = readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
  expect(page).toContain(`\`\`\`json\n${corsJson([playbackRule([origin])])}\n\`\`\``);
});
