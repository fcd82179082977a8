import type { ImportsText } from './imports-text.ts';

export const importsTextPtBr: ImportsText = {
  title: 'Usar configurações que já estão aqui',
  searching: 'Procurando…',
  nothing: 'Não há configurações nas variáveis de ambiente nem em ~/.aws.',
  openFile: 'Abrir um arquivo…',
  openFileHelp: 'Um .env ou os ajustes exportados de outro Remessa.',
  nothingInFile: 'Não achamos nenhuma configuração nesse arquivo',
  origins: {
    'env-file': (name) => `do arquivo ${name}`,
    environment: () => 'das variáveis de ambiente',
    'aws-profile': (name) => `do perfil ${name} em ~/.aws`,
    'settings-file': (name) => `dos ajustes exportados (${name})`,
  },
  filledIn: (source) => `Preenchido com o que veio ${source}.`,
  key: (hint) => `chave •••• ${hint}`,
  noKey: 'sem chave',
  missing: (names, count) => (count === 1 ? `Falta ${names}.` : `Faltam ${names}.`),
  switchedOff: 'Está desligado lá.',
  obstacles: {
    sso: 'Este perfil entra por SSO, e a chave dele dura poucas horas. Digite uma chave própria.',
    role: 'Este perfil assume uma função (role) e não tem chave própria. Digite uma.',
    process: 'Este perfil busca a chave com outro programa, que o Remessa não executa. Digite uma chave.',
  },
};
