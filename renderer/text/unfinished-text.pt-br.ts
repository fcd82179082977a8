import type { UnfinishedText } from './unfinished-text.ts';

export const unfinishedTextPtBr: UnfinishedText = {
  intro: 'Envios que começaram e nunca terminaram. O que chegou deles ocupa espaço e não aparece como vídeo.',
  introDisk: 'Cópias que começaram e nunca terminaram. O que chegou delas ocupa espaço no disco.',
  fate: {
    r2: 'O R2 costuma apagá-los sozinho depois de 7 dias.',
    s3: 'Na AWS eles ficam, e são cobrados, até alguém apagar.',
  },
  reading: 'Lendo a lista…',
  refused: 'A lista não veio',
  deniedHint: 'Para ver esta lista, a chave precisa poder listar envios em partes (s3:ListBucketMultipartUploads). Os envios funcionam sem isso.',
  empty: 'Nada inacabado',
  emptyHint: 'Tudo o que começou a ser enviado para cá terminou ou foi apagado.',
  count: (count) => (count === 1 ? '1 envio inacabado' : `${count} envios inacabados`),
  perMonth: (cost) => `${cost} por mês`,
  all: 'Todos os que não são seus',
  begun: (ago) => `começou ${ago}`,
  ageUnknown: 'data desconhecida',
  sizeUnknown: 'tamanho desconhecido',
  parts: (count, formatted) => (count === 1 ? '1 parte' : `${formatted} partes`),
  ours: 'um envio da sua lista continua a partir dele',
  refresh: 'Atualizar',
  remove: (count) => (count === 0 ? 'Apagar' : `Apagar ${count}`),
  removing: 'Apagando…',
  askTitle: (count) => (count === 1 ? 'Apagar 1 envio inacabado?' : `Apagar ${count} envios inacabados?`),
  askBody: (bytes) =>
    `Libera ${bytes ?? 'espaço'} no destino. Se outro computador ainda estiver enviando, ele terá que começar do início. Não dá para desfazer.`,
  askYes: 'Apagar',
  removed: (count) => (count === 1 ? '1 envio inacabado apagado' : `${count} envios inacabados apagados`),
  kept: (count) =>
    count === 1 ? '1 ficou: é seu ou o servidor recusou' : `${count} ficaram: são seus ou o servidor recusou`,
};
